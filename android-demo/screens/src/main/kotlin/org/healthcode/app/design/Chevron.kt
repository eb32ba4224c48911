package org.healthcode.app.design

import androidx.compose.foundation.Canvas
import androidx.compose.foundation.layout.size
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.graphics.StrokeCap
import androidx.compose.ui.platform.LocalLayoutDirection
import androidx.compose.ui.unit.LayoutDirection
import androidx.compose.ui.unit.dp

/** Points onward in the direction of reading; says nothing to a reader that speaks. */
@Composable
fun Chevron(modifier: Modifier = Modifier) {
    val colour = Design.palette.second
    val isMirrored = LocalLayoutDirection.current == LayoutDirection.Rtl
    Canvas(modifier.size(8.dp, 14.dp)) {
        val (start, tip) = if (isMirrored) size.width to 0f else 0f to size.width
        val middle = Offset(tip, size.height / 2)
        drawLine(colour, Offset(start, 0f), middle, 2.dp.toPx(), StrokeCap.Round)
        drawLine(colour, middle, Offset(start, size.height), 2.dp.toPx(), StrokeCap.Round)
    }
}
