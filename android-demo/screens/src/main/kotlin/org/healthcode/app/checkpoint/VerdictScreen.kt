package org.healthcode.app.checkpoint

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.defaultMinSize
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.Button
import androidx.compose.material3.ButtonDefaults
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.isTraversalGroup
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.semantics.traversalIndex
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.text.style.TextDirection
import androidx.compose.ui.unit.dp
import org.healthcode.app.design.Corners
import org.healthcode.app.design.Design
import org.healthcode.app.design.Space
import org.healthcode.app.design.Text

/**
 * The verdict, over the whole screen: colour, shape and a word as wide as the screen, spoken at once; whom to compare, one
 * reason, what helps on, how old the lists are.
 *
 * Invariant: the word comes before the name, for the eye and for the ear.
 */
@Composable
internal fun VerdictScreen(
    verdict: VerdictState,
    act: (CheckpointAction) -> Unit,
) {
    val look = verdict.look
    BoxWithConstraints(Modifier.fillMaxSize().background(look.fill)) {
        val isWide = maxWidth > maxHeight
        // The shape gives way to large texts: it is still as tall as a line of them.
        val share = (if (isWide) 0.36f else 0.28f) / LocalDensity.current.fontScale.coerceIn(1f, 1.6f)
        val markSide = minOf(maxWidth, maxHeight) * share
        if (isWide) {
            Row(Modifier.fillMaxSize().padding(Space.page), Arrangement.spacedBy(Space.large)) {
                Column(
                    Modifier.weight(1f).fillMaxHeight(),
                    Arrangement.spacedBy(Space.medium, Alignment.CenterVertically),
                    Alignment.CenterHorizontally,
                ) {
                    VerdictMark(verdict.level, markSide, look = verdict.look)
                    Word(verdict, Modifier.fillMaxWidth())
                }
                Column(Modifier.weight(1f).fillMaxHeight()) {
                    Told(verdict, Modifier.weight(1f))
                    NextButton(look.onFill, look.fill, act)
                }
            }
        } else {
            Column(Modifier.fillMaxSize().padding(Space.page), horizontalAlignment = Alignment.CenterHorizontally) {
                Told(verdict, Modifier.weight(1f).widthIn(max = READABLE)) {
                    VerdictMark(verdict.level, markSide, Modifier.align(Alignment.CenterHorizontally), verdict.look)
                    Word(verdict, Modifier.fillMaxWidth())
                }
                NextButton(look.onFill, look.fill, act, Modifier.widthIn(max = READABLE))
            }
        }
    }
}

@Composable
private fun Word(
    verdict: VerdictState,
    modifier: Modifier,
) {
    val spoken = listOfNotNull(verdict.word, verdict.act ?: verdict.reason).joinToString(" ")
    WideWord(
        verdict.word,
        verdict.look.onFill,
        modifier.semantics {
            contentDescription = spoken
            liveRegion = LiveRegionMode.Assertive
            traversalIndex = -1f
            heading()
        },
    )
}

/** What stands below the word; it scrolls where it is long. */
@Composable
private fun Told(
    verdict: VerdictState,
    modifier: Modifier,
    before: @Composable ColumnScope.() -> Unit = {},
) {
    val ink = verdict.look.onFill
    val sizes = Design.sizes
    Column(
        modifier.fillMaxWidth().verticalScroll(rememberScrollState()).semantics { isTraversalGroup = true },
        Arrangement.spacedBy(Space.medium),
    ) {
        before()
        if (verdict.person != null) Person(verdict.person, ink)
        Line(verdict.reason, ink, if (verdict.person == null && verdict.act == null) sizes.title else sizes.body)
        if (verdict.act != null) Line(verdict.act, ink, sizes.title.copy(fontWeight = FontWeight.Bold))
        if (verdict.colour != null) Line(verdict.colour, ink, sizes.body)
        verdict.region?.let { Fact(Design.words["checkpoint-region"], it, ink) }
        verdict.assurance?.let { Fact(Design.words["checkpoint-assurance"], it, ink) }
        if (verdict.age != null) Line(verdict.age, ink, sizes.small)
    }
}

@Composable
private fun Person(
    person: PersonState,
    ink: Color,
) = Column(
    Modifier.fillMaxWidth().border(2.dp, ink, Corners).padding(Space.medium),
    Arrangement.spacedBy(Space.small),
) {
    Line(person.text, ink, Design.sizes.small)
    if (person.name == null && person.documentTail == null) return@Column
    Row(Modifier.fillMaxWidth(), Arrangement.spacedBy(Space.page)) {
        // As in the document, whichever way the guard reads.
        val large = Design.sizes.colourWord.copy(textDirection = TextDirection.ContentOrLtr)
        person.name?.let { Fact(Design.words["checkpoint-name"], it, ink, Modifier.weight(1f), large) }
        person.documentTail?.let { Fact(Design.words["checkpoint-document"], it, ink, Modifier.weight(1f), large) }
    }
}

/** A label above its value, one node for a reader that speaks. */
@Composable
private fun Fact(
    label: String,
    value: String,
    ink: Color,
    modifier: Modifier = Modifier,
    style: TextStyle = Design.sizes.body,
) = Column(modifier.semantics(mergeDescendants = true) {}) {
    Line(label, ink, Design.sizes.small)
    Line(value, ink, style)
}

@Composable
private fun Line(
    text: String,
    ink: Color,
    style: TextStyle,
) = Text(text, style = style, color = ink)

@Composable
private fun NextButton(
    fill: Color,
    ink: Color,
    act: (CheckpointAction) -> Unit,
    modifier: Modifier = Modifier,
) = Button(
    { act(CheckpointAction.Next) },
    modifier.fillMaxWidth().padding(top = Space.medium).defaultMinSize(minHeight = NEXT_HEIGHT),
    shape = Corners,
    colors = ButtonDefaults.buttonColors(fill, ink),
) { Text(Design.words["checkpoint-next"], style = Design.sizes.title, textAlign = TextAlign.Center) }

private val READABLE = 640.dp

/** It is pressed without looking. */
private val NEXT_HEIGHT = 64.dp
