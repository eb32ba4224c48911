package org.healthcode.app.capability.form

import org.healthcode.ScreenWords
import org.healthcode.app.App
import org.healthcode.app.screen.REGISTRATION
import org.healthcode.capability.addDependant
import org.healthcode.capability.dependantDraft
import org.healthcode.capability.dependants
import org.healthcode.capability.explain
import org.healthcode.capability.mendDependant
import org.healthcode.capability.registerWithCode
import org.healthcode.capability.saveDependantDraft
import org.healthcode.core.Answer
import org.healthcode.core.DependantRequest
import org.healthcode.core.FieldKind
import org.healthcode.core.FormFieldView
import org.healthcode.core.FormKind
import org.healthcode.core.FormReview
import org.healthcode.core.FormView
import org.healthcode.core.HomeView
import org.healthcode.core.RefusedUpload
import org.healthcode.core.consent
import org.healthcode.subject

/** Ids of the questions that only care asks. */
internal const val BIRTH_DATE = "birth-date"
internal const val CARE_CODE = "care-code"

/** Somebody is taken into care; with an [id], asked for anew. */
internal class DependantTask(
    app: App,
    private val id: String?,
) : FormTask(app, FormKind.REGISTRATION) {
    private val known = id?.let { app.health.subject(it) }
    override val title = "form-dependant-title"
    override val sends = "form-agree-and-add"
    override val asksConsent = true
    override val upload = "care"
    override val endsAtHome = false

    override suspend fun form(): FormView = known?.form(kind) ?: health.form(kind)

    override suspend fun draft(): Map<String, Answer> = known?.draft(kind) ?: health.dependantDraft()

    override suspend fun saveDraft(answers: Map<String, Answer>) {
        // The code counts for minutes, and once: it is in no draft.
        val kept = answers - CARE_CODE
        known?.saveDraft(kind, kept - BIRTH_DATE) ?: health.saveDependantDraft(kept)
    }

    override suspend fun review(answers: Map<String, Answer>): FormReview {
        val own = answers - CARE_CODE - BIRTH_DATE
        return known?.review(kind, own) ?: health.review(kind, own)
    }

    override suspend fun submit(answers: Map<String, Answer>) {
        val request =
            DependantRequest(
                answers - CARE_CODE - BIRTH_DATE,
                consent(app.language).version,
                textOf(answers[BIRTH_DATE]),
                textOf(answers[CARE_CODE]),
            )
        if (id == null) health.addDependant(request) else health.mendDependant(id, request)
        health.refresh()
    }

    override fun extras(
        form: FormView,
        answers: Map<String, Answer>,
        words: ScreenWords,
    ): List<Extra> {
        val fields = form.sections.flatMap { it.fields }
        val document = fields.find { it.kind == FieldKind.DOCUMENT }
        val answer = (document?.let { answers[it.id] } as? Answer.Document)?.document
        val saysBirth = answer == null || answer.kind.explain(answer.number, words.language).bornOn != null
        val birth = Extra(birthDate(words), document?.id, setOf("care_birth_date_invalid"))
        return listOfNotNull(birth.takeUnless { saysBirth }, Extra(careCode(words, false), null, setOf("care_code_mistyped")))
    }

    override suspend fun refused(home: HomeView): RefusedUpload? {
        val one = id?.let { health.dependants().dependants.find { it.id == id } }
        return one?.refusal?.takeIf { it.field != null }
    }
}

/** Somebody who was a dependant until now registers on a phone of their own. */
internal class HandedOverTask(
    app: App,
) : FormTask(app, FormKind.REGISTRATION) {
    override val title = "form-registration-title"
    override val sends = "form-submit-registration"
    override val asksConsent = true
    override val upload = REGISTRATION

    override suspend fun saveDraft(answers: Map<String, Answer>) = super.saveDraft(answers - CARE_CODE)

    override suspend fun review(answers: Map<String, Answer>) = super.review(answers - CARE_CODE)

    override suspend fun submit(answers: Map<String, Answer>) =
        health.registerWithCode(answers - CARE_CODE, consent(app.language).version, textOf(answers[CARE_CODE]).orEmpty())

    override fun extras(
        form: FormView,
        answers: Map<String, Answer>,
        words: ScreenWords,
    ) = listOf(Extra(careCode(words, true), null, setOf("care_code_mistyped")))
}

private fun textOf(answer: Answer?): String? = (answer as? Answer.Text)?.text

private fun birthDate(words: ScreenWords) =
    fieldOf(BIRTH_DATE, FieldKind.DATE, words["form-birth-date"], hint = words["form-birth-date-hint"])

private fun careCode(
    words: ScreenWords,
    isNeeded: Boolean,
): FormFieldView {
    val hint = words[if (isNeeded) "form-care-code-own" else "form-care-code-hint"]
    return fieldOf(CARE_CODE, FieldKind.TEXT, words["form-care-code"], hint = hint).copy(required = isNeeded)
}
