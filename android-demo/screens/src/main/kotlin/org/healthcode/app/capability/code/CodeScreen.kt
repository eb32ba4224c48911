package org.healthcode.app.capability.code

import androidx.compose.foundation.Canvas
import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.drawscope.Stroke
import androidx.compose.ui.unit.dp
import org.healthcode.app.design.Aside
import org.healthcode.app.design.Design
import org.healthcode.app.design.PageTitle
import org.healthcode.app.design.Paragraph
import org.healthcode.app.design.PrimaryButton
import org.healthcode.app.design.QrPlate
import org.healthcode.app.design.SecondaryButton
import org.healthcode.app.design.Space
import org.healthcode.app.design.StateCard

/**
 * The code to be scanned. The QR is laid out first and is whole at every size of text; the rest scrolls beside or below it.
 *
 * Invariant: nothing here moves but the countdown's steps, and nothing can be taken for a verdict.
 */
@Composable
fun CodeScreen(
    state: CodeState,
    act: (CodeAction) -> Unit,
) {
    BoxWithConstraints(Modifier.fillMaxSize().background(Design.palette.page)) {
        val isWide = maxWidth > maxHeight
        if (isWide) {
            Row(Modifier.fillMaxSize()) {
                Plate(state, act, Modifier.fillMaxHeight().weight(1f))
                Details(state, act, Modifier.fillMaxHeight().weight(1f))
            }
        } else {
            val side = minOf(maxWidth, maxHeight * 0.7f)
            Column(Modifier.fillMaxSize()) {
                Plate(state, act, Modifier.fillMaxWidth().size(side))
                Details(state, act, Modifier.fillMaxWidth().weight(1f))
            }
        }
    }
}

@Composable
private fun Plate(
    state: CodeState,
    act: (CodeAction) -> Unit,
    modifier: Modifier,
) {
    if (state.code != null) {
        val label = Design.words.format("code-image", "name" to state.person, "colour" to state.title)
        QrPlate(state.code, label, modifier.padding(Space.page))
    } else {
        Column(modifier.padding(Space.page), Arrangement.spacedBy(Space.medium, Alignment.CenterVertically)) {
            Paragraph(state.absence.orEmpty())
            PrimaryButton(Design.words["code-connect"], { act(CodeAction.GET_CODE) })
        }
    }
}

@Composable
private fun Details(
    state: CodeState,
    act: (CodeAction) -> Unit,
    modifier: Modifier,
) {
    Column(
        modifier.verticalScroll(rememberScrollState()).padding(horizontal = Space.page, vertical = Space.small),
        Arrangement.spacedBy(Space.medium),
    ) {
        PageTitle(state.person)
        StateCard(state.look, state.title, state.title)
        Row(Modifier.fillMaxWidth(), Arrangement.spacedBy(Space.small), Alignment.CenterVertically) {
            if (state.code != null) Countdown(state.elapsedFifths)
            if (state.asOf != null) Aside(state.asOf)
        }
        SecondaryButton(Design.words["code-why"], { act(CodeAction.WHY) })
        SecondaryButton(Design.words["common-back"], { act(CodeAction.BACK) })
    }
}

/** A ring that empties in five steps; silent. */
@Composable
private fun Countdown(elapsedFifths: Int) {
    val (ink, rest) = Design.palette.second to Design.palette.border.copy(alpha = 0.3f)
    Canvas(Modifier.size(20.dp)) {
        val stroke = Stroke(3.dp.toPx())
        val left = 360f * (5 - elapsedFifths.coerceIn(0, 5)) / 5
        drawCircle(rest, size.minDimension / 2 - stroke.width / 2, style = stroke)
        drawArc(ink, -90f, left, false, style = stroke)
    }
}
