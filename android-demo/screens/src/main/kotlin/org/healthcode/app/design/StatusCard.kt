package org.healthcode.app.design

import androidx.compose.foundation.Canvas
import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.geometry.CornerRadius
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.Rect
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.Path
import androidx.compose.ui.graphics.StrokeCap
import androidx.compose.ui.graphics.StrokeJoin
import androidx.compose.ui.graphics.drawscope.DrawScope
import androidx.compose.ui.graphics.drawscope.Stroke
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp

/**
 * How something stands that goes on with the authority: a clock, a triangle with a mark, a written sheet, a question mark in a
 * ring, a crossed ring. None is a verdict.
 */
enum class StatusMark { WAITING, ATTENTION, DONE, UNCLEAR, PAST }

/**
 * How something stands, spoken as one: a mark, a few words, a sentence.
 *
 * Invariant: the mark says what the words say, without colour.
 */
@Composable
fun StatusCard(
    mark: StatusMark,
    title: String,
    text: String,
    spoken: String,
    modifier: Modifier = Modifier,
) {
    val isLoud = mark == StatusMark.ATTENTION
    val edge = if (isLoud) Modifier.border(2.dp, Design.palette.error, Corners) else Modifier
    Row(
        modifier
            .fillMaxWidth()
            .clip(Corners)
            .background(Design.palette.card)
            .then(edge)
            .padding(Space.page)
            .semantics(mergeDescendants = true) {
                contentDescription = spoken
                liveRegion = LiveRegionMode.Polite
            },
        Arrangement.spacedBy(Space.medium),
        Alignment.Top,
    ) {
        StatusSign(mark, if (Design.sizes.isElder) 40.dp else 28.dp)
        Column(Modifier.weight(1f), Arrangement.spacedBy(Space.tiny)) {
            Heading(title)
            if (text.isNotEmpty()) Paragraph(text)
        }
    }
}

/** The mark alone; who draws it says in words what it means. */
@Composable
fun StatusSign(
    mark: StatusMark,
    side: Dp,
) {
    val ink = if (mark == StatusMark.ATTENTION) Design.palette.error else Design.palette.second
    Canvas(Modifier.padding(top = 2.dp).size(side)) {
        when (mark) {
            StatusMark.WAITING -> clock(ink)
            StatusMark.ATTENTION -> warning(ink)
            StatusMark.DONE -> sheet(ink)
            StatusMark.UNCLEAR -> question(ink)
            StatusMark.PAST -> past(ink)
        }
    }
}

private fun DrawScope.clock(ink: Color) {
    val thick = size.minDimension * 0.09f
    drawCircle(ink, (size.minDimension - thick) / 2, style = Stroke(thick))
    drawLine(ink, center, Offset(center.x, size.height * 0.24f), thick, StrokeCap.Round)
    drawLine(ink, center, Offset(size.width * 0.68f, size.height * 0.62f), thick, StrokeCap.Round)
}

private fun DrawScope.warning(ink: Color) {
    val thick = size.minDimension * 0.09f
    val path =
        Path().apply {
            moveTo(size.width / 2, thick)
            lineTo(size.width - thick / 2, size.height - thick)
            lineTo(thick / 2, size.height - thick)
            close()
        }
    drawPath(path, ink, style = Stroke(thick, join = StrokeJoin.Round))
    drawLine(ink, Offset(center.x, size.height * 0.40f), Offset(center.x, size.height * 0.62f), thick, StrokeCap.Round)
    drawCircle(ink, thick * 0.6f, Offset(center.x, size.height * 0.76f))
}

private fun DrawScope.sheet(ink: Color) {
    val thick = size.minDimension * 0.09f
    val (left, top) = size.width * 0.16f to thick / 2
    drawRoundRect(
        ink,
        Offset(left, top),
        Size(size.width - 2 * left, size.height - thick),
        CornerRadius(thick),
        style = Stroke(thick),
    )
    for (line in listOf(0.32f, 0.52f, 0.72f)) {
        drawLine(
            ink,
            Offset(size.width * 0.32f, size.height * line),
            Offset(size.width * 0.68f, size.height * line),
            thick * 0.8f,
            StrokeCap.Round,
        )
    }
}

private fun DrawScope.question(ink: Color) {
    val thick = size.minDimension * 0.09f
    drawCircle(ink, (size.minDimension - thick) / 2, style = Stroke(thick))
    val path =
        Path().apply {
            arcTo(Rect(Offset(size.width * 0.5f, size.height * 0.37f), size.width * 0.14f), 180f, 230f, true)
            lineTo(size.width * 0.5f, size.height * 0.6f)
        }
    drawPath(path, ink, style = Stroke(thick, cap = StrokeCap.Round, join = StrokeJoin.Round))
    drawCircle(ink, thick * 0.65f, Offset(center.x, size.height * 0.76f))
}

private fun DrawScope.past(ink: Color) {
    val thick = size.minDimension * 0.09f
    drawCircle(ink, (size.minDimension - thick) / 2, style = Stroke(thick))
    drawLine(ink, Offset(size.width * 0.3f, center.y), Offset(size.width * 0.7f, center.y), thick, StrokeCap.Round)
}
