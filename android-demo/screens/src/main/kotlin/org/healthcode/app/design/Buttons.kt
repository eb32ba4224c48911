package org.healthcode.app.design

import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.defaultMinSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.Button
import androidx.compose.material3.ButtonDefaults
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.OutlinedButton
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp

/** The one thing that this screen is for. */
@Composable
fun PrimaryButton(
    text: String,
    onClick: () -> Unit,
    modifier: Modifier = Modifier,
    isEnabled: Boolean = true,
) = Button(
    onClick,
    modifier.fillMaxWidth().defaultMinSize(minHeight = Design.sizes.touch),
    enabled = isEnabled,
    shape = Corners,
    contentPadding = Inside,
    colors = ButtonDefaults.buttonColors(Design.palette.action, Design.palette.onAction),
) { Text(text, style = Design.sizes.body, textAlign = TextAlign.Center) }

/** Another thing that can be done here. */
@Composable
fun SecondaryButton(
    text: String,
    onClick: () -> Unit,
    modifier: Modifier = Modifier,
    isDestructive: Boolean = false,
    isEnabled: Boolean = true,
) {
    val colour = if (isDestructive) Design.palette.error else Design.palette.action
    OutlinedButton(
        onClick,
        modifier.fillMaxWidth().defaultMinSize(minHeight = Design.sizes.touch),
        enabled = isEnabled,
        shape = Corners,
        border = BorderStroke(1.dp, Design.palette.border),
        contentPadding = Inside,
        colors = ButtonDefaults.outlinedButtonColors(contentColor = colour),
    ) { Text(text, style = Design.sizes.body, textAlign = TextAlign.Center) }
}

/** Something small that can be done, in line with the texts around it; [spoken] says more where that is needed. */
@Composable
fun TextAction(
    text: String,
    onClick: () -> Unit,
    modifier: Modifier = Modifier,
    spoken: String? = null,
) = TextButton(
    onClick,
    modifier
        .defaultMinSize(Design.sizes.touch, Design.sizes.touch)
        .semantics { if (spoken != null) contentDescription = spoken },
    shape = Corners,
    contentPadding = PaddingValues(vertical = Space.small),
) { Text(text, style = Design.sizes.body, color = Design.palette.action) }

/** A line that leads somewhere: what, and below it a word about it. */
@Composable
fun LinkRow(
    title: String,
    onClick: () -> Unit,
    modifier: Modifier = Modifier,
    detail: String? = null,
    mark: String? = null,
    sign: StatusMark? = null,
) {
    Row(
        modifier
            .fillMaxWidth()
            .clickable(role = Role.Button, onClick = onClick)
            .defaultMinSize(minHeight = Design.sizes.touch)
            .padding(vertical = Space.small),
        horizontalArrangement = Arrangement.spacedBy(Space.medium),
        verticalAlignment = Alignment.CenterVertically,
    ) {
        if (sign != null) StatusSign(sign, 24.dp)
        Column(Modifier.weight(1f)) {
            Paragraph(title)
            if (detail != null) Aside(detail)
        }
        if (mark != null) Text(mark, style = Design.sizes.small, color = Design.palette.second)
        Chevron()
    }
    HorizontalDivider(color = Design.palette.border.copy(alpha = 0.3f))
}

internal val Corners = RoundedCornerShape(12.dp)
private val Inside = PaddingValues(horizontal = Space.page, vertical = Space.medium)
