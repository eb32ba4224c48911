package org.healthcode.app.capability.export

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.text.selection.SelectionContainer
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import org.healthcode.app.design.Aside
import org.healthcode.app.design.Design
import org.healthcode.app.design.ErrorText
import org.healthcode.app.design.Group
import org.healthcode.app.design.Heading
import org.healthcode.app.design.LabelledValue
import org.healthcode.app.design.Page
import org.healthcode.app.design.Paragraph
import org.healthcode.app.design.PrimaryButton
import org.healthcode.app.design.SecondaryButton
import org.healthcode.app.design.Space
import org.healthcode.app.design.Strip
import org.healthcode.app.design.stateName

/** What this phone holds, readable; what the authority holds, once it was asked for; and the file to keep. */
@Composable
fun ExportScreen(
    state: ExportState,
    act: (ExportAction) -> Unit,
) = Box(Modifier.stateName(state.name)) {
    val words = Design.words
    Page(
        words["export-title"],
        { act(ExportAction.BACK) },
        bottom = {
            PrimaryButton(words["export-save-page"], { act(ExportAction.SAVE_PAGE) }, isEnabled = !state.isBusy)
            SecondaryButton(words["export-save-file"], { act(ExportAction.SAVE_FILE) }, isEnabled = !state.isBusy)
        },
    ) {
        if (state.isOffline) Strip(words["common-offline"], isQuiet = true)
        if (state.problem != null) ErrorText(state.problem)
        if (state.isSaved) Strip(words["export-saved"], isQuiet = true)
        Paragraph(words["export-lead"])
        Authority(state, act)
        Heading(state.title)
        Aside(state.madeAt)
        for (section in state.sections) {
            Group {
                Heading(section.title)
                section.empty?.let { Paragraph(it) }
                SelectionContainer {
                    Column(Modifier, Arrangement.spacedBy(Space.small)) {
                        for ((label, value) in section.rows) LabelledValue(label, value)
                    }
                }
            }
        }
    }
}

@Composable
private fun Authority(
    state: ExportState,
    act: (ExportAction) -> Unit,
) {
    val words = Design.words
    Group {
        Heading(words["export-authority"])
        Paragraph(state.told)
        when (state.holdings) {
            HoldingsName.NOT_REQUESTED -> SecondaryButton(words["export-ask"], { act(ExportAction.ASK) }, isEnabled = !state.isBusy)
            HoldingsName.REQUESTED, HoldingsName.COMING -> {
                val label = words[if (state.isSyncing) "home-syncing" else "code-connect"]
                SecondaryButton(label, { act(ExportAction.SYNC) }, isEnabled = !state.isSyncing)
            }
            HoldingsName.HELD -> SecondaryButton(words["export-ask-again"], { act(ExportAction.ASK) }, isEnabled = !state.isBusy)
        }
    }
}
