package org.healthcode.app.capability.family

import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.text.selection.SelectionContainer
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.text.style.TextDirection
import androidx.compose.ui.unit.dp
import org.healthcode.app.design.Aside
import org.healthcode.app.design.Design
import org.healthcode.app.design.ErrorText
import org.healthcode.app.design.Group
import org.healthcode.app.design.Heading
import org.healthcode.app.design.LabelledValue
import org.healthcode.app.design.LinkRow
import org.healthcode.app.design.Page
import org.healthcode.app.design.Paragraph
import org.healthcode.app.design.PrimaryButton
import org.healthcode.app.design.QrPlate
import org.healthcode.app.design.SecondaryButton
import org.healthcode.app.design.StateCard
import org.healthcode.app.design.Strip
import org.healthcode.app.design.Text

/** One of those who are looked after: how far the care is, the colour, and what can be done. */
@Composable
internal fun PersonPage(
    state: FamilyState,
    person: Person,
    act: (FamilyAction) -> Unit,
) {
    val words = Design.words
    Page(person.name, { act(FamilyAction.Back) }, bottom = { PersonButtons(state, person, act) }) {
        if (state.isOffline) Strip(words["common-offline"], isQuiet = true)
        if (state.problem != null) ErrorText(state.problem)
        if (person.ends != null) Strip(person.ends)
        if (person.stage == PersonStage.IN_CARE) {
            StateCard(person.look, person.colour ?: words["home-awaiting-title"], person.spoken, detail = person.meaning)
            person.why?.let { LabelledValue(words["why-reason"], it) }
            person.instruction?.let { LabelledValue(words["why-what-to-do"], it) }
        } else {
            Group {
                Heading(person.standing)
                Paragraph(person.next)
            }
        }
        person.refusal.forEach { ErrorText(it) }
        person.waiting?.let { Strip(it, isQuiet = true) }
        if (person.stage == PersonStage.REFUSED) {
            Group {
                LabelledValue(words["family-add-desk"], words["family-add-desk-text"])
                DeviceId(state.deviceId)
            }
        }
        if (person.stage == PersonStage.IN_CARE) InCare(person, act)
    }
}

@Composable
private fun ColumnScope.PersonButtons(
    state: FamilyState,
    person: Person,
    act: (FamilyAction) -> Unit,
) {
    val words = Design.words
    when (person.stage) {
        PersonStage.IN_CARE -> {
            if (person.step != null) PrimaryButton(person.step, { act(FamilyAction.Next) })
            if (person.canShowCode) SecondaryButton(words["home-show-code"], { act(FamilyAction.ShowHealthCode) })
        }
        PersonStage.WAITING -> {
            val label = words[if (state.isSyncing) "home-syncing" else "code-connect"]
            PrimaryButton(label, { act(FamilyAction.Sync) }, isEnabled = !state.isSyncing)
            SecondaryButton(words["family-mend"], { act(FamilyAction.FillIn) })
        }
        PersonStage.REFUSED, PersonStage.ENDED -> PrimaryButton(words["family-ask-anew"], { act(FamilyAction.FillIn) })
    }
    if (person.stage != PersonStage.IN_CARE) {
        SecondaryButton(words["family-remove"], { act(FamilyAction.Show(FamilyPage.LEAVE)) }, isDestructive = true)
    }
}

@Composable
private fun InCare(
    person: Person,
    act: (FamilyAction) -> Unit,
) {
    val words = Design.words
    Column {
        if (person.canDeclare) LinkRow(words["home-declare"], { act(FamilyAction.Declare) })
        LinkRow(words["home-paper"], { act(FamilyAction.Paper) })
        LinkRow(words["family-own-phone"], { act(FamilyAction.ShowCareCode(isForPhone = true)) })
        LinkRow(words["family-other-carer"], { act(FamilyAction.ShowCareCode(isForPhone = false)) })
        LinkRow(words["family-mend"], { act(FamilyAction.FillIn) })
    }
    if (person.carers.isNotEmpty()) LabelledValue(words["family-who-cares"], person.carers.joinToString("\n"))
    if (person.key != null) Aside(person.key)
    SecondaryButton(words["family-leave"], { act(FamilyAction.Show(FamilyPage.LEAVE)) }, isDestructive = true)
}

/** A code for the other side, as a picture and to be typed. */
@Composable
internal fun CareCodePage(
    state: FamilyState,
    act: (FamilyAction) -> Unit,
) {
    val words = Design.words
    val code = state.code
    Page(
        words["family-code-title"],
        { act(FamilyAction.Back) },
        bottom = {
            when (code?.stage) {
                null -> Unit
                CareCodeStage.WAITING -> {
                    val label = words[if (state.isSyncing) "home-syncing" else "code-connect"]
                    PrimaryButton(label, { act(FamilyAction.Sync) }, isEnabled = !state.isSyncing)
                }
                CareCodeStage.COUNTS -> SecondaryButton(words["family-code-another"], { act(FamilyAction.AnotherCode) })
                CareCodeStage.OVER -> PrimaryButton(words["family-code-another"], { act(FamilyAction.AnotherCode) })
            }
        },
        above = { state.person?.let { Aside(it.name) } },
    ) {
        if (state.problem != null) ErrorText(state.problem)
        if (code == null) return@Page
        if (code.stage == CareCodeStage.COUNTS) Paragraph(code.text) else Strip(code.text)
        if (code.stage == CareCodeStage.OVER) return@Page
        if (code.picture != null) {
            QrPlate(code.picture, words["family-code-image"], Modifier.fillMaxWidth().height(240.dp))
        }
        SelectionContainer {
            // Read from the left whichever way the page runs.
            val style = Design.sizes.colourWord.copy(textDirection = TextDirection.Ltr)
            Text(code.code, style = style, color = Design.palette.text)
        }
        code.until?.let { Paragraph(it) }
        Aside(words["family-code-once"])
    }
}
