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
import org.healthcode.capability.submitEntryDeclaration
import org.healthcode.core.Answer
import org.healthcode.core.FieldError
import org.healthcode.core.FormFieldView
import org.healthcode.core.FormKind
import org.healthcode.core.FormReview
import org.healthcode.core.FormView
import org.healthcode.core.HealthCodeException
import org.healthcode.core.SyncReason
import org.healthcode.core.consent
import org.healthcode.text

/**
 * Walks through a form that the core gives, keeps what is typed and has the core judge it.
 *
 * Invariant: the core alone says what is wrong; what was typed is a draft in the store before the next page is seen; what was
 * sent leaves no draft behind. A change of the language takes neither page nor answers.
 */
internal class FormModel(
    private val app: App,
    private val kind: FormKind,
) {
    /** What is seen; null until the form was read, which takes milliseconds. */
    var state by mutableStateOf<FormState?>(null)
        private set

    private val health = app.health
    private val words get() = app.words
    private val turn = Mutex()
    private val changes = Channel<Unit>(Channel.CONFLATED)
    private var form: FormView? = null
    private var review: FormReview? = null
    private val answers = mutableMapOf<String, Answer>()
    private val typed = mutableMapOf<String, TypedAnswer>()
    private var current: String? = null

    /** What is to be mended on this page, in the language of the moment. */
    private var problems: () -> List<FormProblem> = NONE

    /** From the list of answers, a changed one leads back to it. */
    private var isChanging = false
    private var isSent = false
    private var attempt = 0

    /** Reads the form and what was answered before; a registration that was refused opens at the field that is to be mended. */
    suspend fun load() = turn.withLock { attempting { begin() } }

    /** After a change of the language: the same page with the same answers, asked and refused in the new one. */
    suspend fun speak() =
        turn.withLock {
            val shown = state ?: return@withLock
            attempting {
                form = health.form(kind)
                judge()
                when (shown.page) {
                    FormPage.QUESTION -> showQuestion(problems)
                    FormPage.CHECK_ANSWERS -> showAnswers(problems)
                    FormPage.SAVED -> state = shown(FormPage.SAVED).copy(outcome = state?.outcome)
                }
            }
        }

    private suspend fun begin() {
        form = health.form(kind)
        answers.putAll(health.draft(kind))
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
        val refused =
            health.home.value.uploadsRefused
                .lastOrNull { it.kind == kind.upload && it.field != null }
        val text = refused?.fieldText ?: refused?.text
        return refused?.field?.let { path -> text?.let { fieldOf(path) to it } }
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
        if (shown.page == FormPage.SAVED) app.navigator.home()
        if (shown.page == FormPage.SAVED) return true
        if (isWithin) act(FormAction.Back)
        return isWithin
    }

    fun act(action: FormAction) {
        // At once: a box shows a key in the frame in which it was pressed.
        if (action is FormAction.Type) return type(action.typed)
        app.scope.launch {
            turn.withLock {
                attempting {
                    when (action) {
                        FormAction.Continue -> next()
                        FormAction.Back -> back()
                        is FormAction.Change -> change(action.fieldId)
                        FormAction.Submit -> submit()
                        FormAction.Finish -> app.navigator.home()
                        is FormAction.Type -> Unit
                    }
                }
            }
        }
    }

    private val visible: List<FormFieldView>
        get() {
            val ids = review?.visibleFields.orEmpty()
            return form
                ?.sections
                .orEmpty()
                .flatMap { it.fields }
                .filter { it.id in ids }
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
        if (!isSent && form != null) health.saveDraft(kind, answers.toMap())
    }

    private suspend fun judge() {
        review = health.review(kind, answers.toMap())
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
        when (kind) {
            FormKind.REGISTRATION -> {
                val agreed = consent(words.language)
                health.register(answers.toMap(), agreed)
                app.settings.agreedConsent = agreed.version.toInt()
            }
            FormKind.HEALTH_DECLARATION -> health.submitDeclaration(answers.toMap())
            FormKind.ENTRY_DECLARATION -> health.submitEntryDeclaration(answers.toMap())
        }
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
                    sync.uploadsRefused.any { it.kind == kind.upload } -> FormOutcome.REFUSED
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
        val agreement = if (kind == FormKind.REGISTRATION) consent(words.language) else null
        val isNew = agreement != null && agreement.version.toInt() != app.settings.agreedConsent
        state =
            shown(FormPage.CHECK_ANSWERS).copy(
                answers = visible.map { FormAnswer(it.id, it.label, texts[it.id]) },
                problems = said(),
                consent = agreement?.text?.takeIf { isNew },
                submitLabel =
                    when {
                        isNew -> words["form-agree-and-register"]
                        kind == FormKind.REGISTRATION -> words["form-submit-registration"]
                        else -> words["form-submit-declaration"]
                    },
            )
    }

    private fun shown(page: FormPage) =
        FormState(
            page,
            words[if (kind == FormKind.REGISTRATION) "form-registration-title" else "form-declaration-title"],
            attempt = attempt,
        )

    private companion object {
        const val QUIET_MS = 300L
        val NONE: () -> List<FormProblem> = ::emptyList
    }
}

/** The kind of upload that a form becomes. */
private val FormKind.upload: String
    get() =
        when (this) {
            FormKind.REGISTRATION -> "registration"
            FormKind.HEALTH_DECLARATION -> "declaration"
            FormKind.ENTRY_DECLARATION -> "declaration"
        }

/** `document` of the path `document.number`. */
private fun fieldOf(path: String): String = path.substringBefore('.')

/** The form that a destination's argument names: `registration`; else the declaration. */
internal fun formKindOf(argument: String?): FormKind =
    if (argument == "registration") FormKind.REGISTRATION else FormKind.HEALTH_DECLARATION

/** The living screen. */
@Composable
internal fun FormContent(
    app: App,
    kind: FormKind,
) {
    val model = remember(app, kind) { FormModel(app, kind) }
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
    model.state?.let { FormScreen(it, model::act) }
}
