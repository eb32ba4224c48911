package org.healthcode.app.design

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.defaultMinSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.platform.LocalLayoutDirection
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.unit.LayoutDirection
import androidx.compose.ui.unit.dp

/**
 * Digits and X, for the number of an identity document: no keyboard of a phone has both on one page.
 *
 * Invariant: the digits stand as on a telephone, in every direction of reading.
 */
@Composable
fun DigitPad(
    onKey: (Char) -> Unit,
    onDelete: () -> Unit,
    modifier: Modifier = Modifier,
) = CompositionLocalProvider(LocalLayoutDirection provides LayoutDirection.Ltr) {
    Column(modifier.fillMaxWidth().widthIn(max = 420.dp), Arrangement.spacedBy(Design.sizes.gap)) {
        for (row in listOf("123", "456", "789", "X0")) {
            Row(Modifier.fillMaxWidth(), Arrangement.spacedBy(Design.sizes.gap)) {
                for (key in row) Key("$key", Design.sizes.title, Modifier.weight(1f).testTag("key-$key")) { onKey(key) }
                if (row.length < 3) Key("←", Design.sizes.title, Modifier.weight(1f), Design.words["common-delete"], onDelete)
            }
        }
    }
}

@Composable
private fun Key(
    text: String,
    style: TextStyle,
    modifier: Modifier,
    /** What is read aloud, where it is not the text. */
    spoken: String? = null,
    onClick: () -> Unit,
) = Box(
    modifier
        .clip(Corners)
        .background(Design.palette.card)
        .border(1.dp, Design.palette.border.copy(alpha = 0.4f), Corners)
        .clickable(role = Role.Button, onClick = onClick)
        .defaultMinSize(minHeight = maxOf(Design.sizes.touch, 52.dp))
        .padding(horizontal = Space.tiny, vertical = Space.small),
    contentAlignment = Alignment.Center,
) {
    val semantics = if (spoken == null) Modifier else Modifier.clearAndSetSemantics { contentDescription = spoken }
    Text(text, semantics, style = style, color = Design.palette.text, maxLines = 1)
}
