package org.healthcode.app.capability.form

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.aspectRatio
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.HorizontalDivider
import androidx.compose.runtime.Composable
import androidx.compose.runtime.key
import androidx.compose.runtime.remember
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.focus.FocusRequester
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.semantics.semantics
import org.healthcode.app.design.Aside
import org.healthcode.app.design.Corners
import org.healthcode.app.design.Design
import org.healthcode.app.design.ErrorText
import org.healthcode.app.design.Group
import org.healthcode.app.design.Heading
import org.healthcode.app.design.LabelledValue
import org.healthcode.app.design.Mending
import org.healthcode.app.design.Page
import org.healthcode.app.design.Paragraph
import org.healthcode.app.design.PrimaryButton
import org.healthcode.app.design.ProblemSummary
import org.healthcode.app.design.SecondaryButton
import org.healthcode.app.design.Space
import org.healthcode.app.design.Strip
import org.healthcode.app.design.TextAction
import org.healthcode.app.design.stateName

/**
 * A form, whatever the authority asks: one question a page, drawn from its data.
 *
 * Invariant: Continue can always be pressed; what is wrong is said above, with the same words at the field and a way to it.
 */
@Composable
fun FormScreen(
    state: FormState,
    scanner: @Composable (Modifier) -> Unit = {},
    act: (FormAction) -> Unit,
) = Box(Modifier.stateName(state.name)) {
    when (state.page) {
        FormPage.QUESTION -> key(state.question?.id) { QuestionPage(state, scanner, act) }
        FormPage.CHECK_ANSWERS -> CheckPage(state, act)
        FormPage.SAVED -> SavedPage(state, act)
    }
}

@Composable
private fun QuestionPage(
    state: FormState,
    scanner: @Composable (Modifier) -> Unit,
    act: (FormAction) -> Unit,
) {
    val words = Design.words
    val field = state.question
    val focus = remember { FocusRequester() }
    val label = field?.label ?: state.title
    Page(
        if (field == null || field.required) label else words.format("common-optional", "label" to label),
        onBack = { act(FormAction.Back) },
        bottom = { PrimaryButton(words["form-continue"], { act(FormAction.Continue) }) },
        above = {
            Progress(state)
            Problems(state) { focus.requestFocus() }
            if (state.isOutdated) Strip(words["form-outdated"])
        },
        focusesTitle = state.problems.isEmpty(),
    ) {
        state.note?.let { Paragraph(it) }
        if (state.canReadPassport) SecondaryButton(words["form-read-passport"], { act(FormAction.ReadPassport) })
        field?.hint?.let { Aside(it) }
        if (field != null) {
            for (problem in state.problems) ErrorText(problem.text)
            FormControl(field, state.typed, state.problems.firstOrNull()?.text, focus) { act(FormAction.Type(it)) }
        }
        if (state.isScanning) scanner(Modifier.fillMaxWidth().aspectRatio(1f).clip(Corners))
        if (state.canScan && !state.isScanning) SecondaryButton(words["form-scan"], { act(FormAction.Scan) })
    }
}

/** "Register · Who you are", "3 of 9". */
@Composable
private fun Progress(state: FormState) =
    Column(Modifier.fillMaxWidth().semantics(mergeDescendants = true) {}) {
        state.progress?.let { Aside(it) }
        state.whom?.let { Paragraph(it) }
        state.section?.let { Aside(it) }
    }

@Composable
private fun Problems(
    state: FormState,
    goTo: (FormProblem) -> Unit,
) {
    if (state.problems.isEmpty()) return
    val mendings = state.problems.map { problem -> Mending(problem.text) { goTo(problem) } }
    ProblemSummary(Design.words["form-problem-title"], mendings, state.attempt)
}

@Composable
private fun CheckPage(
    state: FormState,
    act: (FormAction) -> Unit,
) {
    val words = Design.words
    Page(
        words["form-check-title"],
        onBack = { act(FormAction.Back) },
        bottom = { PrimaryButton(state.submitLabel, { act(FormAction.Submit) }) },
        above = {
            Aside(state.title)
            state.whom?.let { Paragraph(it) }
            Problems(state) { act(FormAction.Change(it.fieldId)) }
        },
        focusesTitle = state.problems.isEmpty(),
    ) {
        Paragraph(words["form-check-lead"])
        for (answer in state.answers) Answered(answer) { act(FormAction.Change(answer.fieldId)) }
        if (state.consent != null) {
            Group {
                Heading(words["form-consent"])
                Paragraph(state.consent)
            }
        }
    }
}

/** An answer, and the way to change it: beside it, or below it where the texts are large. */
@Composable
private fun ColumnScope.Answered(
    answer: FormAnswer,
    change: () -> Unit,
) {
    val words = Design.words
    val value = answer.value ?: words["form-not-answered"]
    val spoken = words.format("form-change-spoken", "label" to answer.label)
    val button: @Composable () -> Unit = { TextAction(words["form-change"], change, spoken = spoken) }
    if (LocalDensity.current.fontScale > BESIDE || Design.sizes.isElder) {
        LabelledValue(answer.label, value)
        button()
    } else {
        Row(Modifier.fillMaxWidth(), Arrangement.spacedBy(Space.small), Alignment.CenterVertically) {
            LabelledValue(answer.label, value, Modifier.weight(1f))
            button()
        }
    }
    HorizontalDivider(color = Design.palette.border.copy(alpha = 0.3f))
}

@Composable
private fun SavedPage(
    state: FormState,
    act: (FormAction) -> Unit,
) {
    val words = Design.words
    Page(
        words["form-saved-title"],
        bottom = { PrimaryButton(words[if (state.endsAtHome) "form-to-home" else "common-done"], { act(FormAction.Finish) }) },
        above = { Aside(state.title) },
    ) {
        Paragraph(words["form-saved"], Modifier.padding(bottom = Space.small))
        when (state.outcome) {
            FormOutcome.TAKEN -> Strip(words["form-taken"], isQuiet = true)
            FormOutcome.REFUSED -> Strip(words["form-refused"])
            FormOutcome.WAITS -> Strip(words["common-offline"], isQuiet = true)
            null -> Unit
        }
    }
}

/** The largest scale of texts at which a button still stands beside an answer. */
private const val BESIDE = 1.3f
