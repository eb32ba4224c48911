package org.healthcode.app.capability.itinerary

import androidx.compose.foundation.focusable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.runtime.Composable
import androidx.compose.runtime.key
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.focus.FocusRequester
import androidx.compose.ui.focus.focusRequester
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.text.input.KeyboardType
import org.healthcode.app.capability.form.DateBoxes
import org.healthcode.app.design.Aside
import org.healthcode.app.design.ChoiceRow
import org.healthcode.app.design.Design
import org.healthcode.app.design.ErrorText
import org.healthcode.app.design.Heading
import org.healthcode.app.design.LinkRow
import org.healthcode.app.design.Mending
import org.healthcode.app.design.Page
import org.healthcode.app.design.Paragraph
import org.healthcode.app.design.PrimaryButton
import org.healthcode.app.design.ProblemSummary
import org.healthcode.app.design.SecondaryButton
import org.healthcode.app.design.TextEntry
import org.healthcode.app.design.stateName

/**
 * An itinerary: its legs, and a page for each.
 *
 * Invariant: only what is typed here is sent, and only once it was seen in the list.
 */
@Composable
fun ItineraryScreen(
    state: ItineraryState,
    act: (ItineraryAction) -> Unit,
) = Box(Modifier.stateName(state.name)) {
    key(state.page) {
        when (state.page) {
            ItineraryPage.LIST -> Legs(state, act)
            ItineraryPage.LEG -> Leg(state, act)
            ItineraryPage.QUEUED -> Queued(act)
        }
    }
}

@Composable
private fun Legs(
    state: ItineraryState,
    act: (ItineraryAction) -> Unit,
) {
    val words = Design.words
    Page(
        words["itinerary-title"],
        onBack = { act(ItineraryAction.Back) },
        bottom = {
            if (state.legs.isEmpty()) {
                PrimaryButton(words["itinerary-add"], { act(ItineraryAction.Add) })
            } else {
                PrimaryButton(words["itinerary-send"], { act(ItineraryAction.Send) })
                SecondaryButton(words["itinerary-add"], { act(ItineraryAction.Add) })
            }
        },
        above = { Problems(state, emptyMap()) },
        focusesTitle = state.problems.isEmpty(),
    ) {
        Paragraph(words["itinerary-lead"])
        if (state.legs.isEmpty()) Paragraph(words["itinerary-empty"]) else Aside(words["itinerary-check"])
        state.legs.forEachIndexed { place, leg ->
            LinkRow(leg.title, { act(ItineraryAction.Edit(place)) }, detail = leg.text)
        }
    }
}

@Composable
private fun ColumnScope.Problems(
    state: ItineraryState,
    boxes: Map<String, FocusRequester>,
) {
    if (state.problems.isEmpty()) return
    val mendings = state.problems.map { problem -> Mending(problem.text) { boxes[problem.member]?.requestFocus() } }
    ProblemSummary(Design.words["common-problem-title"], mendings, state.attempt)
}

@Composable
private fun Leg(
    state: ItineraryState,
    act: (ItineraryAction) -> Unit,
) {
    val words = Design.words
    val leg = state.leg
    val boxes = remember { MEMBERS.associateWith { FocusRequester() } }
    val entry = { member: String -> Modifier.focusRequester(boxes.getValue(member)).testTag(member) }
    val error = { member: String -> state.problems.find { it.member == member }?.text }
    val type = { typed: TypedLeg -> act(ItineraryAction.Type(typed)) }
    Page(
        words.format("itinerary-leg-number", "number" to state.place + 1),
        onBack = { act(ItineraryAction.Back) },
        bottom = {
            PrimaryButton(words["common-done"], { act(ItineraryAction.Keep) })
            if (state.place < state.legs.size) {
                SecondaryButton(words["itinerary-remove"], { act(ItineraryAction.Remove) }, isDestructive = true)
            }
        },
        above = { Problems(state, boxes) },
        focusesTitle = state.problems.isEmpty(),
    ) {
        Part(words["itinerary-place"], error("division"))
        Aside(words["form-division-hint"])
        TextEntry(
            leg.division,
            { type(leg.copy(division = it)) },
            words["itinerary-place"],
            entry("division"),
            error("division"),
            KeyboardOptions(keyboardType = KeyboardType.Number),
        )
        Part(words["itinerary-from"], error("from"))
        DateBoxes(words["itinerary-from"], leg.from, error("from"), boxes.getValue("from"), "from") {
            type(leg.copy(from = it))
        }
        Part(words["itinerary-until"], error("until"))
        DateBoxes(words["itinerary-until"], leg.until, error("until"), boxes.getValue("until"), "until") {
            type(leg.copy(until = it))
        }
        Part(words["itinerary-transport"], error("transport"))
        Column(
            entry("transport").focusable().fillMaxWidth().selectableGroup(),
            Arrangement.spacedBy(Design.sizes.gap),
        ) {
            for (transport in state.transports) {
                val choose = { type(leg.copy(transport = transport.id)) }
                ChoiceRow(transport.label, leg.transport == transport.id, true, choose)
            }
        }
        Part(words["itinerary-number"], error("number"))
        Aside(words["itinerary-number-hint"])
        TextEntry(
            leg.number,
            { type(leg.copy(number = it)) },
            words["itinerary-number"],
            entry("number"),
            error("number"),
            KeyboardOptions(keyboardType = KeyboardType.Ascii),
        )
    }
}

@Composable
private fun Part(
    label: String,
    error: String?,
) {
    Heading(label)
    if (error != null) ErrorText(error)
}

@Composable
private fun Queued(act: (ItineraryAction) -> Unit) {
    val words = Design.words
    Page(
        words["itinerary-queued-title"],
        onBack = { act(ItineraryAction.Back) },
        above = { Aside(words["itinerary-title"]) },
        bottom = { PrimaryButton(words["itinerary-add"], { act(ItineraryAction.Add) }) },
    ) { Paragraph(words["itinerary-queued-text"]) }
}

/** The members of a leg that can be wrong. */
private val MEMBERS = listOf("division", "from", "until", "transport", "number")
