package org.healthcode.app.design

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.unit.dp

/** A word about a row, such as that it is new. */
@Composable
fun Tag(
    text: String,
    fill: Color,
    ink: Color,
) = Text(
    text,
    Modifier
        .clip(TagCorners)
        .background(fill)
        .border(1.dp, ink.copy(alpha = 0.5f), TagCorners)
        .padding(horizontal = Space.small),
    style = Design.sizes.small,
    color = ink,
)

private val TagCorners = RoundedCornerShape(6.dp)
