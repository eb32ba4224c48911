package org.healthcode.app.capability.family

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.defaultMinSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.text.selection.SelectionContainer
import androidx.compose.material3.HorizontalDivider
import androidx.compose.runtime.Composable
import androidx.compose.runtime.key
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import org.healthcode.app.design.Alarm
import org.healthcode.app.design.Aside
import org.healthcode.app.design.Chevron
import org.healthcode.app.design.ChoiceRow
import org.healthcode.app.design.Design
import org.healthcode.app.design.ErrorText
import org.healthcode.app.design.Group
import org.healthcode.app.design.LabelledValue
import org.healthcode.app.design.LinkRow
import org.healthcode.app.design.Page
import org.healthcode.app.design.Paragraph
import org.healthcode.app.design.PrimaryButton
import org.healthcode.app.design.SecondaryButton
import org.healthcode.app.design.Space
import org.healthcode.app.design.StateBadge
import org.healthcode.app.design.Strip
import org.healthcode.app.design.stateName

/**
 * Who is looked after on this phone: all of them, a page for each, and the codes that care is agreed to by.
 *
 * Invariant: nobody is left, and no care ended, before it was said what is lost.
 */
@Composable
fun FamilyScreen(
    state: FamilyState,
    act: (FamilyAction) -> Unit,
) = Box(Modifier.stateName(state.name)) {
    key(state.page) {
        when (state.page) {
            FamilyPage.LIST -> People(state, act)
            FamilyPage.ADD -> Adding(state, act)
            FamilyPage.PERSON -> if (state.person != null) PersonPage(state, state.person, act)
            FamilyPage.LEAVE -> if (state.person != null) Leaving(state, state.person, act)
            FamilyPage.SHOW_CODE -> CareCodePage(state, act)
            FamilyPage.DECLARE -> Choosing(state, act)
            FamilyPage.CARERS -> Carers(state, act)
        }
    }
}

@Composable
private fun People(
    state: FamilyState,
    act: (FamilyAction) -> Unit,
) {
    val words = Design.words
    val withCode = state.people.any { it.canShowCode }
    val canAdd = state.isRegistered && !state.isFull
    Page(
        words["family-title"],
        { act(FamilyAction.Back) },
        bottom = {
            val add = { act(FamilyAction.Show(FamilyPage.ADD)) }
            if (withCode) PrimaryButton(words["family-show-codes"], { act(FamilyAction.ShowHealthCode) })
            when {
                !canAdd -> Unit
                withCode -> SecondaryButton(words["family-add"], add)
                else -> PrimaryButton(words["family-add"], add)
            }
        },
    ) {
        if (state.isOffline) Strip(words["common-offline"], isQuiet = true)
        if (state.problem != null) ErrorText(state.problem)
        Paragraph(state.lead)
        if (!state.isRegistered) Paragraph(words["family-register-first"])
        Column { for (person in state.people) PersonRow(person) { act(FamilyAction.OpenPerson(person.id)) } }
        if (state.isFull) Strip(words["family-full"], isQuiet = true)
        if (state.isRegistered) {
            Column {
                if (state.people.any { it.stage == PersonStage.IN_CARE }) {
                    LinkRow(words["family-declare"], { act(FamilyAction.Show(FamilyPage.DECLARE)) })
                }
                LinkRow(words["family-carers"], { act(FamilyAction.Show(FamilyPage.CARERS)) })
            }
        }
    }
}

/** Shape, name, colour, and what is to be done; heard as one. */
@Composable
private fun PersonRow(
    person: Person,
    open: () -> Unit,
) {
    Row(
        Modifier
            .fillMaxWidth()
            .clickable(role = Role.Button, onClick = open)
            .semantics(mergeDescendants = true) { contentDescription = person.spoken }
            .defaultMinSize(minHeight = Design.sizes.touch)
            .padding(vertical = Space.medium),
        Arrangement.spacedBy(Space.medium),
        Alignment.CenterVertically,
    ) {
        StateBadge(person.look, if (Design.sizes.isElder) 36.dp else 28.dp)
        Column(Modifier.weight(1f)) {
            Paragraph(person.name)
            Aside(person.colour ?: person.standing)
            if (person.next.isNotEmpty()) Aside(person.next)
        }
        Chevron()
    }
    HorizontalDivider(color = Design.palette.border.copy(alpha = 0.3f))
}

@Composable
private fun Adding(
    state: FamilyState,
    act: (FamilyAction) -> Unit,
) {
    val words = Design.words
    Page(
        words["family-add-title"],
        { act(FamilyAction.Back) },
        bottom = { PrimaryButton(words["form-continue"], { act(FamilyAction.FillIn) }) },
    ) {
        Paragraph(words["family-add-lead"])
        Group { LabelledValue(words["family-add-code"], words["family-add-code-text"]) }
        Group { LabelledValue(words["family-add-new"], words["family-add-new-text"]) }
        Group {
            LabelledValue(words["family-add-desk"], words["family-add-desk-text"])
            DeviceId(state.deviceId)
        }
    }
}

/** What the desk asks for. */
@Composable
internal fun DeviceId(id: String?) {
    val words = Design.words
    SelectionContainer { LabelledValue(words["settings-device-id"], id ?: words["settings-device-id-none"]) }
}

@Composable
private fun Leaving(
    state: FamilyState,
    person: Person,
    act: (FamilyAction) -> Unit,
) {
    val words = Design.words
    Page(
        words.format("family-leave-title", "name" to person.name),
        { act(FamilyAction.Back) },
        bottom = {
            PrimaryButton(words["common-cancel"], { act(FamilyAction.Back) })
            SecondaryButton(words["family-leave-confirm"], { act(FamilyAction.Leave) }, isDestructive = true)
        },
    ) {
        if (state.problem != null) ErrorText(state.problem)
        Group {
            Paragraph(words["family-leave-code"])
            Paragraph(words["family-leave-last"])
        }
        Aside(words["family-leave-order"])
    }
}

@Composable
private fun Choosing(
    state: FamilyState,
    act: (FamilyAction) -> Unit,
) {
    val words = Design.words
    Page(
        words["family-declare"],
        { act(FamilyAction.Back) },
        bottom = { PrimaryButton(words["form-continue"], { act(FamilyAction.DeclareForChosen) }) },
    ) {
        Paragraph(words["family-declare-lead"])
        if (state.problem != null) ErrorText(state.problem)
        Column(Modifier.fillMaxWidth(), Arrangement.spacedBy(Design.sizes.gap)) {
            for (person in state.people) {
                ChoiceRow(person.name, person.id in state.chosen, false, { act(FamilyAction.Choose(person.id)) })
            }
        }
    }
}

@Composable
private fun Carers(
    state: FamilyState,
    act: (FamilyAction) -> Unit,
) {
    val words = Design.words
    Page(
        words["family-carers"],
        { act(FamilyAction.Back) },
        bottom = { PrimaryButton(words["family-carers-code"], { act(FamilyAction.ShowCareCode(isForPhone = false)) }) },
    ) {
        if (state.problem != null) ErrorText(state.problem)
        Paragraph(words[if (state.carers.isEmpty()) "family-carers-none" else "family-carers-lead"])
        for (carer in state.carers) {
            Group {
                Paragraph(carer.text)
                if (carer.isAsked) Alarm(words["family-carers-end-title"], words["family-carers-end-text"])
                val label = words[if (carer.isAsked) "family-carers-end-confirm" else "family-carers-end"]
                SecondaryButton(label, { act(FamilyAction.EndCare(carer.id)) }, isDestructive = true)
            }
        }
    }
}
