package org.healthcode.app.capability.objection

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.foundation.text.selection.SelectionContainer
import androidx.compose.runtime.Composable
import androidx.compose.runtime.key
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.focus.FocusRequester
import androidx.compose.ui.focus.focusRequester
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.text.input.KeyboardCapitalization
import org.healthcode.app.design.Aside
import org.healthcode.app.design.Design
import org.healthcode.app.design.ErrorText
import org.healthcode.app.design.Group
import org.healthcode.app.design.Mending
import org.healthcode.app.design.Page
import org.healthcode.app.design.Paragraph
import org.healthcode.app.design.PrimaryButton
import org.healthcode.app.design.ProblemSummary
import org.healthcode.app.design.SecondaryButton
import org.healthcode.app.design.StateCard
import org.healthcode.app.design.TextEntry
import org.healthcode.app.design.stateName

/**
 * Writing an objection, checking it, and what has become of it.
 *
 * Invariant: it is called received only once the authority has answered; until then it is saved here.
 */
@Composable
fun ObjectionScreen(
    state: ObjectionState,
    act: (ObjectionAction) -> Unit,
) = Box(Modifier.stateName(state.name)) {
    key(state.page) {
        when (state.page) {
            ObjectionPage.WRITE -> Write(state, act)
            ObjectionPage.CHECK -> Check(state, act)
            else -> Filed(state, act)
        }
    }
}

@Composable
private fun Write(
    state: ObjectionState,
    act: (ObjectionAction) -> Unit,
) {
    val words = Design.words
    val focus = remember { FocusRequester() }
    val back = { act(ObjectionAction.Back) }
    if (state.title == null) {
        Page(words["objection-title"], back) { Paragraph(words["objection-no-colour"]) }
        return
    }
    Page(
        words["objection-title"],
        back,
        bottom = { PrimaryButton(words["objection-send"], { act(ObjectionAction.Send) }) },
        above = {
            if (state.problem != null) {
                val mending = Mending(state.problem) { focus.requestFocus() }
                ProblemSummary(words["common-problem-title"], listOf(mending), state.attempt)
            }
        },
        focusesTitle = state.problem == null,
    ) {
        Paragraph(words["objection-lead"])
        Concerned(state)
        Aside(words["objection-statement"])
        if (state.problem != null) ErrorText(state.problem)
        TextEntry(
            state.statement,
            { act(ObjectionAction.Type(it)) },
            words["objection-statement"],
            Modifier.focusRequester(focus).testTag("entry"),
            state.problem,
            KeyboardOptions(capitalization = KeyboardCapitalization.Sentences),
            lines = 6,
            placeholder = words["objection-statement-hint"],
        )
        val count = state.statement.codePointCount(0, state.statement.length)
        Aside(words.format("objection-length", "count" to count, "max" to state.maxChars))
    }
}

@Composable
private fun Check(
    state: ObjectionState,
    act: (ObjectionAction) -> Unit,
) {
    val words = Design.words
    Page(
        words["objection-check-title"],
        onBack = { act(ObjectionAction.Back) },
        bottom = {
            PrimaryButton(words["objection-send"], { act(ObjectionAction.Send) })
            SecondaryButton(words["common-edit"], { act(ObjectionAction.Change) })
        },
    ) {
        Concerned(state)
        Group { Paragraph(state.statement) }
    }
}

/** The colour that it is about, and why it is that. */
@Composable
private fun Concerned(state: ObjectionState) {
    if (state.title == null) return
    Aside(Design.words["objection-concerns"])
    StateCard(state.look, state.title, state.title)
    if (state.concerns != null) Paragraph(state.concerns)
}

@Composable
private fun Filed(
    state: ObjectionState,
    act: (ObjectionAction) -> Unit,
) {
    val words = Design.words
    val title =
        when (state.page) {
            ObjectionPage.OVERDUE -> words["objection-overdue-title"]
            ObjectionPage.RECEIVED -> words["objection-received-title"]
            else -> words["objection-queued-title"]
        }
    Page(
        title,
        onBack = { act(ObjectionAction.Back) },
        bottom = {
            if (state.page == ObjectionPage.OVERDUE) {
                PrimaryButton(words["why-call"], { act(ObjectionAction.Call) })
            }
            if (state.page != ObjectionPage.QUEUED) {
                SecondaryButton(words["objection-another"], { act(ObjectionAction.Another) })
            }
        },
        above = { Aside(words["objection-title"]) },
    ) {
        Paragraph(state.received ?: words["objection-queued-text"])
        if (state.problem != null) ErrorText(state.problem)
        if (state.receipt != null) SelectionContainer { Aside(words.format("objection-receipt", "id" to state.receipt)) }
    }
}
