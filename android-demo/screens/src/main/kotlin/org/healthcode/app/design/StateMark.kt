package org.healthcode.app.design

import androidx.compose.foundation.Canvas
import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.geometry.CornerRadius
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.Path
import androidx.compose.ui.graphics.PathEffect
import androidx.compose.ui.graphics.StrokeCap
import androidx.compose.ui.graphics.StrokeJoin
import androidx.compose.ui.graphics.drawscope.DrawScope
import androidx.compose.ui.graphics.drawscope.Stroke
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import kotlin.math.cos
import kotlin.math.sin

/** The shape that tells a state without colour: disc, triangle with a mark, octagon with a bar, diamond, dashed ring with a query. */
@Composable
fun StateMark(
    look: StateLook,
    side: Dp,
    modifier: Modifier = Modifier,
    shape: Color = look.onFill,
    inner: Color = look.fill,
) = Canvas(modifier.size(side)) {
    when (look) {
        StateLook.GREEN -> drawCircle(shape, size.minDimension / 2)
        StateLook.YELLOW -> triangle(shape, inner)
        StateLook.RED -> octagon(shape, inner)
        StateLook.ORANGE -> drawPath(polygon(4, 0.0), shape)
        StateLook.UNKNOWN -> ring(shape)
    }
}

private fun DrawScope.polygon(
    corners: Int,
    turn: Double,
): Path {
    val radius = size.minDimension / 2
    return Path().apply {
        for (corner in 0 until corners) {
            val angle = turn + 2 * Math.PI * corner / corners
            val x = center.x + radius * cos(angle).toFloat()
            val y = center.y + radius * sin(angle).toFloat()
            if (corner == 0) moveTo(x, y) else lineTo(x, y)
        }
        close()
    }
}

private fun DrawScope.triangle(
    shape: Color,
    inner: Color,
) {
    val (width, height) = size
    val path =
        Path().apply {
            moveTo(width / 2, height * 0.04f)
            lineTo(width, height * 0.94f)
            lineTo(0f, height * 0.94f)
            close()
        }
    drawPath(path, shape)
    val thick = width * 0.11f
    drawLine(inner, Offset(width / 2, height * 0.38f), Offset(width / 2, height * 0.64f), thick, StrokeCap.Round)
    drawCircle(inner, thick * 0.62f, Offset(width / 2, height * 0.80f))
}

private fun DrawScope.octagon(
    shape: Color,
    inner: Color,
) {
    drawPath(polygon(8, Math.PI / 8), shape)
    val (width, height) = size
    drawRoundRect(
        inner,
        Offset(width * 0.22f, height * 0.43f),
        Size(width * 0.56f, height * 0.14f),
        CornerRadius(width * 0.03f),
    )
}

private fun DrawScope.ring(shape: Color) {
    val thick = size.minDimension * 0.09f
    val radius = size.minDimension / 2 - thick / 2
    val dash = (2 * Math.PI * radius / 16).toFloat()
    drawCircle(shape, radius, style = Stroke(thick, pathEffect = PathEffect.dashPathEffect(floatArrayOf(dash, dash))))
    val (width, height) = size
    val query =
        Path().apply {
            moveTo(width * 0.36f, height * 0.40f)
            cubicTo(width * 0.36f, height * 0.22f, width * 0.66f, height * 0.22f, width * 0.64f, height * 0.41f)
            cubicTo(width * 0.63f, height * 0.50f, width * 0.50f, height * 0.50f, width * 0.50f, height * 0.61f)
        }
    drawPath(query, shape, style = Stroke(thick, cap = StrokeCap.Round, join = StrokeJoin.Round))
    drawCircle(shape, thick * 0.68f, Offset(width * 0.50f, height * 0.74f))
}

/** A small [StateMark] that stands on a page: on its fill, within an outline. Words beside it say the same. */
@Composable
fun StateBadge(
    look: StateLook,
    side: Dp,
    modifier: Modifier = Modifier,
) = Box(
    modifier
        .clip(RoundedCornerShape(6.dp))
        .background(look.fill)
        .border(2.dp, Design.palette.outline, RoundedCornerShape(6.dp))
        .padding(6.dp),
) { StateMark(look, side) }
