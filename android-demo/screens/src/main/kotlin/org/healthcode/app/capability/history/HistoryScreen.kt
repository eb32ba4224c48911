package org.healthcode.app.capability.history

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Row
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import org.healthcode.app.design.Alarm
import org.healthcode.app.design.Aside
import org.healthcode.app.design.Chevron
import org.healthcode.app.design.Design
import org.healthcode.app.design.Group
import org.healthcode.app.design.Heading
import org.healthcode.app.design.LabelledValue
import org.healthcode.app.design.Page
import org.healthcode.app.design.Paragraph
import org.healthcode.app.design.PrimaryButton
import org.healthcode.app.design.Space
import org.healthcode.app.design.StateBadge
import org.healthcode.app.design.stateName

/** The changes, newest first: from shape to shape, why, who, when, and whether the seal still checks. */
@Composable
fun HistoryScreen(
    state: HistoryState,
    act: (HistoryAction) -> Unit,
) = Box(Modifier.stateName(state.name.name.lowercase())) {
    val words = Design.words
    val isBroken = state.name == HistoryName.BROKEN
    Page(
        words["history-title"],
        { act(HistoryAction.BACK) },
        bottom = if (isBroken) ({ PrimaryButton(words["history-call"], { act(HistoryAction.CALL) }) }) else null,
    ) {
        if (isBroken) Alarm(words["history-broken-title"], words["history-broken-text"])
        state.hint?.let { Paragraph(it) }
        val lead = if (state.name == HistoryName.EMPTY) words["history-empty"] else words["history-lead"]
        Paragraph(state.failure ?: lead)
        for (change in state.changes) Change(change)
    }
}

@Composable
private fun Change(change: SeenChange) =
    Group {
        Row(horizontalArrangement = Arrangement.spacedBy(Space.small), verticalAlignment = Alignment.CenterVertically) {
            if (change.from != null) {
                StateBadge(change.from, 28.dp)
                Chevron()
            }
            StateBadge(change.to, 28.dp)
        }
        Heading(change.title)
        Aside(change.changedAt)
        LabelledValue(Design.words["history-reason"], change.reason)
        Aside(change.decidedBy)
        val ink = if (change.isSealBroken) Design.palette.error else Design.palette.second
        Text(change.seal, style = Design.sizes.small, color = ink)
        change.receipt?.let { Aside(it) }
    }
