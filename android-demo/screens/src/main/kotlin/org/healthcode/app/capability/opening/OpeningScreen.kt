package org.healthcode.app.capability.opening

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import org.healthcode.app.design.Aside
import org.healthcode.app.design.Design
import org.healthcode.app.design.Page
import org.healthcode.app.design.Paragraph
import org.healthcode.app.design.PrimaryButton
import org.healthcode.app.design.SecondaryButton
import org.healthcode.app.design.stateName

/**
 * What happened, what is kept, what can be done.
 *
 * Invariant: nothing is deleted before a page has listed what is lost and the person has said so there.
 */
@Composable
fun OpeningScreen(
    state: OpeningState,
    act: (OpeningAction) -> Unit,
) = Box(Modifier.stateName(state.name.name.lowercase())) {
    when {
        state.asksReset -> ResetPage(act)
        state.name == OpeningName.OPENING -> Page(Design.words["common-app-name"]) { state.text?.let { Paragraph(it) } }
        else -> FailurePage(state, act)
    }
}

@Composable
private fun FailurePage(
    state: OpeningState,
    act: (OpeningAction) -> Unit,
) = Page(state.title, bottom = { Ways(state, act) }) {
    state.text?.let { Paragraph(it) }
    state.code?.let { Aside(Design.words.format("common-error-code", "code" to it)) }
    state.hint?.let { Paragraph(it) }
}

@Composable
private fun ColumnScope.Ways(
    state: OpeningState,
    act: (OpeningAction) -> Unit,
) {
    val words = Design.words
    if (state.canUpdate) PrimaryButton(words["opening-update"], { act(OpeningAction.UPDATE) })
    if (state.canRetry) {
        val retry = { act(OpeningAction.RETRY) }
        if (state.canUpdate) SecondaryButton(words["opening-retry"], retry) else PrimaryButton(words["opening-retry"], retry)
    }
    SecondaryButton(words["opening-get-help"], { act(OpeningAction.CALL) })
    if (state.canReset) SecondaryButton(words["opening-reset"], { act(OpeningAction.ASK_RESET) }, isDestructive = true)
}

/** Keeping comes first. */
@Composable
private fun ResetPage(act: (OpeningAction) -> Unit) {
    val words = Design.words
    Page(words["opening-reset-title"], bottom = {
        SecondaryButton(words["common-cancel"], { act(OpeningAction.KEEP) })
        SecondaryButton(words["opening-reset-confirm"], { act(OpeningAction.RESET) }, isDestructive = true)
    }) {
        Paragraph(words["opening-reset-effects"])
    }
}
