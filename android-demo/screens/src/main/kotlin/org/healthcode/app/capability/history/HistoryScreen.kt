package org.healthcode.app.capability.history

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.unit.dp
import org.healthcode.app.design.Alarm
import org.healthcode.app.design.Aside
import org.healthcode.app.design.Chevron
import org.healthcode.app.design.Design
import org.healthcode.app.design.ErrorText
import org.healthcode.app.design.Group
import org.healthcode.app.design.Heading
import org.healthcode.app.design.KeyDigitsText
import org.healthcode.app.design.LabelledValue
import org.healthcode.app.design.LinkRow
import org.healthcode.app.design.Page
import org.healthcode.app.design.Paragraph
import org.healthcode.app.design.PrimaryButton
import org.healthcode.app.design.SecondaryButton
import org.healthcode.app.design.Space
import org.healthcode.app.design.StateBadge
import org.healthcode.app.design.Text
import org.healthcode.app.design.stateName

/** What does not fit, above all; then the changes, newest first: from shape to shape, why, who, when, and whether each holds. */
@Composable
fun HistoryScreen(
    state: HistoryState,
    act: (HistoryAction) -> Unit,
) = Box(Modifier.stateName(state.name.name.lowercase())) {
    val words = Design.words
    Page(words["history-title"], { act(HistoryAction.BACK) }, bottom = bottomOf(state, act)) {
        state.hint?.let { Paragraph(it) }
        if (state.alarms.isNotEmpty()) Alarms(state.alarms)
        Paragraph(state.lead)
        for (change in state.changes) Change(change)
        if (state.pastAlarms.isNotEmpty()) PastAlarms(state.pastAlarms)
        Column {
            if (state.canAppeal) LinkRow(words["why-dispute"], { act(HistoryAction.APPEAL) })
            if (state.name == HistoryName.ALARMS_READ) LinkRow(words["history-call"], { act(HistoryAction.CALL) })
        }
    }
}

/** What is always in reach: reading an alarm and calling about it; or connecting where something is still to come. */
@Composable
private fun bottomOf(
    state: HistoryState,
    act: (HistoryAction) -> Unit,
): (@Composable ColumnScope.() -> Unit)? {
    val words = Design.words
    return when (state.name) {
        HistoryName.ALARM -> (
            {
                PrimaryButton(words["history-call"], { act(HistoryAction.CALL) })
                SecondaryButton(words["history-alarm-read"], { act(HistoryAction.READ) })
            }
        )
        HistoryName.INCOMPLETE -> ({ PrimaryButton(words["home-sync"], { act(HistoryAction.CONNECT) }) })
        else -> null
    }
}

@Composable
private fun Alarms(alarms: List<ChainAlarm>) =
    Column(verticalArrangement = Arrangement.spacedBy(Space.medium)) {
        for (alarm in alarms) {
            Alarm(alarm.text, alarm.nextStep, Modifier.testTag("alarm"))
            Aside(alarm.noticed)
        }
    }

@Composable
private fun PastAlarms(alarms: List<ChainAlarm>) {
    Heading(Design.words["history-alarms-past"])
    for (alarm in alarms) {
        Group {
            Paragraph(alarm.text)
            Aside(alarm.noticed)
        }
    }
}

@Composable
private fun Change(change: EnteredChange) =
    Group {
        if (change.to != null) {
            Row(horizontalArrangement = Arrangement.spacedBy(Space.small), verticalAlignment = Alignment.CenterVertically) {
                if (change.from != null) {
                    StateBadge(change.from, 28.dp)
                    Chevron()
                }
                StateBadge(change.to, 28.dp)
            }
        }
        Heading(change.title)
        Aside(change.changedAt)
        LabelledValue(Design.words["history-reason"], change.reason)
        change.decidedBy?.let { Aside(it) }
        val ink = if (change.isBroken) Design.palette.error else Design.palette.second
        Text(change.seal, style = Design.sizes.small, color = ink)
        for (fault in change.faults) ErrorText(fault)
        change.entry?.let { KeyDigitsText(it, Modifier.testTag("entry")) }
    }
