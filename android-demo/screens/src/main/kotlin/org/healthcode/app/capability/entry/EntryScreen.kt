package org.healthcode.app.capability.entry

import androidx.compose.foundation.layout.Box
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import org.healthcode.app.design.Design
import org.healthcode.app.design.ErrorText
import org.healthcode.app.design.Group
import org.healthcode.app.design.Heading
import org.healthcode.app.design.LabelledValue
import org.healthcode.app.design.LinkRow
import org.healthcode.app.design.Page
import org.healthcode.app.design.Paragraph
import org.healthcode.app.design.PrimaryButton
import org.healthcode.app.design.StateCard
import org.healthcode.app.design.Strip
import org.healthcode.app.design.stateName

/** The entry from abroad: declared, waiting, running, done, each with the one thing to do next. */
@Composable
fun EntryScreen(
    state: EntryState,
    act: (EntryAction) -> Unit,
) = Box(Modifier.stateName(state.name)) {
    val words = Design.words
    Page(
        words["entry-title"],
        { act(EntryAction.BACK) },
        bottom =
            state.step?.let { label ->
                {
                    val said = if (state.isSyncing) words["home-syncing"] else label
                    PrimaryButton(said, { act(EntryAction.NEXT) }, isEnabled = !state.isSyncing)
                }
            },
    ) {
        if (state.isOffline) Strip(words["common-offline"], isQuiet = true)
        if (state.look != null && state.colour != null) StateCard(state.look, state.colour, state.colourSpoken, detail = state.meaning)
        Group(Modifier.semantics(mergeDescendants = true) { contentDescription = "${state.spoken} ${state.next}" }) {
            Heading(state.title)
            Paragraph(state.next)
        }
        state.refusal.forEach { ErrorText(it) }
        state.enteredOn?.let { LabelledValue(words["entry-entered-on"], it) }
        state.declarations?.let { LabelledValue(words["entry-declarations"], it) }
        state.earliestGreen?.let { LabelledValue(words["entry-earliest-green"], it) }
        if (state.canAskRegions) LinkRow(words["regions-title"], { act(EntryAction.REGIONS) })
    }
}
