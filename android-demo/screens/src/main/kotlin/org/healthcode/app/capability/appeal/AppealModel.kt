package org.healthcode.app.capability.appeal

import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.collectLatest
import kotlinx.coroutines.flow.receiveAsFlow
import kotlinx.coroutines.launch
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import org.healthcode.app.App
import org.healthcode.app.HostPicker
import org.healthcode.app.OneAct
import org.healthcode.capability.addAppealEvidence
import org.healthcode.capability.answerAppeal
import org.healthcode.capability.appealDraft
import org.healthcode.capability.appeals
import org.healthcode.capability.dismissAppeal
import org.healthcode.capability.markAppealRead
import org.healthcode.capability.removeAppealEvidence
import org.healthcode.capability.saveAppealStatement
import org.healthcode.capability.submitAppeal
import org.healthcode.capability.withdrawAppeal
import org.healthcode.core.AppealDraftView
import org.healthcode.core.AppealStep
import org.healthcode.core.AppealView
import org.healthcode.core.AppealsView
import org.healthcode.core.HealthCodeException
import org.healthcode.core.HomeView
import org.healthcode.core.SyncReason
import org.healthcode.text

/**
 * Appeals over the real core: writing one, and what became of them. [argument] is [NEW], an appeal's id, or none.
 *
 * Invariant: what is written or added is a draft in the store soon after each change; the core alone says what is wrong, and
 * how an appeal stands. A change of the language takes nothing of it.
 */
