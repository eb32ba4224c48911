package org.healthcode.app.capability.code

import androidx.compose.foundation.Canvas
import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.width
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.drawscope.Stroke
import androidx.compose.ui.unit.dp
import org.healthcode.app.design.Aside
import org.healthcode.app.design.Design
import org.healthcode.app.design.Page
import org.healthcode.app.design.PageTitle
import org.healthcode.app.design.Paragraph
import org.healthcode.app.design.PrimaryButton
import org.healthcode.app.design.QrPlate
import org.healthcode.app.design.SecondaryButton
import org.healthcode.app.design.Space
import org.healthcode.app.design.StateCard
import org.healthcode.app.design.stateName

/**
 * The code to be scanned; of several people one after the other. The QR is laid out first and is whole at every size of text; the
 * rest scrolls below it or, on its side, after it.
 *
 * Invariant: nothing here moves by itself but the countdown's steps, and nothing can be taken for a verdict.
 */
@Composable
fun CodeScreen(
    state: CodeState,
    act: (CodeAction) -> Unit,
) {
    if (state.code == null && state.tabs.isEmpty()) {
        Without(state, act)
        return
    }
    BoxWithConstraints(Modifier.fillMaxSize().background(Design.palette.page).stateName(state.name.name.lowercase())) {
        if (maxWidth > maxHeight) {
            // As wide as it is high: the rest has all that is left.
            val side = minOf(maxHeight, maxWidth * 0.6f)
            Row(Modifier.fillMaxSize()) {
                Plate(state, act, Modifier.width(side).fillMaxHeight())
                Column(Modifier.fillMaxHeight().weight(1f)) {
                    CodeTabs(state, act)
                    Details(state, act, Modifier.weight(1f).padding(top = Space.page))
                }
            }
        } else {
            Column(Modifier.fillMaxSize()) {
                CodeTabs(state, act)
                BoxWithConstraints(Modifier.fillMaxWidth().weight(1f)) {
                    val side = minOf(maxWidth, maxHeight * 0.75f)
                    Column(Modifier.fillMaxSize()) {
                        if (state.code != null) Plate(state, act, Modifier.fillMaxWidth().height(side))
                        Details(state, act, Modifier.fillMaxWidth().weight(1f).padding(top = if (state.code == null) Space.page else 0.dp))
                    }
                }
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
    // White all around it in the dark too: the quiet zone is part of it.
    val inside = Modifier.padding(Space.medium)
    when {
        state.tabs.isNotEmpty() -> CodePager(state, act, modifier, inside)
        state.code != null ->
            QrPlate(
                state.code,
                Design.words.format("code-image", "name" to state.person, "colour" to state.title),
                modifier.then(inside),
            )
    }
}

@Composable
private fun Details(
    state: CodeState,
    act: (CodeAction) -> Unit,
    modifier: Modifier,
) {
    val words = Design.words
    val isOwner = state.shown == 0
    Column(
        modifier.verticalScroll(rememberScrollState()).padding(horizontal = Space.page).padding(bottom = Space.page),
        Arrangement.spacedBy(Space.medium),
    ) {
        Row(Modifier.fillMaxWidth(), Arrangement.spacedBy(Space.medium), Alignment.CenterVertically) {
            Column(Modifier.weight(1f)) {
                PageTitle(state.person)
                if (state.code != null) Aside(words["code-scan-hint"])
            }
            if (state.code != null) Countdown(state.elapsedFifths)
        }
        StateCard(state.look, state.title, state.spoken, detail = state.meaning)
        state.absence?.let { Paragraph(it) }
        state.notes.forEach { Aside(it) }
        state.asOf?.let { Aside(it) }
        state.hint?.let { Paragraph(it) }
        if (state.code == null && state.next != null) PrimaryButton(state.next, { act(CodeAction.Next) })
        if (state.code != null) SecondaryButton(words[if (isOwner) "code-why" else "code-person"], { act(CodeAction.Why) })
        SecondaryButton(words["common-back"], { act(CodeAction.Back) })
        // Last: true, and nothing to do about it. Whoever has it simple is told what matters at the door.
        if (!Design.sizes.isElder) state.shownBefore?.let { Aside(it) }
    }
}

/** Why there is no code, and what brings one. */
@Composable
private fun Without(
    state: CodeState,
    act: (CodeAction) -> Unit,
) = Box(Modifier.stateName(state.name.name.lowercase())) {
    Page(
        Design.words["code-title"],
        { act(CodeAction.Back) },
        bottom =
            state.next?.let { label ->
                {
                    val said = if (state.isSyncing) Design.words["home-syncing"] else label
                    PrimaryButton(said, { act(CodeAction.Next) }, isEnabled = !state.isSyncing)
                }
            },
    ) {
        StateCard(state.look, state.title, state.spoken, detail = state.meaning)
        state.absence?.let { Paragraph(it) }
        state.asOf?.let { Aside(it) }
        state.hint?.let { Paragraph(it) }
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
