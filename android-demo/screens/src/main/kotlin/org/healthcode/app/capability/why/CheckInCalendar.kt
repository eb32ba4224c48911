package org.healthcode.app.capability.why

import androidx.compose.foundation.Canvas
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.widthIn
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.geometry.CornerRadius
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.graphics.PathEffect
import androidx.compose.ui.graphics.drawscope.Stroke
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.unit.dp
import org.healthcode.app.design.Aside
import org.healthcode.app.design.Design
import org.healthcode.app.design.Heading
import org.healthcode.app.design.Paragraph
import org.healthcode.app.design.Space

/** "3 of 7" in words, then each day as a box: done is filled, missed stays empty, today has a broad rim, to come is dashed. */
@Composable
internal fun CheckInCalendar(checkIns: CheckIns) {
    Heading(Design.words["why-check-ins"])
    Paragraph(checkIns.text)
    FlowRow(
        Modifier.fillMaxWidth(),
        Arrangement.spacedBy(Space.small),
        Arrangement.spacedBy(Space.medium),
    ) {
        for (day in checkIns.days) DayBox(day)
    }
    Aside(checkIns.resetText)
}

@Composable
private fun DayBox(day: CheckInBox) =
    Column(
        Modifier.widthIn(min = 60.dp).clearAndSetSemantics { contentDescription = day.spoken },
        Arrangement.spacedBy(Space.tiny),
        Alignment.CenterHorizontally,
    ) {
        val (fill, rim) = Design.palette.action to Design.palette.border
        Canvas(Modifier.size(40.dp)) {
            val width = if (day.kind == BoxKind.TODAY) 4.dp.toPx() else 2.dp.toPx()
            val corner = CornerRadius(8.dp.toPx())
            if (day.kind == BoxKind.DONE) {
                drawRoundRect(fill, cornerRadius = corner)
            } else {
                val isDashed = day.kind == BoxKind.COMING || day.kind == BoxKind.UNKNOWN
                val dash = if (isDashed) PathEffect.dashPathEffect(floatArrayOf(4.dp.toPx(), 3.dp.toPx())) else null
                val place = Offset(width / 2, width / 2)
                val size = Size(size.width - width, size.height - width)
                drawRoundRect(if (day.kind == BoxKind.TODAY) fill else rim, place, size, corner, Stroke(width, pathEffect = dash))
            }
        }
        Aside(day.label)
    }
