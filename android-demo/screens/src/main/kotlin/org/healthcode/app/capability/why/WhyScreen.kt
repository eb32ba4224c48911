package org.healthcode.app.capability.why

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import org.healthcode.app.design.Alarm
import org.healthcode.app.design.Aside
import org.healthcode.app.design.Design
import org.healthcode.app.design.Heading
import org.healthcode.app.design.LabelledValue
import org.healthcode.app.design.LinkRow
import org.healthcode.app.design.Page
import org.healthcode.app.design.Paragraph
import org.healthcode.app.design.PrimaryButton
import org.healthcode.app.design.SecondaryButton
import org.healthcode.app.design.StateCard
import org.healthcode.app.design.StateLook
import org.healthcode.app.design.stateName

/** The colour's reason, since when, until when, by which rule and by whom; never a percentage, never blame. */
@Composable
fun WhyScreen(
    state: WhyState,
    act: (WhyAction) -> Unit,
) = Box(Modifier.stateName(state.name.name.lowercase())) {
    val words = Design.words
    val canAppeal = state.look != StateLook.GREEN || state.name == WhyName.DIFFERS
    Page(
        words["why-title"],
        { act(WhyAction.BACK) },
        bottom = if (canAppeal) ({ Appealing(state, act) }) else null,
    ) {
        StateCard(state.look, state.title, state.spoken, detail = state.meaning)
        if (state.name == WhyName.DIFFERS) Alarm(words["why-differs-title"], words["why-differs-text"])
        LabelledValue(words["why-reason"], state.reason)
        LabelledValue(words["why-what-to-do"], state.instruction)
        LabelledValue(words["why-since"], state.since)
        if (state.steps.isNotEmpty()) {
            Heading(words["why-steps"])
            for (step in state.steps) Paragraph(step)
            state.earliestGreen?.let { Paragraph(it) }
        }
        state.checkIns?.let { CheckInCalendar(it) }
        Heading(words["why-rule"])
        Paragraph(state.rule)
        Aside(state.ruleName)
        if (state.isByOfficers) LabelledValue(words["why-officer-title"], words["why-officer-text"])
        if (state.name != WhyName.DIFFERS) Paragraph(state.comparison)
        LabelledValue(words["why-citizen-id"], state.citizenId)
        Column {
            if (state.hasReports) LinkRow(words["results-see"], { act(WhyAction.RESULTS) })
            LinkRow(words["why-history"], { act(WhyAction.HISTORY) })
            LinkRow(words["why-call"], { act(WhyAction.CALL) })
        }
        state.hint?.let { Paragraph(it) }
    }
}

@Composable
private fun ColumnScope.Appealing(
    state: WhyState,
    act: (WhyAction) -> Unit,
) {
    val (label, onClick) = Design.words["why-dispute"] to { act(WhyAction.APPEAL) }
    if (state.name == WhyName.DIFFERS) PrimaryButton(label, onClick) else SecondaryButton(label, onClick)
}
