package org.healthcode.app.capability.passport

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.focus.FocusRequester
import androidx.compose.ui.focus.focusRequester
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.text.font.FontFamily
import androidx.compose.ui.text.input.KeyboardCapitalization
import androidx.compose.ui.text.input.KeyboardType
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.text.style.TextDirection
import org.healthcode.app.design.Aside
import org.healthcode.app.design.Design
import org.healthcode.app.design.ErrorText
import org.healthcode.app.design.Group
import org.healthcode.app.design.Heading
import org.healthcode.app.design.LabelledValue
import org.healthcode.app.design.Page
import org.healthcode.app.design.Paragraph
import org.healthcode.app.design.PrimaryButton
import org.healthcode.app.design.SecondaryButton
import org.healthcode.app.design.Strip
import org.healthcode.app.design.TextEntry
import org.healthcode.app.design.stateName

/**
 * A passport's lines, typed or pasted, and what they say.
 *
 * Invariant: only lines without a fault are taken over, and only after they were seen.
 */
@Composable
fun PassportScreen(
    state: PassportState,
    act: (PassportAction) -> Unit,
) = Box(Modifier.stateName(state.name)) {
    val words = Design.words
    val focus = remember { FocusRequester() }
    val isRead = state.stage == PassportStage.SOUND
    Page(
        words["passport-title"],
        { act(PassportAction.Back) },
        bottom = {
            if (isRead) PrimaryButton(words["passport-take"], { act(PassportAction.Take) })
            val label = words[if (state.stage == PassportStage.EMPTY) "passport-read" else "passport-read-again"]
            if (isRead) SecondaryButton(label, { act(PassportAction.Read) }) else PrimaryButton(label, { act(PassportAction.Read) })
        },
    ) {
        if (state.problem != null) ErrorText(state.problem)
        Paragraph(words["passport-lead"])
        if (state.title != null) Outcome(state, state.title)
        Aside(words["passport-lines"])
        TextEntry(
            state.lines,
            { act(PassportAction.Type(it)) },
            words["passport-lines"],
            Modifier.focusRequester(focus).testTag("entry"),
            state.title.takeIf { state.faults.isNotEmpty() },
            KeyboardOptions(KeyboardCapitalization.Characters, autoCorrectEnabled = false, keyboardType = KeyboardType.Ascii),
            lines = 3,
            // As on the document, whichever way the page runs.
            style =
                Design.sizes.small.copy(
                    fontFamily = FontFamily.Monospace,
                    textDirection = TextDirection.Ltr,
                    textAlign = TextAlign.Left,
                ),
        )
        Aside(words["passport-private"])
    }
}

@Composable
private fun Outcome(
    state: PassportState,
    title: String,
) {
    val words = Design.words
    Group {
        Heading(title)
        state.next?.let { Paragraph(it) }
        for (fault in state.faults) {
            ErrorText(fault.text)
            Aside(fault.place)
        }
        for ((label, value) in state.read) LabelledValue(label, value)
    }
    if (state.corrections.isNotEmpty()) Strip((listOf(words["passport-corrected"]) + state.corrections).joinToString("\n"))
}
