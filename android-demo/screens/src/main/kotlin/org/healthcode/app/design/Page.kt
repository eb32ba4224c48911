package org.healthcode.app.design

import androidx.compose.foundation.background
import androidx.compose.foundation.focusable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.remember
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.focus.FocusRequester
import androidx.compose.ui.focus.focusRequester
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp

/**
 * A screen's frame: a way back, the title that focus lands on, what scrolls, and below it what is always in reach.
 *
 * Invariant: nothing has a fixed height, so texts of 200 % only make it longer; lines stay short enough to read on a wide screen.
 *
 * @param above what stands between the way back and the title: progress, a summary of problems.
 * @param focusesTitle false where something above takes the focus.
 */
@Composable
fun Page(
    title: String,
    onBack: (() -> Unit)? = null,
    bottom: (@Composable ColumnScope.() -> Unit)? = null,
    above: (@Composable ColumnScope.() -> Unit)? = null,
    focusesTitle: Boolean = true,
    content: @Composable ColumnScope.() -> Unit,
) {
    Column(
        Modifier.fillMaxSize().background(Design.palette.page),
        horizontalAlignment = Alignment.CenterHorizontally,
    ) {
        Column(
            Modifier
                .weight(1f)
                .widthIn(max = READABLE)
                .fillMaxWidth()
                .verticalScroll(rememberScrollState())
                .padding(horizontal = Space.page, vertical = Space.medium),
            verticalArrangement = Arrangement.spacedBy(Space.medium),
        ) {
            if (above == null) {
                PageTitle(title, onBack, focusesTitle)
            } else {
                if (onBack != null) BackButton(onBack)
                above()
                PageTitle(title, null, focusesTitle)
            }
            content()
        }
        if (bottom != null) {
            Column(
                Modifier.widthIn(max = READABLE).fillMaxWidth().padding(horizontal = Space.page, vertical = Space.medium),
                verticalArrangement = Arrangement.spacedBy(Design.sizes.gap),
                content = bottom,
            )
        }
    }
}

/** The title: a heading, focused when the screen comes; the way back stands before it. */
@Composable
fun PageTitle(
    title: String,
    onBack: (() -> Unit)? = null,
    takesFocus: Boolean = true,
) {
    val focus = remember { FocusRequester() }
    Column(Modifier.fillMaxWidth()) {
        if (onBack != null) BackButton(onBack)
        Text(
            title,
            Modifier.focusRequester(focus).focusable().semantics { heading() },
            style = Design.sizes.title,
            color = Design.palette.text,
        )
    }
    LaunchedEffect(title) { if (takesFocus) runCatching { focus.requestFocus() } }
}

/** The way back, above a title. */
@Composable
private fun BackButton(onBack: () -> Unit) {
    Row { TextAction(Design.words["common-back"], onBack) }
}

/** A heading within a page. */
@Composable
fun Heading(
    text: String,
    modifier: Modifier = Modifier,
) = Text(text, modifier.semantics { heading() }, style = Design.sizes.title, color = Design.palette.text)

/** A paragraph. */
@Composable
fun Paragraph(
    text: String,
    modifier: Modifier = Modifier,
) = Text(text, modifier, style = Design.sizes.body, color = Design.palette.text)

/** What is said beside the main thing: times, sources. */
@Composable
fun Aside(
    text: String,
    modifier: Modifier = Modifier,
) = Text(text, modifier, style = Design.sizes.small, color = Design.palette.second)

/** A label above its value, one node for a reader that speaks. */
@Composable
fun LabelledValue(
    label: String,
    value: String,
    modifier: Modifier = Modifier,
) = Column(modifier.fillMaxWidth().semantics(mergeDescendants = true) {}) {
    Aside(label)
    Paragraph(value)
}

private val READABLE = 640.dp