internal class AppealModel(
    private val app: App,
    private val argument: String?,
) {
    private val health = app.health
    private val words get() = app.words
    private val turn = Mutex()
    private val acts = OneAct(app.scope)
    private val changes = Channel<Unit>(Channel.CONFLATED)

    private var view by mutableStateOf<AppealsView?>(null)
    private var draft by mutableStateOf<AppealDraftView?>(null)

    /** None until the draft was read. */
    private var statement by mutableStateOf<String?>(null)
    private var writes by mutableStateOf(argument == NEW)
    private var isChecking by mutableStateOf(false)
    private var isAdding by mutableStateOf(false)
    private var asksToWithdraw by mutableStateOf(false)

    /** The one that an answer is being written to. */
    private var answers by mutableStateOf<String?>(null)

    /** The one that was sent from here. */
    private var sent by mutableStateOf<String?>(null)

    /** In the language of the moment. */
    private var problem by mutableStateOf<(() -> String)?>(null)
    private var attempt by mutableStateOf(0)
    private var hint by mutableStateOf<String?>(null)

    /** Reads it again whenever home, or the language, changes. */
    suspend fun follow() {
        health.home.collect { look() }
    }

    suspend fun look() {
        try {
            draft = health.appealDraft().also { if (statement == null) statement = it.statement }
            view = health.appeals()
            val seen = shown?.takeIf { it.isNew } ?: return
            health.markAppealRead(seen.id)
        } catch (unreadable: HealthCodeException) {
            hint = unreadable.text(words.language)
        }
    }

    /** While something is sent, its pieces are counted. */
    suspend fun countPieces() {
        while (app.isSyncing) {
            look()
            delay(COUNT_MS)
        }
    }

    /** Keeps what is typed, soon after each key, until it is cancelled. */
    suspend fun keepDraft() =
        changes.receiveAsFlow().collectLatest {
            delay(QUIET_MS)
            turn.withLock { keeping() }
        }

    /** Keeps what was typed last. */
    fun leave() {
        app.scope.launch { turn.withLock { keeping() } }
    }

    /** What is far too long to be kept is said when it is to be sent. */
    private suspend fun keeping() {
        try {
            save()
        } catch (_: HealthCodeException) {
            // What was said before of it stays on the page.
        }
    }

    private suspend fun save() {
        val typed = statement ?: return
        if (typed != draft?.statement) health.saveAppealStatement(typed)
    }

    private val shown: AppealView?
        get() {
            val all = view?.appeals.orEmpty()
            val id = sent ?: argument
            return when {
                writes || answers != null -> null
                id != null && id != NEW -> all.find { it.id == id }
                else -> all.singleOrNull()
            }
        }

    fun state(home: HomeView): AppealState? {
        val (view, draft) = (view ?: return null) to (draft ?: return null)
        val one = shown
        val asked = view.appeals.find { it.id == answers }?.askedText
        val isMany = !writes && answers == null && one == null && view.appeals.isNotEmpty()
        val page =
            when {
                one != null -> if (asksToWithdraw && one.canWithdraw) AppealPage.WITHDRAW else AppealPage.ONE
                isMany -> AppealPage.LIST
                home.colour == null && answers == null -> AppealPage.NOTHING
                isChecking -> AppealPage.CHECK
                else -> AppealPage.WRITE
            }
        return AppealState(
            page = page,
            concerned = home.colour?.let { concernedOf(it, words) },
            draft = draftOf(draft, statement.orEmpty(), app.host.picker != null, isAdding),
            appeals = if (isMany) view.appeals.map { lineOf(it, words) } else emptyList(),
            lead = view.text,
            one = one?.let { oneOf(it, words, app::moment) },
            problem = problem?.invoke(),
            attempt = attempt,
            isSyncing = app.isSyncing,
            hint = hint,
            answers = asked.orEmpty().takeIf { answers != null },
        )
    }

    fun act(action: AppealAction) {
        hint = null
        when (action) {
            is AppealAction.Type -> {
                statement = action.statement
                changes.trySend(Unit)
            }
            AppealAction.AddPicture -> add { it.picture(bytesAllowed) }
            AppealAction.AddDocument -> add { it.document(bytesAllowed) }
            is AppealAction.Remove -> doing { health.removeAppealEvidence(action.id) }
            AppealAction.Send -> doing { if (isChecking) send() else check() }
            AppealAction.Change -> isChecking = false
            AppealAction.Another -> app.navigator.open("appeal", NEW)
            is AppealAction.Open -> app.navigator.open("appeal", action.id)
            AppealAction.Next -> next()
            AppealAction.Answer -> answers = shown?.id
            AppealAction.AskToWithdraw -> asksToWithdraw = true
            AppealAction.Keep -> asksToWithdraw = false
            AppealAction.Withdraw -> shown?.let { withdraw(it.id) }
            AppealAction.Dismiss -> shown?.let { dismiss(it.id) }
            AppealAction.Back -> app.navigator.back()
        }
    }

    /** One step back; whether there was one. */
    fun stepBack(): Boolean {
        val wasWithin = isChecking || asksToWithdraw || answers != null
        // From the check back to writing, from writing back to the appeal.
        if (!isChecking) answers = null
        isChecking = false
        asksToWithdraw = false
        return wasWithin
    }

    private val bytesAllowed get() = draft?.maxEvidenceBytes?.toInt() ?: 0

    private fun next() {
        when (shown?.nextStep) {
            AppealStep.CONNECT -> app.sync()
            AppealStep.ANSWER -> answers = shown?.id
            AppealStep.CALL -> hint = app.callHealthLine()
            AppealStep.APPEAL_AGAIN -> app.navigator.open("appeal", NEW)
            AppealStep.SEE_COLOUR -> app.navigator.open("why")
            AppealStep.WAIT, null -> Unit
        }
    }

    private fun add(pick: suspend (HostPicker) -> ByteArray?) {
        val picker = app.host.picker
        if (picker == null || isAdding) return
        isAdding = true
        app.scope.launch {
            try {
                pick(picker)?.let { bytes -> turn.withLock { saying { health.addAppealEvidence(bytes) } } }
                look()
            } finally {
                isAdding = false
            }
        }
    }

    private suspend fun check() {
        save()
        val refused = problemOf(health.appealDraft())
        isChecking = refused == null
        if (refused == null) return
        attempt += 1
        problem = { draft?.let(::problemOf) ?: refused }
    }

    private fun problemOf(draft: AppealDraftView) = if (answers == null) draft.problem else draft.answerProblem

    private suspend fun send() {
        // A second tap finds nothing to send.
        if (!isChecking) return
        val answered = answers
        if (answered == null) {
            sent = health.submitAppeal(statement.orEmpty())
        } else {
            health.answerAppeal(answered, statement.orEmpty())
            sent = answered
        }
        answers = null
        statement = ""
        isChecking = false
        writes = false
        app.sync(SyncReason.AFTER_SUBMIT)
    }

    private fun withdraw(id: String) {
        asksToWithdraw = false
        doing {
            health.withdrawAppeal(id)
            app.sync(SyncReason.AFTER_SUBMIT)
        }
    }

    private fun dismiss(id: String) =
        doing {
            health.dismissAppeal(id)
            app.navigator.back()
        }

    private fun doing(work: suspend () -> Unit) {
        acts.begin {
            turn.withLock { saying(work) }
            look()
        }
    }

    /** Says what the core refused, by the thing that it is wrong with. */
    private suspend fun saying(work: suspend () -> Unit) {
        try {
            problem = null
            work()
        } catch (refused: HealthCodeException) {
            attempt += 1
            isChecking = false
            val first = (refused as? HealthCodeException.FormRefused)?.fields?.firstOrNull()
            problem = { first?.text ?: refused.text(words.language) }
        }
    }

    internal companion object {
        /** The argument that writes another one. */
        const val NEW = "new"
        private const val QUIET_MS = 300L
        private const val COUNT_MS = 500L
    }
}

/** The living screen. */
@Composable
internal fun AppealContent(
    app: App,
    argument: String?,
) {
    val model = remember(app, argument) { AppealModel(app, argument) }
    val home by app.health.home.collectAsState()
    LaunchedEffect(model) { model.follow() }
    // Deadlines pass, and what was refused is said in another language.
    LaunchedEffect(model, app.now, app.language) { model.look() }
    LaunchedEffect(model, app.isSyncing) { model.countPieces() }
    LaunchedEffect(model) { model.keepDraft() }
    DisposableEffect(model) {
        app.navigator.within = model::stepBack
        onDispose {
            app.navigator.within = null
            model.leave()
        }
    }
    model.state(home)?.let { AppealScreen(it, model::act) }
}
