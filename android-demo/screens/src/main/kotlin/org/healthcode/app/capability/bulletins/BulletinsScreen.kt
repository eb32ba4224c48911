package org.healthcode.app.capability.bulletins

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.defaultMinSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.HorizontalDivider
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.text.font.FontWeight
import org.healthcode.app.design.Aside
import org.healthcode.app.design.Chevron
import org.healthcode.app.design.Design
import org.healthcode.app.design.Page
import org.healthcode.app.design.Paragraph
import org.healthcode.app.design.PrimaryButton
import org.healthcode.app.design.SecondaryButton
import org.healthcode.app.design.Space
import org.healthcode.app.design.Strip
import org.healthcode.app.design.Tag
import org.healthcode.app.design.Text
import org.healthcode.app.design.stateName
import org.healthcode.core.BulletinUrgency

/** What the authority tells everybody, the most urgent first; or one of it, with whom to call. */
@Composable
fun BulletinsScreen(
    state: BulletinsState,
    act: (BulletinsAction) -> Unit,
) = Box(Modifier.stateName(state.name)) {
    val opened = state.opened
    if (opened != null) {
        One(opened, state.note, act)
    } else {
        Page(Design.words["bulletins-title"], onBack = { act(BulletinsAction.Back) }) {
            if (state.bulletins.isEmpty()) Paragraph(Design.words["bulletins-empty"])
            Column { state.bulletins.forEach { bulletin -> BulletinRow(bulletin) { act(BulletinsAction.Open(bulletin.id)) } } }
        }
    }
}

@Composable
private fun One(
    bulletin: BulletinState,
    note: String?,
    act: (BulletinsAction) -> Unit,
) = Page(
    bulletin.title,
    onBack = { act(BulletinsAction.Back) },
    bottom =
        if (bulletin.phone == null && bulletin.link == null) {
            null
        } else {
            {
                if (note != null) Strip(note)
                bulletin.phone?.let { phone ->
                    PrimaryButton(Design.words.format("common-call-number", "number" to phone), { act(BulletinsAction.Call(phone)) })
                }
                bulletin.link?.let { link ->
                    SecondaryButton(Design.words["bulletins-link"], { act(BulletinsAction.Browse(link)) })
                }
            }
        },
) {
    Facts(bulletin)
    Paragraph(bulletin.text)
    Aside(Design.words["bulletins-signed"])
}

@Composable
private fun BulletinRow(
    bulletin: BulletinState,
    onClick: () -> Unit,
) {
    Row(
        Modifier
            .fillMaxWidth()
            .clickable(role = Role.Button, onClick = onClick)
            .defaultMinSize(minHeight = Design.sizes.touch)
            .padding(vertical = Space.medium),
        Arrangement.spacedBy(Space.medium),
        Alignment.CenterVertically,
    ) {
        Column(Modifier.weight(1f), Arrangement.spacedBy(Space.tiny)) {
            Facts(bulletin)
            Text(
                bulletin.title,
                style = if (bulletin.isRead) Design.sizes.body else Design.sizes.body.copy(fontWeight = FontWeight.Bold),
                color = Design.palette.text,
            )
        }
        Chevron()
    }
    HorizontalDivider(color = Design.palette.border.copy(alpha = 0.3f))
}

/** Level, whether it is new, when. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun Facts(bulletin: BulletinState) =
    FlowRow(Modifier.fillMaxWidth(), Arrangement.spacedBy(Space.small), Arrangement.spacedBy(Space.tiny)) {
        val palette = Design.palette
        when (bulletin.urgency) {
            BulletinUrgency.URGENT -> Tag(Design.words["bulletins-level-urgent"], palette.error, palette.page)
            BulletinUrgency.IMPORTANT -> Tag(Design.words["bulletins-level-notice"], palette.strip, palette.onStrip)
            BulletinUrgency.INFO -> Tag(Design.words["bulletins-level-information"], palette.page, palette.second)
        }
        if (!bulletin.isRead) Tag(Design.words["bulletins-new"], palette.action, palette.onAction)
        Aside(bulletin.published, Modifier.align(Alignment.CenterVertically))
    }
