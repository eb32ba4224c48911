package org.healthcode.app.capability.regions

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.HorizontalDivider
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import org.healthcode.app.design.Aside
import org.healthcode.app.design.Design
import org.healthcode.app.design.Page
import org.healthcode.app.design.Paragraph
import org.healthcode.app.design.Space
import org.healthcode.app.design.StateBadge
import org.healthcode.app.design.stateName

/** Each region, the colour that counts there, and the rule that says so. */
@Composable
fun RegionsScreen(
    state: RegionsState,
    onBack: () -> Unit,
) = Box(Modifier.stateName(state.name)) {
    val words = Design.words
    Page(words["regions-title"], onBack) {
        Paragraph(state.absence ?: words["regions-lead"])
        Column {
            for (region in state.regions) {
                Row(
                    Modifier
                        .fillMaxWidth()
                        .padding(vertical = Space.medium)
                        .semantics(mergeDescendants = true) { contentDescription = region.spoken },
                    Arrangement.spacedBy(Space.medium),
                    Alignment.Top,
                ) {
                    StateBadge(region.look, if (Design.sizes.isElder) 36.dp else 28.dp)
                    Column(Modifier.weight(1f)) {
                        Paragraph(region.title)
                        Paragraph(region.next)
                        region.rule?.let { Aside(it) }
                    }
                }
                HorizontalDivider(color = Design.palette.border.copy(alpha = 0.3f))
            }
        }
    }
}
