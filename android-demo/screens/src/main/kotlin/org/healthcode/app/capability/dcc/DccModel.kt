package org.healthcode.app.capability.dcc

import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import kotlinx.coroutines.launch
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import org.healthcode.app.App
import org.healthcode.app.design.CodeEntryAction
import org.healthcode.app.design.EnteredCode
import org.healthcode.app.screen.REGISTRATION
import org.healthcode.capability.dccs
import org.healthcode.capability.keepDcc
import org.healthcode.capability.readDcc
import org.healthcode.capability.removeDcc
import org.healthcode.capability.submitDcc
import org.healthcode.core.DccStatus
import org.healthcode.core.DccView
import org.healthcode.core.DccsView
import org.healthcode.core.HealthCodeException
import org.healthcode.core.SyncReason
import org.healthcode.text

/**
 * EU certificates over the real core; with [id] one that is kept.
 *
 * Invariant: what was scanned, picked or typed is read here and kept only when the person says so. The core alone says what it
 * is worth, and whether both names have to be confirmed.
 */
internal class DccModel(
    private val app: App,
    private val id: String?,
) {
    private var page by mutableStateOf(if (id == null) DccPage.LIST else DccPage.ONE)
    private var view by mutableStateOf<DccsView?>(null)
    private var typed by mutableStateOf("")
    private var isScanning by mutableStateOf(false)

    /** What was read and is not kept yet, and how it was written. */
    private var found by mutableStateOf<Pair<String, DccView>?>(null)

    /** In the language of the moment. */
    private var problem by mutableStateOf<(() -> String?)?>(null)
    private var attempt by mutableIntStateOf(0)
    private val turn = Mutex()
    private val health get() = app.health
    private val words get() = app.words

    /** Keeps up with every change, every sync and the time. */
    suspend fun follow(): Unit = health.home.collect { look() }

    suspend fun look() =
        saying {
            view = health.dccs()
            found?.let { (text, _) -> found = text to health.readDcc(text) }
        }

    /** None until it was read, which takes milliseconds. */
    fun state(): DccState? {
        val seen = view ?: return null
        val kept = seen.certificates.map(::shown)
        val one = if (id == null) found?.let { shown(it.second) } else kept.find { it.id == id }
        return DccState(
            // What is here no more has no page.
            page = if (page in OF_ONE && one == null) DccPage.LIST else page,
            lead = seen.text,
            certificates = kept,
            canAdd = seen.canKeep,
            most = seen.maxCertificates.toInt(),
            one = one,
            code = EnteredCode(typed, app.host.camera != null, app.host.picker != null, isScanning),
            isSyncing = app.isSyncing,
            problem = problem?.invoke(),
            attempt = attempt,
        )
    }

    fun act(action: DccAction) {
        problem = null
        when (action) {
            is DccAction.Open -> app.navigator.open("dcc", action.id)
            DccAction.Add -> page = DccPage.ADD
            is DccAction.Enter ->
                when (val how = action.how) {
                    is CodeEntryAction.Type -> typed = how.text
                    CodeEntryAction.Scan -> scan()
                    CodeEntryAction.Pick -> doing { pick() }
                }
            DccAction.Read -> doing { read(listOf(typed)) }
            DccAction.Next -> next()
            DccAction.HandIn -> handIn()
            DccAction.Confirm -> doing { submit(namesConfirmed = true) }
            DccAction.AskToRemove -> page = DccPage.REMOVE
            DccAction.Remove -> doing { remove() }
            DccAction.Back -> app.navigator.back()
        }
    }

    /** One step back; whether there was one. */
    fun stepBack(): Boolean {
        problem = null
        when {
            isScanning -> isScanning = false
            page == DccPage.CONFIRM || page == DccPage.REMOVE -> page = DccPage.ONE
            id == null && page == DccPage.ONE -> {
                found = null
                page = DccPage.ADD
            }
            page == DccPage.ADD -> page = DccPage.LIST
            else -> return false
        }
        return true
    }

    /** What the camera saw, as it is; the core says what of it is a certificate. */
    fun scanned(codes: List<String>) {
        if (!isScanning) return
        isScanning = false
        doing { read(codes) }
    }

    private fun scan() {
        val camera = app.host.camera ?: return
        app.scope.launch { if (camera.isAllowed()) isScanning = true else camera.openSettings() }
    }

    private suspend fun pick() {
        val codes = app.host.picker?.codes() ?: return
        if (codes.isEmpty()) wrong { words["dcc-no-code"] } else read(codes)
    }

    /** The first that is one; where none is, what is wrong with the last. */
    private suspend fun read(texts: List<String>) {
        for (text in texts) {
            val seen = health.readDcc(text)
            if (seen.status != DccStatus.UNREADABLE) return show(text, seen)
        }
        val last = texts.last()
        val fault = health.readDcc(last)
        // Said anew where the language changes meanwhile.
        found = last to fault
        wrong { found?.second?.faultText ?: fault.faultText }
    }

    private fun show(
        text: String,
        seen: DccView,
    ) {
        typed = ""
        if (seen.isKept) {
            page = DccPage.LIST
            found = null
            app.navigator.open("dcc", seen.id)
        } else {
            found = text to seen
            page = DccPage.ONE
        }
    }

    private fun next() {
        when (state()?.one?.step) {
            DccNext.KEEP -> doing { keep() }
            DccNext.HAND_IN -> handIn()
            DccNext.CONNECT -> app.sync()
            DccNext.REGISTER -> app.navigator.open("form", REGISTRATION)
            DccNext.NONE, null -> Unit
        }
    }

    private suspend fun keep() {
        val (text, _) = found ?: return
        val kept = health.keepDcc(text)
        found = null
        page = DccPage.LIST
        view = health.dccs()
        app.navigator.open("dcc", kept)
    }

    private fun handIn() {
        if (state()?.one?.mustConfirm == true) page = DccPage.CONFIRM else doing { submit(namesConfirmed = false) }
    }

    private suspend fun submit(namesConfirmed: Boolean) {
        health.submitDcc(id ?: return, namesConfirmed)
        page = DccPage.ONE
        view = health.dccs()
        app.sync(SyncReason.AFTER_SUBMIT)
    }

    private suspend fun remove() {
        health.removeDcc(id ?: return)
        page = DccPage.ONE
        app.navigator.back()
        app.sync(SyncReason.AFTER_SUBMIT)
    }

    private fun wrong(text: () -> String?) {
        attempt += 1
        problem = text
    }

    private inline fun saying(work: () -> Unit) {
        try {
            work()
        } catch (refused: HealthCodeException) {
            wrong { refused.text(words.language) }
        }
    }

    /** One after the other: a second tap does nothing twice. */
    private fun doing(work: suspend () -> Unit) {
        app.scope.launch { turn.withLock { saying { work() } } }
    }

    private companion object {
        val OF_ONE = setOf(DccPage.ONE, DccPage.CONFIRM, DccPage.REMOVE)
    }
}

/** The living screen, of the certificate that [argument] names. */
@Composable
internal fun DccContent(
    app: App,
    argument: String?,
) {
    val model = remember(app, argument) { DccModel(app, argument) }
    LaunchedEffect(model) { model.follow() }
    LaunchedEffect(model, app.language, app.now) { model.look() }
    DisposableEffect(model) {
        app.navigator.within = model::stepBack
        onDispose { app.navigator.within = null }
    }
    val camera = app.host.camera
    model.state()?.let { state ->
        DccScreen(state, model::act) { modifier -> camera?.View(false, model::scanned, modifier) }
    }
}
