package org.healthcode.app.capability.paper

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.runtime.Composable
import androidx.compose.runtime.key
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.focus.FocusRequester
import androidx.compose.ui.focus.focusRequester
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.text.input.KeyboardType
import androidx.compose.ui.text.style.TextDirection
import androidx.compose.ui.unit.dp
import org.healthcode.app.design.Aside
import org.healthcode.app.design.Corners
import org.healthcode.app.design.Design
import org.healthcode.app.design.ErrorText
import org.healthcode.app.design.Group
import org.healthcode.app.design.Heading
import org.healthcode.app.design.Mending
import org.healthcode.app.design.Page
import org.healthcode.app.design.Paragraph
import org.healthcode.app.design.PrimaryButton
import org.healthcode.app.design.ProblemSummary
import org.healthcode.app.design.QrPlate
import org.healthcode.app.design.SecondaryButton
import org.healthcode.app.design.Space
import org.healthcode.app.design.Strip
import org.healthcode.app.design.Text
import org.healthcode.app.design.TextEntry
import org.healthcode.app.design.stateName

/**
 * A code on paper: asking for one, what it looks like, and what ends it.
 *
 * Invariant: no colour stands beside a sheet; that a sheet ends is said before it does.
 */
@Composable
fun PaperScreen(
    state: PaperState,
    act: (PaperAction) -> Unit,
) = Box(Modifier.stateName(state.name)) {
    key(state.page) {
        when (state.page) {
            PaperPage.MAIN -> Main(state, act)
            PaperPage.REPLACE -> Confirming("paper-replace-title", "paper-replace-text", "paper-replace-confirm", state, act)
            PaperPage.END -> Confirming("paper-end-title", "paper-end-text", "paper-end-confirm", state, act)
        }
    }
}

/** For whom it is, where it is somebody else; and what is wrong. */
@Composable
private fun Above(
    state: PaperState,
    focus: FocusRequester,
) {
    state.person?.let { Aside(it) }
    if (state.problem != null) {
        val mending = Mending(state.problem) { focus.requestFocus() }
        ProblemSummary(Design.words["common-problem-title"], listOf(mending), state.attempt)
    }
}

@Composable
private fun Main(
    state: PaperState,
    act: (PaperAction) -> Unit,
) {
    val words = Design.words
    val focus = remember { FocusRequester() }
    Page(
        words["paper-title"],
        { act(PaperAction.Back) },
        bottom = { Buttons(state, act) },
        above = if (state.person == null && state.problem == null) null else ({ Above(state, focus) }),
        focusesTitle = state.problem == null,
    ) {
        state.waiting?.let { Strip(it, isQuiet = true) }
        if (state.sheet == null) {
            Paragraph(words["paper-lead"])
        } else {
            Preview(state.sheet)
            Paragraph(state.sheet.standing)
            Paragraph(words["paper-no-colour"])
            if (state.sheet.byDesk) Aside(words["paper-by-desk"])
        }
        state.hint?.let { Paragraph(it) }
        if (state.waiting == null) {
            if (state.sheet != null && state.maxDays > 0) Heading(words["paper-newer"])
            if (state.maxDays > 0) Days(state, focus, act) else Paragraph(words["paper-desk-only"])
        }
        if (state.sheet != null && !state.isEnding) {
            SecondaryButton(words["paper-end"], { act(PaperAction.AskToEnd) }, isDestructive = true)
        }
        if (state.advice.isNotEmpty()) Heading(words["paper-advice"])
        for (sentence in state.advice) Paragraph(sentence)
        Earlier(state.earlier)
    }
}

@Composable
private fun ColumnScope.Buttons(
    state: PaperState,
    act: (PaperAction) -> Unit,
) {
    val words = Design.words
    val ask = { act(PaperAction.Ask) }
    when {
        state.waiting != null -> {
            val label = words[if (state.isSyncing) "home-syncing" else "code-connect"]
            PrimaryButton(label, { act(PaperAction.Sync) }, isEnabled = !state.isSyncing)
        }
        state.sheet?.code != null -> {
            PrimaryButton(words["paper-save"], { act(PaperAction.Save) }, isEnabled = !state.isBusy)
            if (state.maxDays > 0) SecondaryButton(words["paper-ask-newer"], ask, isEnabled = !state.isBusy)
        }
        state.maxDays > 0 -> PrimaryButton(words["paper-ask"], ask, isEnabled = !state.isBusy)
    }
}

@Composable
private fun Days(
    state: PaperState,
    focus: FocusRequester,
    act: (PaperAction) -> Unit,
) {
    val words = Design.words
    Column(Modifier.fillMaxWidth(), Arrangement.spacedBy(Space.tiny)) {
        Aside(words["paper-days"])
        if (state.problem != null) ErrorText(state.problem)
        TextEntry(
            state.days,
            { act(PaperAction.Type(it)) },
            words["paper-days"],
            Modifier.focusRequester(focus).testTag("entry"),
            state.problem,
            KeyboardOptions(keyboardType = KeyboardType.Number),
        )
        Aside(words.format("paper-days-most", "count" to state.maxDays))
    }
}

/** As on the sheet: black on white in every theme. */
@Composable
private fun Preview(sheet: Sheet) {
    val words = Design.words
    Column(
        Modifier
            .fillMaxWidth()
            .clip(Corners)
            .background(Color.White)
            .border(1.dp, Design.palette.border, Corners)
            .padding(Space.page),
        Arrangement.spacedBy(Space.small),
    ) {
        Ink(words["paper-sheet-title"], Design.sizes.body.copy(fontWeight = FontWeight.Bold))
        if (sheet.code != null) QrPlate(sheet.code, words["paper-image"], Modifier.fillMaxWidth().height(280.dp))
        if (sheet.maskedName.isNotEmpty()) {
            // As in the document, whichever way the page runs.
            Ink("${sheet.maskedName} · ${sheet.documentTail}", Design.sizes.title.copy(textDirection = TextDirection.ContentOrLtr))
        }
        Ink(sheet.days, Design.sizes.body)
    }
}

@Composable
private fun Ink(
    text: String,
    style: TextStyle,
) = Text(text, style = style, color = Color.Black)

@Composable
private fun Earlier(sheets: List<Sheet>) {
    if (sheets.isEmpty()) return
    Heading(Design.words["paper-earlier"])
    for (sheet in sheets) {
        Group {
            Paragraph(sheet.days)
            Aside(sheet.standing)
        }
    }
}

@Composable
private fun Confirming(
    title: String,
    text: String,
    confirm: String,
    state: PaperState,
    act: (PaperAction) -> Unit,
) {
    val words = Design.words
    Page(
        words[title],
        { act(PaperAction.Back) },
        bottom = {
            PrimaryButton(words["common-cancel"], { act(PaperAction.Back) })
            SecondaryButton(words[confirm], { act(PaperAction.Confirm) }, isDestructive = true)
        },
        above = { state.person?.let { Aside(it) } },
    ) {
        Paragraph(words[text])
        state.sheet?.let { Group { Paragraph(it.days) } }
    }
}
