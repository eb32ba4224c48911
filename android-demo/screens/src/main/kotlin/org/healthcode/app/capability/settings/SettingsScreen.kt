package org.healthcode.app.capability.settings

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.foundation.text.selection.SelectionContainer
import androidx.compose.runtime.Composable
import androidx.compose.runtime.key
import androidx.compose.ui.Modifier
import org.healthcode.app.design.Aside
import org.healthcode.app.design.ChoiceRow
import org.healthcode.app.design.Design
import org.healthcode.app.design.ErrorText
import org.healthcode.app.design.LabelledValue
import org.healthcode.app.design.LinkRow
import org.healthcode.app.design.Page
import org.healthcode.app.design.SecondaryButton
import org.healthcode.app.design.SwitchRow
import org.healthcode.app.design.stateName

/** Settings, a page each for what needs more than a switch. */
@Composable
fun SettingsScreen(
    state: SettingsState,
    act: (SettingsAction) -> Unit,
) = Box(Modifier.stateName(state.name)) {
    key(state.page) {
        when (state.page) {
            SettingsPage.MAIN -> Main(state, act)
            SettingsPage.LANGUAGE -> Languages(state, act)
            SettingsPage.ABOUT -> About(state, act)
            SettingsPage.LICENCES -> Licences(state, act)
            SettingsPage.ERASE_CONFIRM -> EraseConfirm(state, act)
            SettingsPage.ERASED -> Erased(state, act)
        }
    }
}

@Composable
private fun Main(
    state: SettingsState,
    act: (SettingsAction) -> Unit,
) {
    val words = Design.words
    Page(words["settings-title"], onBack = { act(SettingsAction.Back) }) {
        if (state.problem != null) ErrorText(state.problem)
        val language = state.languages.find { it.isChosen }?.label
        LinkRow(words["settings-language"], { act(SettingsAction.Show(SettingsPage.LANGUAGE)) }, detail = language)
        SwitchRow(
            words["settings-elder"],
            state.isElder,
            { act(SettingsAction.SetElder(it)) },
            detail = words["settings-elder-text"],
        )
        SwitchRow(words["settings-brightness"], state.brightensCode, { act(SettingsAction.SetBright(it)) })
        SwitchRow(words["settings-lock"], state.isLocked, { act(SettingsAction.SetLocked(it)) })
        if (state.canCheckOthers) LinkRow(words["settings-checkpoint"], { act(SettingsAction.CheckOthers) })
        if (state.erasures.isNotEmpty()) {
            LinkRow(
                words["settings-erased-title"],
                { act(SettingsAction.Show(SettingsPage.ERASED)) },
                detail = state.erasures.last().state,
            )
        }
        LinkRow(words["settings-export"], { act(SettingsAction.Export) })
        LinkRow(words["proof-see"], { act(SettingsAction.ProveIdentity) })
        LinkRow(words["settings-about"], { act(SettingsAction.Show(SettingsPage.ABOUT)) })
        SecondaryButton(
            words["settings-erase"],
            { act(SettingsAction.Show(SettingsPage.ERASE_CONFIRM)) },
            isDestructive = true,
        )
    }
}

@Composable
private fun Languages(
    state: SettingsState,
    act: (SettingsAction) -> Unit,
) = Page(Design.words["settings-language"], onBack = { act(SettingsAction.Back) }) {
    Column(Modifier.fillMaxWidth().selectableGroup(), Arrangement.spacedBy(Design.sizes.gap)) {
        for (language in state.languages) {
            val choose = { act(SettingsAction.ChooseLanguage(language.tag)) }
            ChoiceRow(language.label, language.isChosen, true, choose)
        }
    }
}

@Composable
private fun About(
    state: SettingsState,
    act: (SettingsAction) -> Unit,
) {
    val words = Design.words
    Page(words["settings-about"], onBack = { act(SettingsAction.Back) }) {
        LabelledValue(words["common-app-name"], words.format("settings-about-version", "version" to state.version))
        SelectionContainer {
            LabelledValue(words["settings-device-id"], state.deviceId ?: words["settings-device-id-none"])
        }
        SelectionContainer { LabelledValue(words["settings-about-root-key"], inPairs(state.rootKeyFingerprint)) }
        Aside(words["settings-about-root-key-text"])
        if (state.storeFolder != null) {
            SelectionContainer { LabelledValue(words["settings-about-store"], state.storeFolder) }
        }
        LinkRow(words["settings-licences"], { act(SettingsAction.Show(SettingsPage.LICENCES)) })
    }
}

/** Groups of a key two by two, which a narrow line does not part: its rows are alike, and easy to compare. */
private fun inPairs(key: String): String =
    key
        .split(' ')
        .chunked(2) { it.joinToString("\u00a0") }
        .chunked(2) { it.joinToString(" ") }
        .joinToString("\n")

@Composable
private fun Licences(
    state: SettingsState,
    act: (SettingsAction) -> Unit,
) = Page(Design.words["settings-licences"], onBack = { act(SettingsAction.Back) }) {
    Aside(Design.words["settings-licences-lead"])
    for (library in state.licences) LabelledValue(library.licence, library.names.joinToString(", "))
}
