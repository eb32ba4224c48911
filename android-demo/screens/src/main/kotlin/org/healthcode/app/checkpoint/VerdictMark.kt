package org.healthcode.app.checkpoint

import androidx.compose.foundation.Canvas
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.size
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.geometry.CornerRadius
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.Path
import androidx.compose.ui.graphics.StrokeCap
import androidx.compose.ui.graphics.StrokeJoin
import androidx.compose.ui.graphics.drawscope.Stroke
import androidx.compose.ui.unit.Dp
import org.healthcode.app.design.StateLook
import org.healthcode.app.design.StateMark
import org.healthcode.core.VerdictLevel

/** How a verdict looks: the colours and shapes of the states, and a tick that the citizen's app never has. */
internal val VerdictLevel.look: StateLook
    get() =
        when (this) {
            VerdictLevel.PASS -> StateLook.GREEN
            VerdictLevel.CHECK -> StateLook.YELLOW
            VerdictLevel.STOP -> StateLook.RED
            VerdictLevel.CANNOT_TELL -> StateLook.UNKNOWN
        }

/** The shape that tells a verdict without colour: a ticked disc, a triangle with a mark, an octagon with a bar, a dashed ring; a diamond where a visitor's orange stops. */
@Composable
internal fun VerdictMark(
    level: VerdictLevel,
    side: Dp,
    modifier: Modifier = Modifier,
    look: StateLook = level.look,
    shape: Color = look.onFill,
    inner: Color = look.fill,
) = Box(modifier.size(side)) {
    StateMark(look, side, shape = shape, inner = inner)
    if (level == VerdictLevel.PASS) {
        Canvas(Modifier.size(side)) {
            val tick =
                Path().apply {
                    moveTo(size.width * 0.27f, size.height * 0.52f)
                    lineTo(size.width * 0.44f, size.height * 0.68f)
                    lineTo(size.width * 0.74f, size.height * 0.34f)
                }
            drawPath(tick, inner, style = Stroke(size.width * 0.10f, cap = StrokeCap.Round, join = StrokeJoin.Round))
        }
    }
}

/** The door's own sign: a gate with its bar. */
@Composable
internal fun GateMark(
    side: Dp,
    colour: Color,
    modifier: Modifier = Modifier,
) = Canvas(modifier.size(side)) {
    val (width, height) = size
    val thick = width * 0.12f
    val corner = CornerRadius(thick / 2)
    drawRoundRect(colour, Offset(0f, height * 0.16f), Size(thick * 1.6f, height * 0.76f), corner)
    drawLine(colour, Offset(thick, height * 0.40f), Offset(width - thick / 2, height * 0.40f), thick, StrokeCap.Round)
    drawRoundRect(colour, Offset(width - thick, height * 0.40f), Size(thick, height * 0.52f), corner)
}
