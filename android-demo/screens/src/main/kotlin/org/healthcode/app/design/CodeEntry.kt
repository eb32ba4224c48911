package org.healthcode.app.design

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.focus.FocusRequester
import androidx.compose.ui.focus.focusRequester
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.input.ImeAction
import androidx.compose.ui.text.input.KeyboardCapitalization
import androidx.compose.ui.text.input.KeyboardType
import androidx.compose.ui.unit.dp

/** How a code comes into the app, and how far that is. */
data class EnteredCode(
    /** As it was typed. */
    val typed: String = "",
    /** Whether there is a camera that can read codes. */
    val canScan: Boolean = false,
    /** Whether a picture can be picked. */
    val canPick: Boolean = false,
    /** The camera is open. */
    val isScanning: Boolean = false,
) {
    override fun toString(): String = "EnteredCode(hidden)"
}

/** The words that say which code it is. */
class CodeWords(
    val label: String,
    val scan: String,
    val pick: String,
    val placeholder: String? = null,
)

/** What a person can do there. */
sealed interface CodeEntryAction {
    data class Type(
        val text: String,
    ) : CodeEntryAction

    data object Scan : CodeEntryAction

    /** Reads a picture that is picked. */
    data object Pick : CodeEntryAction
}

/**
 * A code that is scanned, read from a picture, or typed; while the camera is open it is all there is.
 *
 * @param problem what is wrong with it, in words.
 * @param offersScan false where the page's main button does that already.
 * @param readBack what is made of what was typed, below the box.
 */
@Composable
fun CodeEntry(
    code: EnteredCode,
    problem: String?,
    say: CodeWords,
    act: (CodeEntryAction) -> Unit,
    focus: FocusRequester,
    lines: Int = 1,
    style: TextStyle = Design.sizes.body,
    offersScan: Boolean = true,
    camera: @Composable (Modifier) -> Unit,
    readBack: @Composable () -> Unit = {},
) {
    if (code.isScanning) {
        val view = Modifier.fillMaxWidth().height(280.dp)
        Box(view.clip(Corners).background(Color.Black)) { camera(view) }
        Paragraph(Design.words["checkpoint-scan-hint"])
        return
    }
    if (code.canScan && offersScan) SecondaryButton(say.scan, { act(CodeEntryAction.Scan) })
    if (code.canPick) SecondaryButton(say.pick, { act(CodeEntryAction.Pick) })
    Aside(say.label)
    if (problem != null) ErrorText(problem)
    TextEntry(
        code.typed,
        { act(CodeEntryAction.Type(it)) },
        say.label,
        Modifier.focusRequester(focus).testTag("entry"),
        problem,
        CodeKeys,
        lines = lines,
        placeholder = say.placeholder,
        style = style,
    )
    readBack()
}

/** What a code is typed with. */
internal val CodeKeys =
    KeyboardOptions(
        capitalization = KeyboardCapitalization.Characters,
        autoCorrectEnabled = false,
        keyboardType = KeyboardType.Ascii,
        imeAction = ImeAction.Done,
    )
