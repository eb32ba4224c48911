package org.healthcode.app.capability.settings

import androidx.compose.foundation.text.selection.SelectionContainer
import androidx.compose.runtime.Composable
import org.healthcode.app.design.Aside
import org.healthcode.app.design.Design
import org.healthcode.app.design.ErrorText
import org.healthcode.app.design.Group
import org.healthcode.app.design.Heading
import org.healthcode.app.design.Page
import org.healthcode.app.design.Paragraph
import org.healthcode.app.design.PrimaryButton
import org.healthcode.app.design.SecondaryButton
import org.healthcode.app.design.TextAction

/** Everything that is lost, before it is: what waits to be sent, too. Cancel comes first. */
@Composable
internal fun EraseConfirm(
    state: SettingsState,
    act: (SettingsAction) -> Unit,
) {
    val words = Design.words
    Page(
        words["settings-erase-title"],
        onBack = { act(SettingsAction.Back) },
        bottom = {
            PrimaryButton(words["common-cancel"], { act(SettingsAction.Back) })
            SecondaryButton(words["settings-erase-confirm"], { act(SettingsAction.Erase) }, isDestructive = true)
        },
    ) {
        if (state.problem != null) ErrorText(state.problem)
        Paragraph(words["settings-erase-lead"])
        Group {
            Paragraph(words["settings-erase-code"])
            Paragraph(words["settings-erase-registration"])
            Paragraph(words["settings-erase-history"])
            Paragraph(words["settings-erase-drafts"])
            Paragraph(words.format("settings-erase-pending", "count" to state.uploadsWaiting))
        }
        Aside(words["settings-erase-after"])
        SecondaryButton(words["settings-erase-export"], { act(SettingsAction.Export) })
    }
}

/** What was erased, and what the authority says to it. */
@Composable
internal fun Erased(
    state: SettingsState,
    act: (SettingsAction) -> Unit,
) {
    val words = Design.words
    Page(
        words["settings-erased-title"],
        bottom = {
            PrimaryButton(words["settings-start-again"], { act(SettingsAction.StartAgain) })
            if (state.erasures.any { !it.isAnswered }) {
                SecondaryButton(words["home-sync"], { act(SettingsAction.Update) })
            }
        },
    ) {
        if (state.problem != null) ErrorText(state.problem)
        Paragraph(words["settings-erased-text"])
        for (erasure in state.erasures.asReversed()) {
            Group {
                Heading(erasure.state)
                Aside(erasure.erasedAt)
                if (erasure.kept.isNotEmpty()) {
                    Aside(words["settings-erased-kept"])
                    erasure.kept.forEach { Paragraph(it) }
                }
                if (erasure.receipt != null) {
                    SelectionContainer { Aside(words.format("settings-erased-receipt", "id" to erasure.receipt)) }
                }
                if (erasure.isAnswered) TextAction(words["common-dismiss"], { act(SettingsAction.Forget(erasure.id)) })
            }
        }
    }
}
