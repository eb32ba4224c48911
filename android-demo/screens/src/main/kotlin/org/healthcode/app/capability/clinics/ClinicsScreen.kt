package org.healthcode.app.capability.clinics

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.defaultMinSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.selection.selectable
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.material3.RadioButton
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.font.FontWeight
import org.healthcode.app.design.Aside
import org.healthcode.app.design.Design
import org.healthcode.app.design.Group
import org.healthcode.app.design.Heading
import org.healthcode.app.design.LinkRow
import org.healthcode.app.design.Page
import org.healthcode.app.design.Paragraph
import org.healthcode.app.design.SecondaryButton
import org.healthcode.app.design.Space
import org.healthcode.app.design.Strip
import org.healthcode.app.design.Text
import org.healthcode.app.design.stateName
import org.healthcode.core.ClinicOpen

/** Fever clinics: open now first, how far, whom to call. A district does where no position is given. */
@Composable
fun ClinicsScreen(
    state: ClinicsState,
    act: (ClinicsAction) -> Unit,
) = Box(Modifier.stateName(state.name)) {
    Page(Design.words["clinics-title"], onBack = { act(ClinicsAction.Back) }) {
        val words = Design.words
        if (state.note != null) Strip(state.note)
        Districts(state, act)
        if (!state.isNear) {
            Column(verticalArrangement = Arrangement.spacedBy(Space.tiny)) {
                SecondaryButton(words["clinics-use-position"], { act(ClinicsAction.UsePosition) })
                Aside(words["clinics-position-private"])
            }
        }
        if (state.clinics.isEmpty()) Paragraph(words["clinics-empty"])
        state.clinics.forEach { Clinic(it, act) }
    }
}

@Composable
private fun Districts(
    state: ClinicsState,
    act: (ClinicsAction) -> Unit,
) {
    if (state.districts.isEmpty()) return
    val words = Design.words
    LinkRow(
        words["clinics-choose-district"],
        { act(ClinicsAction.ChooseDistrict) },
        detail = nameOf(state.district, state),
    )
    if (!state.isChoosing) return
    Column(Modifier.fillMaxWidth().selectableGroup()) {
        val own = listOfNotNull(state.ownDistrict.takeIf { it in state.districts })
        for (district in own + listOf(null) + (state.districts - own.toSet())) {
            Row(
                Modifier
                    .fillMaxWidth()
                    .selectable(district == state.district, role = Role.RadioButton) { act(ClinicsAction.Choose(district)) }
                    .defaultMinSize(minHeight = Design.sizes.touch),
                Arrangement.spacedBy(Space.small),
                Alignment.CenterVertically,
            ) {
                RadioButton(district == state.district, null)
                Paragraph(nameOf(district, state))
            }
        }
    }
}

@Composable
private fun nameOf(
    district: UInt?,
    state: ClinicsState,
): String =
    when (district) {
        null -> Design.words["clinics-everywhere"]
        state.ownDistrict -> Design.words["clinics-own-district"]
        else -> Design.words.format("clinics-district", "number" to "$district")
    }

@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun Clinic(
    clinic: ClinicState,
    act: (ClinicsAction) -> Unit,
) = Group {
    val words = Design.words
    Heading(clinic.name)
    FlowRow(Modifier.fillMaxWidth(), Arrangement.spacedBy(Space.medium), Arrangement.spacedBy(Space.tiny)) {
        val open =
            when (clinic.open) {
                ClinicOpen.OPEN -> words["clinics-open-now"]
                ClinicOpen.CLOSED -> words["clinics-closed-now"]
                ClinicOpen.UNKNOWN -> null
            }
        val isOpen = clinic.open == ClinicOpen.OPEN
        if (open != null) {
            Text(
                open,
                style = if (isOpen) Design.sizes.body.copy(fontWeight = FontWeight.Bold) else Design.sizes.body,
                color = if (isOpen) Design.palette.text else Design.palette.second,
            )
        }
        if (clinic.changes != null) Paragraph(clinic.changes)
        if (clinic.distance != null) Paragraph(clinic.distance)
    }
    Aside(clinic.address)
    val spoken = words.format("clinics-call-spoken", "name" to clinic.name)
    SecondaryButton(
        words.format("common-call-number", "number" to clinic.phone),
        { act(ClinicsAction.Call(clinic.phone)) },
        Modifier.semantics { contentDescription = spoken },
    )
}
