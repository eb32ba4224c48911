@file:OptIn(ExperimentalTestApi::class)

package org.healthcode.app.scenario

import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.state.ToggleableState
import androidx.compose.ui.test.ComposeUiTest
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import kotlinx.coroutines.runBlocking
import org.healthcode.ScreenWords
import org.healthcode.app.App
import org.healthcode.app.capability.form.BIRTH_DATE
import org.healthcode.app.capability.form.CARE_CODE
import org.healthcode.app.capability.form.TypedDate
import org.healthcode.app.capability.form.acceptedDocuments
import org.healthcode.app.capability.form.datePartsOf
import org.healthcode.app.capability.form.fieldOf
import org.healthcode.app.support.awaitThat
import org.healthcode.app.support.headings
import org.healthcode.app.support.isBusy
import org.healthcode.app.support.shows
import org.healthcode.app.support.stateName
import org.healthcode.app.support.tap
import org.healthcode.app.support.type
import org.healthcode.core.Answer
import org.healthcode.core.FieldKind
import org.healthcode.core.FormFieldView
import org.healthcode.core.FormKind
import org.healthcode.text

/** Fills in a form as a person does: a page, an answer, the button; stops at a page with a problem, or at home. */
class Filling(
    private val test: ComposeUiTest,
    private val app: App,
    private val words: ScreenWords,
    kind: FormKind,
    private val answers: Map<String, Answer>,
) {
    private val fields =
        runBlocking { app.health.form(kind) }
            .sections
            .flatMap { it.fields } +
            listOf(
                fieldOf(BIRTH_DATE, FieldKind.DATE, words["form-birth-date"]),
                fieldOf(CARE_CODE, FieldKind.TEXT, words["form-care-code"]).copy(required = false),
            )

    fun run() {
        repeat(MOST_PAGES) {
            test.awaitThat("a page of the form") { test.stateName() in PAGES }
            when (test.stateName()) {
                "check_answers" -> {
                    tapFirst("form-agree-and-register", "form-agree-and-add", "form-submit-registration", "form-submit-declaration")
                    test.awaitThat("the core's answer") { !app.isBusy }
                }
                "saved" -> return test.tap(words[if (test.shows(words["form-to-home"])) "form-to-home" else "common-done"])
                else -> if (!turnPage()) return
            }
        }
        error("the form does not end: ${test.headings()}")
    }

    /** Whether it led on. */
    private fun turnPage(): Boolean {
        // Right after a change of the language the page is still read anew.
        test.awaitThat("a question of this form") { shownField() != null }
        val field = checkNotNull(shownField())
        answers[field.id]?.let { fill(field, it) }
        test.tap(words["form-continue"])
        // A page with a problem looks the same until the core has answered.
        test.awaitThat("the core's answer") { !app.isBusy }
        return test.stateName() != "problem"
    }

    private fun shownField(): FormFieldView? {
        val title = test.headings()
        return fields.filter { field -> title.any { it == field.label || it == optional(field) } }.maxByOrNull { it.label.length }
    }

    private fun optional(field: FormFieldView) = words.format("common-optional", "label" to field.label).filter { it !in MARKS }

    private fun fill(
        field: FormFieldView,
        answer: Answer,
    ) {
        when (answer) {
            is Answer.Number -> test.type("${answer.value}")
            is Answer.YesNo -> test.tap(words[if (answer.value) "common-yes" else "common-no"])
            is Answer.Choices -> answer.ids.forEach { choose(field, it) }
            is Answer.Text ->
                when (field.kind) {
                    FieldKind.SINGLE_CHOICE -> choose(field, answer.text)
                    FieldKind.DATE -> typeDate(answer.text)
                    else -> test.type(answer.text)
                }
            is Answer.Document -> {
                val kind = answer.document.kind.text(words.language)
                if (acceptedDocuments(field).size > 1) {
                    if (!test.shows(kind)) test.tap(words["form-document-other-kind"])
                    test.tap(kind)
                }
                test.type(answer.document.number)
            }
        }
    }

    /** In the boxes' order in these words. */
    private fun typeDate(day: String) {
        val date = TypedDate.of(day)
        datePartsOf(words["form-date-order"]).forEachIndexed { place, part ->
            test.type(date[part], if (place == 0) "entry" else "entry-${place + 1}")
        }
    }

    private fun choose(
        field: FormFieldView,
        id: String,
    ) {
        val label = field.choices.first { it.id == id }.label
        val row = hasText(label) and hasClickAction() and !hasSetTextAction()
        if (test.onAllNodes(row).fetchSemanticsNodes().isEmpty()) test.type(label)
        val chosen = test.onAllNodes(row).fetchSemanticsNodes().firstOrNull()
        if (chosen?.config?.getOrNull(SemanticsProperties.ToggleableState) == ToggleableState.On) return
        test.tap(label)
    }

    private fun tapFirst(vararg ids: String) = test.tap(words[ids.first { test.shows(words[it]) && it != test.headings().lastOrNull() }])

    private companion object {
        const val MOST_PAGES = 100
        val PAGES = setOf("question", "problem", "check_answers", "saved")
        val MARKS = setOf('\u2068', '\u2069')
    }
}
