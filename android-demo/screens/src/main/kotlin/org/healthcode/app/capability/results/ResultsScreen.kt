package org.healthcode.app.capability.results

import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.defaultMinSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.runtime.Composable
import androidx.compose.runtime.key
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import org.healthcode.app.design.Aside
import org.healthcode.app.design.Chevron
import org.healthcode.app.design.Corners
import org.healthcode.app.design.Design
import org.healthcode.app.design.Group
import org.healthcode.app.design.Heading
import org.healthcode.app.design.LabelledValue
import org.healthcode.app.design.LinkRow
import org.healthcode.app.design.Page
import org.healthcode.app.design.Paragraph
import org.healthcode.app.design.PrimaryButton
import org.healthcode.app.design.SecondaryButton
import org.healthcode.app.design.Space
import org.healthcode.app.design.StatusCard
import org.healthcode.app.design.StatusSign
import org.healthcode.app.design.Strip
import org.healthcode.app.design.Tag
import org.healthcode.app.design.Text
import org.healthcode.app.design.stateName

/**
 * Tests and vaccinations: what counts now and for how long, what is past; and one of them.
 *
 * Invariant: a result has no colour of a code, and no mark that could be taken for a pass.
 */
@Composable
fun ResultsScreen(
    state: ResultsState,
    act: (ResultsAction) -> Unit,
) = Box(Modifier.stateName(state.name.name.lowercase())) {
    val one = state.one
    key(one?.id) { if (one == null) ListPage(state, act) else OnePage(one, state, act) }
}

@Composable
private fun ListPage(
    state: ResultsState,
    act: (ResultsAction) -> Unit,
) {
    val words = Design.words
    Page(words["results-title"], { act(ResultsAction.Back) }) {
        Strips(state)
        Paragraph(state.lead)
        for (result in state.current) ResultCard(result, act)
        if (state.past.isNotEmpty()) Heading(words["results-past"])
        for (result in state.past) ResultCard(result, act)
        state.hint?.let { Paragraph(it) }
        Column { LinkRow(words["dcc-title"], { act(ResultsAction.Certificates) }) }
    }
}

@Composable
private fun Strips(state: ResultsState) {
    state.unverified?.let { Strip(it) }
    state.clock?.let { Strip(it) }
}

/** What came of it is the largest of its words; it is heard as one. */
@Composable
private fun ResultCard(
    result: ResultShown,
    act: (ResultsAction) -> Unit,
) {
    val words = Design.words
    val heard =
        if (result.isNew) {
            words.format(
                "common-spoken",
                "label" to words["results-new"],
                "value" to result.spoken,
            )
        } else {
            result.spoken
        }
    Row(
        Modifier
            .fillMaxWidth()
            .clip(Corners)
            .background(Design.palette.card)
            .clickable(role = Role.Button) { act(ResultsAction.Open(result.id)) }
            .semantics { contentDescription = heard }
            .defaultMinSize(minHeight = Design.sizes.touch)
            .padding(Space.page),
        Arrangement.spacedBy(Space.medium),
        Alignment.CenterVertically,
    ) {
        StatusSign(result.mark, if (Design.sizes.isElder) 40.dp else 28.dp)
        Column(Modifier.weight(1f), Arrangement.spacedBy(Space.tiny)) {
            if (result.isNew) Tag(words["results-new"], Design.palette.action, Design.palette.onAction)
            Aside(result.title)
            Text(result.outcome, style = Design.sizes.title, color = Design.palette.text)
            if (result.isOver) Paragraph(words["results-over"]) else result.countdown?.let { Paragraph(it) }
            if (result.sampled.isNotEmpty()) Aside(result.sampled)
        }
        Chevron()
    }
}

/** Past by time alone: what was withdrawn says so itself. */
private val ResultShown.isOver: Boolean get() = name == ResultsName.PAST

@Composable
private fun OnePage(
    result: ResultShown,
    state: ResultsState,
    act: (ResultsAction) -> Unit,
) {
    val words = Design.words
    Page(result.title, { act(ResultsAction.Back) }, bottom = stepOf(result, state, act)) {
        state.clock?.let { Strip(it) }
        val standing = if (result.isOver) words["results-over"] else result.countdown.orEmpty()
        StatusCard(result.mark, result.outcome, standing, result.spoken)
        if (result.stepText.isNotEmpty()) Paragraph(result.stepText)
        if (result.place.isNotEmpty()) {
            Group {
                LabelledValue(words["results-place"], result.place)
                if (result.product.isNotEmpty()) LabelledValue(words["results-product"], result.product)
                Paragraph(result.sampled)
                Paragraph(result.reported)
                result.fact?.let { Aside(it) }
            }
        }
        if (result.earlier.isNotEmpty()) {
            Heading(words["results-earlier"])
            for (before in result.earlier) Paragraph(before)
        }
        if (result.name != ResultsName.UNKNOWN) {
            Group {
                Heading(words["results-proof"])
                Paragraph(words["results-proof-text"])
                SecondaryButton(words["results-proof-save"], { act(ResultsAction.SaveProof(result.id)) })
            }
        }
        state.hint?.let { Paragraph(it) }
    }
}

@Composable
private fun stepOf(
    result: ResultShown,
    state: ResultsState,
    act: (ResultsAction) -> Unit,
): (@Composable ColumnScope.() -> Unit)? {
    val words = Design.words
    val label =
        when (result.step) {
            ResultsStep.NONE -> return null
            ResultsStep.CONNECT -> words[if (state.isSyncing) "home-syncing" else "code-connect"]
            ResultsStep.TEST_AGAIN -> words["results-find-test"]
            ResultsStep.SEE_COLOUR -> words["appeal-see-colour"]
            ResultsStep.CALL -> words["why-call"]
            ResultsStep.UPDATE -> words["opening-update"]
        }
    val isEnabled = result.step != ResultsStep.CONNECT || !state.isSyncing
    return { PrimaryButton(label, { act(ResultsAction.Take(result.step)) }, isEnabled = isEnabled) }
}
