package org.healthcode.app.capability.form

import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.LaunchedEffect
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
import org.healthcode.app.OneAct
import org.healthcode.app.screen.REGISTRATION
import org.healthcode.capability.identityProof
import org.healthcode.code
import org.healthcode.core.Answer
import org.healthcode.core.FieldError
import org.healthcode.core.FormFieldView
import org.healthcode.core.FormReview
import org.healthcode.core.FormView
import org.healthcode.core.HealthCodeException
import org.healthcode.core.RefusedUpload
import org.healthcode.core.SyncReason
import org.healthcode.core.consent
import org.healthcode.core.dateText
import org.healthcode.text

/**
 * Walks through a form that the core gives, keeps what is typed and has the core judge it.
 *
 * Invariant: the core alone says what is wrong; what was typed is a draft in the store before the next page is seen; what was
 * sent leaves no draft behind. A change of the language takes neither page nor answers.
 */
internal class FormModel(
    private val app: App,
    private val task: FormTask,
) {
    /** What is seen; null until the form was read, which takes milliseconds. */
    var state by mutableStateOf<FormState?>(null)
        private set

    private val health = app.health
    private val words get() = app.words
    private val turn = Mutex()
    private val acts = OneAct(app.scope)
    private val changes = Channel<Unit>(Channel.CONFLATED)
    private var form: FormView? = null
    private var whom: String? = null
    private var refusal: RefusedUpload? = null
    private var review: FormReview? = null
    private val answers = mutableMapOf<String, Answer>()
    private val typed = mutableMapOf<String, TypedAnswer>()
    private var current: String? = null

    /** What is to be mended on this page, in the language of the moment. */
    private var problems: () -> List<FormProblem> = NONE

    /** From the list of answers, a changed one leads back to it. */
    private var isChanging = false
    private var isSent = false

    /** Whether the authority registers nobody without a proof of identity. */
    private var asksForProof = false
    private var attempt = 0

    /** Reads the form and what was answered before; a registration that was refused opens at the field that is to be mended. */
    suspend fun load() = turn.withLock { attempting { begin() } }

    /** After a change of the language: the same page with the same answers, asked and refused in the new one. */
    suspend fun speak() =
        turn.withLock {
            val shown = state ?: return@withLock
            attempting {
                form = task.form()
                whom = task.whom(words)
                judge()
                when (shown.page) {
                    FormPage.QUESTION -> showQuestion(problems)
                    FormPage.CHECK_ANSWERS -> showAnswers(problems)
                    FormPage.SAVED -> state = shown(FormPage.SAVED).copy(outcome = state?.outcome)
                }
            }
        }

    private suspend fun begin() {
        form = task.form()
        whom = task.whom(words)
        refusal = task.refused(health.home.value)
        answers.putAll(task.draft())
        judge()
        val refused = refusedField()?.first?.takeIf { id -> visible.any { it.id == id } }
        val unanswered = visible.firstOrNull { field -> problemsOf(field.id).isNotEmpty() }?.id
        current = refused ?: unanswered ?: visible.firstOrNull()?.id
        showQuestion {
            refusedField()
                ?.takeIf { it.first == refused }
                ?.let { (id, text) -> listOf(FormProblem(id, "", text)) }
                .orEmpty()
        }
    }

    /** What the authority refused of what was sent before: the field, and why. */
    private fun refusedField(): Pair<String, String>? {
        val text = refusal?.fieldText ?: refusal?.text
        return refusal?.field?.let { path -> text?.let { fieldOf(path) to it } }
    }

    /** Keeps what is typed, soon after each key, until it is cancelled. */
    suspend fun keepDrafts() =
        changes.receiveAsFlow().collectLatest {
            delay(QUIET_MS)
            turn.withLock { attempting { save() } }
        }

    /** Keeps what was typed last. */
    fun leave() {
        app.scope.launch { turn.withLock { attempting { save() } } }
    }

    /** One step back; whether there was one. */
    fun stepBack(): Boolean {
        val shown = state ?: return false
        val place = visible.indexOfFirst { it.id == current }
        val isWithin = shown.page == FormPage.CHECK_ANSWERS || isChanging || place > 0
        if (shown.page == FormPage.SAVED && task.endsAtHome) app.navigator.home()
        if (shown.page == FormPage.SAVED) return task.endsAtHome
        if (isWithin) act(FormAction.Back)
        return isWithin
    }

    fun act(action: FormAction) {
        // At once: a box shows a key in the frame in which it was pressed.
        if (action is FormAction.Type) return type(action.typed)
        acts.begin {
            turn.withLock {
                attempting {
                    when (action) {
                        FormAction.Continue -> next()
                        FormAction.Back -> back()
                        is FormAction.Change -> change(action.fieldId)
                        FormAction.Submit -> submit()
                        FormAction.Finish -> if (task.endsAtHome) app.navigator.home() else app.navigator.back()
                        FormAction.Scan -> scan()
                        FormAction.ReadPassport -> app.navigator.open("passport")
                        is FormAction.Type -> Unit
                    }
                }
            }
        }
    }

    private val extras: List<Extra> get() = form?.let { task.extras(it, answers, words) }.orEmpty()

    /** The form's own questions that are asked, and those beside them. */
    private val visible: List<FormFieldView>
        get() {
            val ids = review?.visibleFields.orEmpty()
            val beside = extras
            val own =
                form
                    ?.sections
                    .orEmpty()
                    .flatMap { it.fields }
                    .filter { it.id in ids }
            return own.flatMap { field -> listOf(field) + beside.filter { it.after == field.id }.map { it.field } } +
                beside.filter { it.after == null }.map { it.field }
        }

    private fun problemsOf(id: String): List<FormProblem> =
        review
            ?.errors
            .orEmpty()
            .map(::problem)
            .filter { it.fieldId == id }

    private fun problem(error: FieldError): FormProblem = FormProblem(fieldOf(error.path), error.path.substringAfter('.', ""), error.text)

    private fun type(answer: TypedAnswer) {
        val field = state?.question ?: return
        typed[field.id] = answer
        val value = answer.answer(field)
        if (value == null) answers.remove(field.id) else answers[field.id] = value
        state = state?.copy(typed = answer)
        changes.trySend(Unit)
    }

    private suspend fun save() {
        if (!isSent && form != null) task.saveDraft(answers.toMap())
    }

    private suspend fun judge() {
        review = task.review(answers.toMap())
        if (task.canBeProven) asksForProof = health.identityProof().run { isRequired && ways.isNotEmpty() }
    }

    private suspend fun next() {
        val id = current
        if (form == null || id == null) return begin()
        save()
        judge()
        if (problemsOf(id).isNotEmpty()) {
            attempt += 1
            return showQuestion { problemsOf(id) }
        }
        val fields = visible
        val following = fields.drop(fields.indexOfFirst { it.id == id } + 1)
        // A changed answer may ask for more.
        val due = if (isChanging) following.firstOrNull { problemsOf(it.id).isNotEmpty() } else following.firstOrNull()
        if (due == null) return showAnswers()
        current = due.id
        showQuestion()
    }

    private suspend fun back() {
        save()
        val fields = visible
        val place = fields.indexOfFirst { it.id == current }
        when {
            state?.page == FormPage.CHECK_ANSWERS -> current = fields.lastOrNull()?.id
            isChanging -> {
                judge()
                return showAnswers()
            }
            place > 0 -> current = fields[place - 1].id
            else -> return app.navigator.back()
        }
        isChanging = false
        showQuestion()
    }

    private fun change(
        id: String,
        problems: () -> List<FormProblem> = NONE,
    ) {
        if (visible.none { it.id == id }) return
        isChanging = true
        current = id
        showQuestion(problems)
    }

    private suspend fun submit() {
        if (state?.page != FormPage.CHECK_ANSWERS) return
        judge()
        review?.errors?.firstOrNull()?.let { return refuse(listOf(it)) }
        // Sent with the proof, in one step, from there.
        if (asksForProof) return app.navigator.open("proof", REGISTRATION)
        task.submit(answers.toMap())
        if (task.asksConsent && task.endsAtHome) app.settings.agreedConsent = consent(words.language).version.toInt()
        isSent = true
        app.settings.isWelcomed = true
        state = shown(FormPage.SAVED)
        app.scope.launch { deliver() }
    }

    private suspend fun deliver() {
        val outcome =
            try {
                val sync = health.sync(SyncReason.AFTER_SUBMIT)
                when {
                    sync.uploadsRefused.any { it.kind == task.upload } -> FormOutcome.REFUSED
                    sync.uploadsLeft == 0u -> FormOutcome.TAKEN
                    else -> FormOutcome.WAITS
                }
            } catch (_: HealthCodeException) {
                FormOutcome.WAITS
            }
        state = state?.copy(outcome = outcome)
    }

    private fun refuse(errors: List<FieldError>) {
        attempt += 1
        val id = fieldOf(errors.first().path)
        val said = { errors.map { refused -> problem(review?.errors?.find { it.path == refused.path } ?: refused) } }
        if (visible.any { it.id == id }) {
            change(id) { said().filter { it.fieldId == id } }
        } else {
            say(said)
        }
    }

    /** Says on the page what the core refused. */
    private suspend fun attempting(work: suspend () -> Unit) {
        try {
            work()
        } catch (refused: HealthCodeException.FormRefused) {
            refuse(refused.fields)
        } catch (problem: HealthCodeException) {
            attempt += 1
            val extra = extras.find { problem.code in it.refusals }?.field?.id
            if (extra != null) return change(extra) { listOf(FormProblem(extra, "", problem.text(words.language))) }
            say { listOf(FormProblem("", "", problem.text(words.language))) }
        }
    }

    /** On the page that is seen. */
    private fun say(said: () -> List<FormProblem>) {
        problems = said
        state = (state ?: shown(FormPage.QUESTION)).copy(problems = said(), attempt = attempt)
    }

    private fun showQuestion(said: () -> List<FormProblem> = NONE) {
        val fields = visible
        val place = fields.indexOfFirst { it.id == current }
        val field = fields.getOrNull(place) ?: return
        problems = said
        val boxes = typed.getOrPut(field.id) { TypedAnswer.of(field, answers[field.id]) }
        state =
            shown(FormPage.QUESTION).copy(
                note = form?.note.takeIf { place == 0 },
                canReadPassport = place == 0 && task.takesPassport,
                canScan = field.id == CARE_CODE && app.host.camera != null,
                section = form?.sections?.find { section -> field in section.fields }?.title,
                progress = words.format("form-progress", "step" to place + 1, "total" to fields.size),
                question = field,
                typed = boxes,
                problems = said(),
                isOutdated = place == 0 && form?.isOutdated == true,
            )
    }

    private fun showAnswers(said: () -> List<FormProblem> = NONE) {
        isChanging = false
        problems = said
        val texts = review?.answers.orEmpty().associate { it.fieldId to it.text }
        val agreement = if (task.asksConsent) consent(words.language) else null
        // For somebody else it is agreed to each time.
        val isNew = agreement != null && (!task.endsAtHome || agreement.version.toInt() != app.settings.agreedConsent)
        state =
            shown(FormPage.CHECK_ANSWERS).copy(
                answers = visible.map { FormAnswer(it.id, it.label, texts[it.id] ?: besideText(it.id)) },
                problems = said(),
                consent = agreement?.text?.takeIf { isNew },
                submitLabel =
                    when {
                        asksForProof && isNew -> words["form-agree-and-prove"]
                        asksForProof -> words["form-to-proof"]
                        isNew && task.endsAtHome -> words["form-agree-and-register"]
                        else -> words[task.sends]
                    },
            )
    }

    private fun besideText(id: String): String? {
        val answer = (answers[id] as? Answer.Text)?.text?.takeIf { id == BIRTH_DATE || id == CARE_CODE }
        return if (id == BIRTH_DATE) answer?.let { dateText(it, words.language) } else answer
    }

    /** Opens the camera for the code of a page that takes one; what to do where it may not be used. */
    private suspend fun scan() {
        val isAllowed = app.host.camera?.isAllowed() ?: false
        if (isAllowed) {
            state = state?.copy(isScanning = true)
        } else {
            say { listOf(FormProblem(CARE_CODE, "", words["checkpoint-camera-denied-text"])) }
        }
    }

    /** What the camera sees takes the place of what was typed; whether it is right the core says when it is sent. */
    fun scanned(texts: List<String>) {
        val text = texts.firstOrNull() ?: return
        if (state?.isScanning != true) return
        type(TypedAnswer(text))
        state = state?.copy(isScanning = false)
    }

    private fun shown(page: FormPage) =
        FormState(
            page,
            words[task.title],
            whom = whom,
            endsAtHome = task.endsAtHome,
            attempt = attempt,
        )

    private companion object {
        const val QUIET_MS = 300L
        val NONE: () -> List<FormProblem> = ::emptyList
    }
}

/** `document` of the path `document.number`. */
private fun fieldOf(path: String): String = path.substringBefore('.')

/** The living screen of the form that [argument] names. */
@Composable
internal fun FormContent(
    app: App,
    argument: String?,
) {
    val model = remember(app, argument) { FormModel(app, formTaskOf(app, argument)) }
    LaunchedEffect(model) { model.load() }
    LaunchedEffect(model, app.language) { model.speak() }
    LaunchedEffect(model) { model.keepDrafts() }
    DisposableEffect(model) {
        app.navigator.within = model::stepBack
        onDispose {
            app.navigator.within = null
            model.leave()
        }
    }
    model.state?.let { state ->
        FormScreen(state, scanner = { app.host.camera?.View(false, model::scanned, it) }, act = model::act)
    }
}
