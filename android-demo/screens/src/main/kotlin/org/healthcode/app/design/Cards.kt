package org.healthcode.app.design

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp

/**
 * The state of the code: shape, word and colour together, spoken as one.
 *
 * Invariant: announced politely when it changes, and only then.
 */
@Composable
fun StateCard(
    look: StateLook,
    title: String,
    spoken: String,
    modifier: Modifier = Modifier,
    detail: String? = null,
) {
    Row(
        modifier
            .fillMaxWidth()
            .clip(Corners)
            .background(look.fill)
            .border(2.dp, Design.palette.outline, Corners)
            .padding(Space.page)
            .semantics(mergeDescendants = true) {
                contentDescription = spoken
                liveRegion = LiveRegionMode.Polite
            },
        horizontalArrangement = Arrangement.spacedBy(Space.page),
        verticalAlignment = Alignment.CenterVertically,
    ) {
        StateMark(look, if (Design.sizes.isElder) 56.dp else 44.dp)
        Column(Modifier.weight(1f)) {
            Text(title, style = Design.sizes.colourWord, color = look.onFill)
            if (detail != null) Text(detail, style = Design.sizes.body, color = look.onFill)
        }
    }
}

/** Something that holds now and does not stop the screen: no network, old data, a wrong clock. */
@Composable
fun Strip(
    text: String,
    modifier: Modifier = Modifier,
    isQuiet: Boolean = false,
    action: String? = null,
    onAction: () -> Unit = {},
) {
    val palette = Design.palette
    val (fill, onFill) = if (isQuiet) palette.card to palette.text else palette.strip to palette.onStrip
    Column(
        modifier
            .fillMaxWidth()
            .clip(Corners)
            .background(fill)
            .padding(horizontal = Space.page, vertical = Space.medium),
    ) {
        Text(text, style = Design.sizes.body, color = onFill)
        if (action != null) SecondaryButton(action, onAction, Modifier.padding(top = Space.small))
    }
}

/** Things that belong together. */
@Composable
fun Group(
    modifier: Modifier = Modifier,
    content: @Composable ColumnScope.() -> Unit,
) = Column(
    modifier
        .fillMaxWidth()
        .clip(Corners)
        .background(Design.palette.card)
        .padding(Space.page),
    verticalArrangement = Arrangement.spacedBy(Space.small),
    content = content,
)

/** Something is wrong that the person must act on: nobody reads past it. */
@Composable
fun Alarm(
    title: String,
    text: String,
    modifier: Modifier = Modifier,
) = Column(
    modifier.fillMaxWidth().border(3.dp, Design.palette.error, Corners).padding(Space.page),
    verticalArrangement = Arrangement.spacedBy(Space.small),
) {
    Text(title, Modifier.semantics { heading() }, style = Design.sizes.title, color = Design.palette.error)
    Paragraph(text)
}
