package org.healthcode.app.capability.settings

import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import org.healthcode.ScreenWords
import org.healthcode.app.App
import org.healthcode.app.CITIZEN_SCREENS
import org.healthcode.app.OneAct
import org.healthcode.app.design.Design
import org.healthcode.app.design.languageChoices
import org.healthcode.app.screen.Destination
import org.healthcode.core.ErasureState
import org.healthcode.core.ErasureView
import org.healthcode.core.HealthCodeException
import org.healthcode.core.MomentStyle
import org.healthcode.core.SyncReason
import org.healthcode.core.momentText
import org.healthcode.erase
import org.healthcode.erasures
import org.healthcode.forgetErasure
import org.healthcode.text

/**
 * Changes how the app looks, and erases what it holds.
 *
 * Invariant: nothing is erased before all that is lost was listed; after an error nothing was.
 */
internal class SettingsModel(
    private val app: App,
    private val first: SettingsPage,
) {
    private var page by mutableStateOf(first)
    private var deviceId by mutableStateOf<String?>(null)
    private var fingerprint by mutableStateOf("")
    private var erasures by mutableStateOf<List<Erasure>>(emptyList())
    private var problem by mutableStateOf<String?>(null)
    private val acts = OneAct(app.scope)
    private val asking = OneAct(app.scope)
    private val words: ScreenWords get() = app.words

    /** Reads what the core has to say here. */
    suspend fun load() {
        saying { fingerprint = app.health.rootKeyFingerprint() }
        saying { deviceId = app.health.deviceId() }
        saying { readErasures() }
    }

    fun state(uploadsWaiting: Int) =
        SettingsState(
            page = page,
            isElder = app.settings.isElder,
            brightensCode = app.settings.brightensCode,
            isLocked = app.settings.isLocked,
            canCheckOthers = CITIZEN_SCREENS.any { it.name == CHECKPOINT },
            languages = languageChoices(words),
            deviceId = deviceId,
            version = app.host.version,
            rootKeyFingerprint = fingerprint,
            storeFolder = app.host.storeFolder,
            licences = LIBRARIES,
            uploadsWaiting = uploadsWaiting,
            erasures = erasures,
            problem = problem,
        )

    fun act(action: SettingsAction) {
        when (action) {
            is SettingsAction.Show -> show(action.page)
            is SettingsAction.ChooseLanguage -> app.settings.language = action.tag
            is SettingsAction.SetElder -> app.settings.isElder = action.isOn
            is SettingsAction.SetBright -> app.settings.brightensCode = action.isOn
            is SettingsAction.SetLocked -> app.settings.isLocked = action.isOn
            SettingsAction.ProveIdentity -> app.navigator.open("proof")
            SettingsAction.CheckOthers -> app.navigator.open(CHECKPOINT)
            SettingsAction.Export -> app.navigator.open("export")
            SettingsAction.Erase -> begin { erase() }
            SettingsAction.Update -> asking.begin { askAgain() }
            is SettingsAction.Forget ->
                begin {
                    saying {
                        app.health.forgetErasure(action.id)
                        readErasures()
                    }
                }
            SettingsAction.StartAgain -> {
                app.settings.isWelcomed = false
                app.navigator.restart(Destination("onboarding"))
            }
            SettingsAction.Back -> app.navigator.back()
        }
    }

    /** One step back; whether there was one. */
    fun stepBack(): Boolean {
        val above =
            when (page) {
                first -> return false
                SettingsPage.LICENCES -> SettingsPage.ABOUT
                else -> SettingsPage.MAIN
            }
        show(above)
        return true
    }

    private fun show(next: SettingsPage) {
        problem = null
        page = next
    }

    private fun begin(work: suspend () -> Unit) =
        acts.begin {
            problem = null
            work()
        }

    private suspend fun erase() {
        saying {
            app.health.erase()
            // Who comes next has agreed to nothing.
            app.settings.agreedConsent = 0
            readErasures()
            show(SettingsPage.ERASED)
        }
        if (page == SettingsPage.ERASED) asking.begin { askAgain() }
    }

    private suspend fun askAgain() =
        saying {
            app.health.sync(SyncReason.AFTER_SUBMIT)
            readErasures()
        }

    private suspend fun readErasures() {
        val now = app.health.now().atMs / 1_000
        erasures = app.health.erasures().map { shown(it, now) }
    }

    private fun shown(
        erasure: ErasureView,
        now: Long,
    ) = Erasure(
        id = erasure.id,
        state = erasure.text,
        erasedAt = momentText(erasure.erasedAt, now, MomentStyle.DAY_AND_TIME, words.language),
        kept =
            erasure.kept.map { kept ->
                val until = momentText(kept.until, now, MomentStyle.DATE, words.language)
                words.format("settings-erased-kept-until", "what" to kept.text, "time" to until)
            },
        receipt = erasure.receipt,
        isAnswered = erasure.state != ErasureState.WAITING,
    )

    private suspend fun saying(work: suspend () -> Unit) {
        try {
            work()
        } catch (refused: HealthCodeException) {
            problem = refused.text(words.language)
        }
    }

    private companion object {
        const val CHECKPOINT = "checkpoint"
    }
}

/** The living screen; [argument] names the page to begin with: `about`. */
@Composable
internal fun SettingsContent(
    app: App,
    argument: String?,
) {
    val first = SettingsPage.entries.find { it.name.equals(argument, ignoreCase = true) } ?: SettingsPage.MAIN
    val model = remember(app, first) { SettingsModel(app, first) }
    val home by app.health.home.collectAsState()
    LaunchedEffect(model, Design.words) { model.load() }
    DisposableEffect(model) {
        app.navigator.within = model::stepBack
        onDispose { app.navigator.within = null }
    }
    SettingsScreen(model.state(home.uploadsWaiting.toInt()), model::act)
}
