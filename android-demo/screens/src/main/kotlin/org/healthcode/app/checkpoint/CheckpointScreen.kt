package org.healthcode.app.checkpoint

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
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.graphics.StrokeCap
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import org.healthcode.app.design.Corners
import org.healthcode.app.design.Design
import org.healthcode.app.design.Page
import org.healthcode.app.design.Paragraph
import org.healthcode.app.design.PrimaryButton
import org.healthcode.app.design.Space
import org.healthcode.app.design.Text
import org.healthcode.app.design.stateName
import org.healthcode.code
import org.healthcode.core.HealthCodeException
import org.healthcode.core.textOfCode

/**
 * The door's screen in its own frame: what the [camera] sees, and over everything the verdict of a scan.
 *
 * Invariant: while a verdict is shown no camera is: a new scan begins with an empty picture.
 */
@Composable
fun CheckpointScreen(
    state: CheckpointState,
    act: (CheckpointAction) -> Unit,
    camera: @Composable (Modifier) -> Unit,
) = Column(Modifier.fillMaxSize().background(Design.palette.page).stateName(state.name)) {
    Title()
    val verdict = state.verdict
    if (verdict != null) {
        Box(Modifier.weight(1f).padding(start = FRAME, end = FRAME, bottom = FRAME).clip(Corners)) { VerdictScreen(verdict, act) }
    } else {
        Scanning(state, act, camera, Modifier.weight(1f))
    }
}

@Composable
private fun Title() =
    Row(
        Modifier.fillMaxWidth().padding(horizontal = Space.page, vertical = Space.small),
        Arrangement.spacedBy(Space.medium),
        Alignment.CenterVertically,
    ) {
        GateMark(24.dp, Design.palette.text)
        Text(
            Design.words["checkpoint-title"],
            Modifier.semantics { heading() },
            style = Design.sizes.title,
            color = Design.palette.text,
        )
    }

@Composable
private fun Scanning(
    state: CheckpointState,
    act: (CheckpointAction) -> Unit,
    camera: @Composable (Modifier) -> Unit,
    modifier: Modifier,
) = BoxWithConstraints(modifier.fillMaxWidth()) {
    val isWide = maxWidth > maxHeight
    val finderHeight = maxOf(maxHeight * FINDER_SHARE, FINDER_LEAST)
    if (isWide) {
        Row(Modifier.fillMaxSize().padding(horizontal = Space.page), Arrangement.spacedBy(Space.large)) {
            Finder(state, camera, Modifier.weight(1f).fillMaxHeight().padding(bottom = Space.page))
            Column(Modifier.weight(1f).fillMaxHeight().verticalScroll(rememberScrollState()), Arrangement.spacedBy(Space.medium)) {
                Below(state, act)
            }
        }
    } else {
        Column(
            Modifier.fillMaxSize().verticalScroll(rememberScrollState()).padding(horizontal = Space.page),
            Arrangement.spacedBy(Space.medium),
        ) {
            Finder(state, camera, Modifier.fillMaxWidth().height(finderHeight))
            Below(state, act)
        }
    }
}

/** What the camera sees, with the frame into which a code belongs; one sentence says what to do. */
@Composable
private fun Finder(
    state: CheckpointState,
    camera: @Composable (Modifier) -> Unit,
    modifier: Modifier,
) = Box(modifier.clip(Corners).background(Design.palette.card), Alignment.Center) {
    if (!state.isCameraDenied) camera(Modifier.fillMaxSize())
    if (!state.isCameraDenied) Corners4()
    val hint =
        when {
            state.isCameraDenied -> Design.words["checkpoint-camera-denied-title"]
            !state.lists.areThere -> Design.words["checkpoint-lists-none-title"]
            state.isSeveral -> Design.words["checkpoint-several"]
            else -> Design.words["checkpoint-scan-hint"]
        }
    val (fill, ink) = if (state.isSeveral) Design.palette.strip to Design.palette.onStrip else Design.palette.page to Design.palette.text
    Text(
        hint,
        Modifier
            .align(if (state.isCameraDenied) Alignment.Center else Alignment.BottomCenter)
            .padding(Space.medium)
            .clip(Corners)
            .background(fill)
            .padding(horizontal = Space.medium, vertical = Space.small)
            .semantics { liveRegion = LiveRegionMode.Polite },
        style = Design.sizes.body,
        color = ink,
    )
}

/** Four corners of a square. */
@Composable
private fun Corners4() {
    val ink = Design.palette.text
    Canvas(Modifier.fillMaxSize()) {
        val side = minOf(size.width, size.height) * 0.66f
        val (left, top) = (size.width - side) / 2 to (size.height - side) / 2 - size.height * 0.05f
        val arm = side * 0.16f
        val thick = 4.dp.toPx()
        for ((x, toX) in listOf(left to arm, left + side to -arm)) {
            for ((y, toY) in listOf(top to arm, top + side to -arm)) {
                drawLine(ink, Offset(x, y), Offset(x + toX, y), thick, StrokeCap.Round)
                drawLine(ink, Offset(x, y), Offset(x, y + toY), thick, StrokeCap.Round)
            }
        }
    }
}

/** Why there is no door's app: its folder cannot be opened. */
@Composable
internal fun CheckpointFailure(
    problem: HealthCodeException,
    retry: () -> Unit,
) = Page(Design.words["common-problem-title"], bottom = { PrimaryButton(Design.words["common-retry"], retry) }) {
    val code = problem.code
    Paragraph(textOfCode(code, Design.appearance.language) ?: code)
}

private val FRAME = 8.dp
private val FINDER_LEAST = 280.dp
private const val FINDER_SHARE = 0.52f
