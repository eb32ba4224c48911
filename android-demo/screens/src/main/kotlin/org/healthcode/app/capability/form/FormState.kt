package org.healthcode.app.capability.form

import org.healthcode.core.FormFieldView

/** A form as it is seen: one question a page, then the answers to check, then that they are saved. */
data class FormState(
    val page: FormPage,
    /** "Register". */
    val title: String,
    /** A sentence above the first question. */
    val note: String? = null,
    /** Heading of the question's section. */
    val section: String? = null,
    /** "3 of 9". */
    val progress: String? = null,
    val question: FormFieldView? = null,
    val typed: TypedAnswer = TypedAnswer(),
    /** What is to be mended on this page. */
    val problems: List<FormProblem> = emptyList(),
    /** Counts the tries: with each that fails, the summary takes the focus. */
    val attempt: Int = 0,
    val answers: List<FormAnswer> = emptyList(),
    /** What is agreed to by sending; none where nothing is, or it was agreed to before. */
    val consent: String? = null,
    val submitLabel: String = "",
    /** The authority asks with a newer form, which this version cannot show. */
    val isOutdated: Boolean = false,
    /** What became of it after sending; none while that is not known. */
    val outcome: FormOutcome? = null,
    /** For whom, where that is not the owner alone. */
    val whom: String? = null,
    /** The last page leads home, else to where the form was opened. */
    val endsAtHome: Boolean = true,
    /** A passport can fill it in: said on the first page. */
    val canReadPassport: Boolean = false,
    /** The camera can read what this page asks for. */
    val canScan: Boolean = false,
    val isScanning: Boolean = false,
) {
    /** The name in the table of states. */
    val name: String
        get() =
            when (page) {
                FormPage.QUESTION -> if (problems.isEmpty()) "question" else "problem"
                FormPage.CHECK_ANSWERS -> "check_answers"
                FormPage.SAVED -> "saved"
            }
}

/** Which page of a form is seen. */
enum class FormPage { QUESTION, CHECK_ANSWERS, SAVED }

/** What the authority made of what was sent. */
enum class FormOutcome { TAKEN, REFUSED, WAITS }

/** Something to mend. */
data class FormProblem(
    /** Id of the field; empty where it is about all of it. */
    val fieldId: String,
    /** The part of the field that it is about: `number` of a document. */
    val part: String,
    val text: String,
)

/** An answer, read back. */
data class FormAnswer(
    val fieldId: String,
    val label: String,
    /** In words; none where it was not answered. */
    val value: String?,
)

/** What a person can do there. */
sealed interface FormAction {
    data class Type(
        val typed: TypedAnswer,
    ) : FormAction

    data object Continue : FormAction

    data object Back : FormAction

    /** To a question, from the list of answers. */
    data class Change(
        val fieldId: String,
    ) : FormAction

    data object Submit : FormAction

    /** Leaves, from the page that says it is saved. */
    data object Finish : FormAction

    /** Has the camera read what this page asks for. */
    data object Scan : FormAction

    data object ReadPassport : FormAction
}
