package org.healthcode.app.capability.appeal

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.focus.FocusRequester
import androidx.compose.ui.focus.focusRequester
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.text.input.KeyboardCapitalization
import org.healthcode.app.design.Aside
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
import org.healthcode.app.design.TextAction
import org.healthcode.app.design.TextEntry

/** What is wrong, in the person's words, with photographs and PDFs that show it. */
@Composable
internal fun WritePage(
    state: AppealState,
    act: (AppealAction) -> Unit,
) {
    val words = Design.words
    val focus = remember { FocusRequester() }
    val problem = state.problem
    val label = if (state.answers == null) words["appeal-statement"] else words["appeal-answer-statement"]
    Page(
        if (state.answers == null) words["appeal-title"] else words["appeal-answer-title"],
        { act(AppealAction.Back) },
        bottom = { PrimaryButton(words["form-continue"], { act(AppealAction.Send) }) },
        above =
            problem?.let {
                {
                    ProblemSummary(words["common-problem-title"], listOf(Mending(it) { focus.requestFocus() }), state.attempt)
                }
            },
        focusesTitle = problem == null,
    ) {
        Paragraph(state.answers ?: words["appeal-lead"])
        if (state.answers == null) ConcernedColour(state.concerned)
        Heading(label)
        if (problem != null) ErrorText(problem)
        TextEntry(
            state.draft.statement,
            { act(AppealAction.Type(it)) },
            label,
            Modifier.focusRequester(focus).testTag("entry"),
            problem,
            KeyboardOptions(capitalization = KeyboardCapitalization.Sentences),
            lines = 5,
            placeholder = if (state.answers == null) words["appeal-statement-hint"] else null,
        )
        val count = state.draft.statement.codePointCount(0, state.draft.statement.length)
        Aside(words.format("appeal-length", "count" to count, "max" to state.draft.maxChars))
        Evidence(state.draft, act)
    }
}

@Composable
private fun Evidence(
    draft: Draft,
    act: (AppealAction) -> Unit,
) {
    val words = Design.words
    Heading(words["appeal-evidence"])
    Paragraph(draft.limits)
    for (piece in draft.evidence) {
        Row(Modifier.fillMaxWidth(), Arrangement.spacedBy(Space.small), Alignment.CenterVertically) {
            Paragraph(piece.text, Modifier.weight(1f))
            val spoken = words.format("appeal-remove-spoken", "what" to piece.text)
            TextAction(words["appeal-remove"], { act(AppealAction.Remove(piece.id)) }, spoken = spoken)
        }
    }
    when {
        draft.isAdding -> Aside(words["appeal-adding"])
        draft.canAdd -> {
            SecondaryButton(words["appeal-add-picture"], { act(AppealAction.AddPicture) })
            SecondaryButton(words["appeal-add-document"], { act(AppealAction.AddDocument) })
        }
    }
    Aside(words["appeal-draft-kept"])
}

/** Everything once more, before it is sent. */
@Composable
internal fun CheckPage(
    state: AppealState,
    act: (AppealAction) -> Unit,
) {
    val words = Design.words
    Page(
        words["appeal-check-title"],
        { act(AppealAction.Back) },
        bottom = {
            PrimaryButton(if (state.answers == null) words["appeal-send"] else words["appeal-answer-send"], { act(AppealAction.Send) })
            SecondaryButton(words["common-edit"], { act(AppealAction.Change) })
        },
    ) {
        if (state.answers == null) ConcernedColour(state.concerned) else Paragraph(state.answers)
        Group {
            val label = if (state.answers == null) words["appeal-statement"] else words["appeal-answer-statement"]
            if (state.draft.statement.isNotBlank()) LabelledValue(label, state.draft.statement)
            EvidenceTold(state.draft.evidence)
        }
        Aside(words["appeal-check-text"])
    }
}

/** What is sent along; or that nothing is. */
@Composable
internal fun EvidenceTold(evidence: List<EvidencePiece>) {
    val words = Design.words
    val told = if (evidence.isEmpty()) words["appeal-evidence-none"] else evidence.joinToString("\n") { it.text }
    LabelledValue(words["appeal-evidence"], told)
}
