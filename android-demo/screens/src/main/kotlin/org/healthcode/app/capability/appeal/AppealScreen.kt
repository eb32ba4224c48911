package org.healthcode.app.capability.appeal

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.runtime.Composable
import androidx.compose.runtime.key
import androidx.compose.ui.Modifier
import org.healthcode.app.design.Aside
import org.healthcode.app.design.Design
import org.healthcode.app.design.LinkRow
import org.healthcode.app.design.Page
import org.healthcode.app.design.Paragraph
import org.healthcode.app.design.PrimaryButton
import org.healthcode.app.design.SecondaryButton
import org.healthcode.app.design.StateCard
import org.healthcode.app.design.stateName

/**
 * Writing an appeal, checking it, what has become of it, and all of them.
 *
 * Invariant: it is called received only once the authority has signed for it; until then it is saved here.
 */
@Composable
fun AppealScreen(
    state: AppealState,
    act: (AppealAction) -> Unit,
) = Box(Modifier.stateName(state.name)) {
    key(state.page) {
        when (state.page) {
            AppealPage.NOTHING -> Nothing(act)
            AppealPage.WRITE -> WritePage(state, act)
            AppealPage.CHECK -> CheckPage(state, act)
            AppealPage.LIST -> ListPage(state, act)
            AppealPage.ONE -> state.one?.let { OnePage(it, state, act) }
            AppealPage.WITHDRAW -> WithdrawPage(act)
        }
    }
}

@Composable
private fun Nothing(act: (AppealAction) -> Unit) =
    Page(Design.words["appeal-title"], { act(AppealAction.Back) }) { Paragraph(Design.words["appeal-no-colour"]) }

@Composable
private fun ListPage(
    state: AppealState,
    act: (AppealAction) -> Unit,
) {
    val words = Design.words
    Page(
        words["appeal-list-title"],
        { act(AppealAction.Back) },
        bottom = if (state.concerned != null) ({ SecondaryButton(words["appeal-again"], { act(AppealAction.Another) }) }) else null,
    ) {
        Paragraph(state.lead)
        Column {
            for (appeal in state.appeals) {
                LinkRow(appeal.title, { act(AppealAction.Open(appeal.id)) }, detail = appeal.detail, sign = appeal.mark)
            }
        }
    }
}

@Composable
private fun WithdrawPage(act: (AppealAction) -> Unit) {
    val words = Design.words
    Page(
        words["appeal-withdraw-title"],
        { act(AppealAction.Keep) },
        bottom = {
            PrimaryButton(words["appeal-keep"], { act(AppealAction.Keep) })
            SecondaryButton(words["appeal-withdraw"], { act(AppealAction.Withdraw) }, isDestructive = true)
        },
    ) { Paragraph(words["appeal-withdraw-text"]) }
}

/** The colour that it is about, and why it is that. */
@Composable
internal fun ConcernedColour(concerned: Concerned?) {
    if (concerned == null) return
    Aside(Design.words["appeal-concerns"])
    StateCard(concerned.look, concerned.title, concerned.title)
    Paragraph(concerned.why)
    concerned.receipt?.let { Aside(it) }
}
