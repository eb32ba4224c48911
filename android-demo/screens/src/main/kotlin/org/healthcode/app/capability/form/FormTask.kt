package org.healthcode.app.capability.form

import org.healthcode.ScreenWords
import org.healthcode.app.App
import org.healthcode.app.screen.DECLARATION
import org.healthcode.app.screen.ENTRY
import org.healthcode.app.screen.OWNER
import org.healthcode.app.screen.REGISTRATION
import org.healthcode.capability.dependants
import org.healthcode.capability.submitDeclarationFor
import org.healthcode.capability.submitEntryDeclaration
import org.healthcode.core.Answer
import org.healthcode.core.FormFieldView
import org.healthcode.core.FormKind
import org.healthcode.core.FormReview
import org.healthcode.core.FormView
import org.healthcode.core.HomeView
import org.healthcode.core.RefusedUpload
import org.healthcode.core.consent
import org.healthcode.subject

/** What a form is filled in for: where its draft lies, who judges it, and what sending it does. Of this phone's owner where it says no more. */
internal abstract class FormTask(
    protected val app: App,
    val kind: FormKind,
) {
    protected val health get() = app.health

    /** Ids of words. */
    abstract val title: String
    open val sends: String = "form-submit-declaration"

    /** The consent's text is agreed to by sending, unless it was before. */
    open val asksConsent: Boolean = false

    /** The kind of upload that it becomes. */
    open val upload: String = DECLARATION

    /** Whether it leads back to home afterwards, else to where it was opened. */
    open val endsAtHome: Boolean = true

    /** A passport can fill it in. */
    open val takesPassport: Boolean = false

    /** A proof of identity may be asked for with it. */
    open val canBeProven: Boolean = false

    open suspend fun form(): FormView = health.form(kind)

    open suspend fun draft(): Map<String, Answer> = health.draft(kind)

    open suspend fun saveDraft(answers: Map<String, Answer>) = health.saveDraft(kind, answers)

    open suspend fun review(answers: Map<String, Answer>): FormReview = health.review(kind, answers)

    abstract suspend fun submit(answers: Map<String, Answer>)

    /** Questions that the form itself does not ask. */
    open fun extras(
        form: FormView,
        answers: Map<String, Answer>,
        words: ScreenWords,
    ): List<Extra> = emptyList()

    /** For whom, where that is not the owner alone. */
    open suspend fun whom(words: ScreenWords): String? = null

    /** What the authority refused of what was sent before. */
    open suspend fun refused(home: HomeView): RefusedUpload? = home.uploadsRefused.lastOrNull { it.kind == upload && it.field != null }
}

/** A question beside the form's own, on a page of its own. */
internal class Extra(
    val field: FormFieldView,
    /** Id of the question that it follows; none: it is the last one. */
    val after: String?,
    /** Codes of refusals that are about it. */
    val refusals: Set<String>,
)

/** Who the owner is. */
internal class RegistrationTask(
    app: App,
) : FormTask(app, FormKind.REGISTRATION) {
    override val title = "form-registration-title"
    override val sends = "form-submit-registration"
    override val asksConsent = true
    override val upload = REGISTRATION
    override val takesPassport = true
    override val canBeProven = true

    override suspend fun submit(answers: Map<String, Answer>) = health.register(answers, consent(app.language))
}

/** How the owner is. */
internal class DeclarationTask(
    app: App,
) : FormTask(app, FormKind.HEALTH_DECLARATION) {
    override val title = "form-declaration-title"

    override suspend fun submit(answers: Map<String, Answer>) {
        health.submitDeclaration(answers)
    }
}

/** How the owner came into the country. */
internal class EntryTask(
    app: App,
) : FormTask(app, FormKind.ENTRY_DECLARATION) {
    override val title = "form-entry-title"
    override val endsAtHome = false

    override suspend fun submit(answers: Map<String, Answer>) {
        health.submitEntryDeclaration(answers)
    }
}

/** How several are, or a dependant alone: one declaration for all of them. */
internal class SharedDeclarationTask(
    app: App,
    private val ids: List<String>,
) : FormTask(app, FormKind.HEALTH_DECLARATION) {
    private val first = app.health.subject(ids.first())
    override val title = "form-declaration-title"
    override val endsAtHome = false

    override suspend fun form() = first.form(kind)

    override suspend fun draft() = first.draft(kind)

    override suspend fun saveDraft(answers: Map<String, Answer>) = first.saveDraft(kind, answers)

    override suspend fun review(answers: Map<String, Answer>) = first.review(kind, answers)

    override suspend fun submit(answers: Map<String, Answer>) {
        health.submitDeclarationFor(ids, answers)
    }

    override suspend fun whom(words: ScreenWords): String {
        val names = health.dependants().dependants.associate { it.id to it.name }
        val told = ids.joinToString("\n") { if (it == OWNER) words["family-myself"] else names[it].orEmpty() }
        return words.format("form-for", "names" to told)
    }

    override suspend fun refused(home: HomeView): RefusedUpload? = null
}

/** The form that a destination's [argument] names: see docs/APPS.md. */
internal fun formTaskOf(
    app: App,
    argument: String?,
): FormTask {
    val words = argument.orEmpty().split(' ').filter { it.isNotEmpty() }
    val ids = words.drop(1)
    return when (words.firstOrNull()) {
        REGISTRATION -> RegistrationTask(app)
        ENTRY -> EntryTask(app)
        DEPENDANT -> DependantTask(app, ids.firstOrNull())
        HANDED_OVER -> HandedOverTask(app)
        else -> if (ids.isEmpty()) DeclarationTask(app) else SharedDeclarationTask(app, ids)
    }
}

/** The form screen's arguments, as [REGISTRATION] and [DECLARATION]. */
const val DEPENDANT: String = "dependant"
const val HANDED_OVER: String = "handed_over"
