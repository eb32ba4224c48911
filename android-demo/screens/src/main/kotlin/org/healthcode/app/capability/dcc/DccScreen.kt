package org.healthcode.app.capability.dcc

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.runtime.Composable
import androidx.compose.runtime.key
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.focus.FocusRequester
import org.healthcode.app.design.CodeEntry
import org.healthcode.app.design.CodeEntryAction
import org.healthcode.app.design.CodeWords
import org.healthcode.app.design.Design
import org.healthcode.app.design.ErrorText
import org.healthcode.app.design.LinkRow
import org.healthcode.app.design.Mending
import org.healthcode.app.design.Page
import org.healthcode.app.design.Paragraph
import org.healthcode.app.design.PrimaryButton
import org.healthcode.app.design.ProblemSummary
import org.healthcode.app.design.SecondaryButton
import org.healthcode.app.design.Strip
import org.healthcode.app.design.stateName

/** EU certificates: those that are kept, adding one, and one of them. [camera] draws what the camera sees. */
@Composable
fun DccScreen(
    state: DccState,
    act: (DccAction) -> Unit,
    camera: @Composable (Modifier) -> Unit = {},
) = Box(Modifier.stateName(state.name)) {
    val one = state.one
    key(state.page, one?.id) {
        when (state.page) {
            DccPage.LIST -> ListPage(state, act)
            DccPage.ADD -> AddPage(state, act, camera)
            DccPage.ONE -> if (one != null) OnePage(one, state, act)
            DccPage.CONFIRM -> if (one != null) ConfirmPage(one, state, act)
            DccPage.REMOVE -> if (one != null) RemovePage(one, act)
        }
    }
}

@Composable
private fun ListPage(
    state: DccState,
    act: (DccAction) -> Unit,
) {
    val words = Design.words
    Page(
        words["dcc-title"],
        { act(DccAction.Back) },
        bottom = if (state.canAdd) ({ PrimaryButton(words["dcc-add"], { act(DccAction.Add) }) }) else null,
    ) {
        if (!state.canAdd) Strip(words.format("dcc-full", "count" to state.most), isQuiet = true)
        state.problem?.let { ErrorText(it) }
        if (state.certificates.isEmpty()) Paragraph(words["dcc-lead"])
        Paragraph(state.lead)
        Column {
            for (certificate in state.certificates) {
                val detail = listOf(certificate.holder, certificate.headline).filter { it.isNotEmpty() }
                LinkRow(
                    certificate.kind,
                    { act(DccAction.Open(certificate.id)) },
                    detail = detail.joinToString("\n"),
                    sign = certificate.mark,
                )
            }
        }
    }
}

@Composable
private fun AddPage(
    state: DccState,
    act: (DccAction) -> Unit,
    camera: @Composable (Modifier) -> Unit,
) {
    val words = Design.words
    val focus = remember { FocusRequester() }
    val problem = state.problem
    Page(
        words["dcc-add"],
        { act(DccAction.Back) },
        bottom = bottomOfAdding(state, act),
        above =
            problem?.let {
                {
                    ProblemSummary(words["common-problem-title"], listOf(Mending(it) { focus.requestFocus() }), state.attempt)
                }
            },
        focusesTitle = problem == null,
    ) {
        Paragraph(words["dcc-add-lead"])
        CodeEntry(
            state.code,
            problem,
            CodeWords(words["dcc-text"], words["dcc-scan"], words["dcc-picture"], words["dcc-text-hint"]),
            { act(DccAction.Enter(it)) },
            focus,
            lines = 3,
            offersScan = !state.isMainlyScanned,
            camera = camera,
        )
    }
}

/** Nothing was typed yet, and there is a camera: that is the way. */
private val DccState.isMainlyScanned: Boolean get() = code.canScan && code.typed.isBlank()

private fun bottomOfAdding(
    state: DccState,
    act: (DccAction) -> Unit,
): @Composable ColumnScope.() -> Unit =
    {
        val words = Design.words
        when {
            state.code.isScanning -> SecondaryButton(words["common-cancel"], { act(DccAction.Back) })
            state.isMainlyScanned -> PrimaryButton(words["dcc-scan"], { act(DccAction.Enter(CodeEntryAction.Scan)) })
            else -> PrimaryButton(words["dcc-read"], { act(DccAction.Read) })
        }
    }
