package org.healthcode.app.checkpoint

import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.text.rememberTextMeasurer
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.TextUnit
import androidx.compose.ui.unit.dp
import org.healthcode.app.design.Design

/**
 * A word on one line as wide as there is room, read from across the gate.
 *
 * Invariant: never cut, never broken, whatever the size of text: it fills the width already.
 */
@Composable
internal fun WideWord(
    word: String,
    ink: Color,
    modifier: Modifier = Modifier,
) = BoxWithConstraints(modifier, contentAlignment = Alignment.Center) {
    val measurer = rememberTextMeasurer()
    val density = LocalDensity.current
    val style = Design.sizes.verdict
    val width = constraints.maxWidth
    val size =
        remember(word, style, width, density) {
            val trial = with(density) { TRIAL.toSp() }
            val measured = measurer.measure(word, style.copy(fontSize = trial, lineHeight = TextUnit.Unspecified), softWrap = false)
            // A little less than all of it: rounding must not break the line.
            val fitting = with(density) { TRIAL.toPx() } * width * FULL / measured.size.width
            with(density) { minOf(fitting, MOST.toPx()).toSp() }
        }
    Text(
        word,
        style = style.copy(fontSize = size, lineHeight = TextUnit.Unspecified),
        color = ink,
        maxLines = 1,
        softWrap = false,
        textAlign = TextAlign.Center,
    )
}

private val TRIAL = 100.dp
private val MOST = 128.dp
private const val FULL = 0.98f
