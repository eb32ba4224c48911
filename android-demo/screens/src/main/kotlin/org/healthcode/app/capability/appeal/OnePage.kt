package org.healthcode.app.capability.appeal

import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.text.selection.SelectionContainer
import androidx.compose.material3.LinearProgressIndicator
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.clearAndSetSemantics
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
import org.healthcode.app.design.SecondaryButton
import org.healthcode.app.design.StatusCard

/** How an appeal stands, by when it is decided or how it was, what was sent, and what the person can do. */
@Composable
internal fun OnePage(
    appeal: OneAppeal,
    state: AppealState,
    act: (AppealAction) -> Unit,
) {
    val words = Design.words
    Page(words["appeal-one-title"], { act(AppealAction.Back) }, bottom = { Buttons(appeal, state, act) }) {
        StatusCard(appeal.mark, appeal.title, appeal.text, appeal.spoken, Modifier.testTag("status"))
        if (appeal.sent != null && appeal.pieces > 0) Progress(appeal.sent, appeal.pieces)
        Paragraph(appeal.nextStep)
        state.hint?.let { Paragraph(it) }
        state.problem?.let { ErrorText(it) }
        appeal.asked?.let { LabelledValue(words["appeal-asked-for"], it) }
        appeal.answerBy?.let { LabelledValue(words["appeal-asked-by"], it) }
        appeal.deadline?.let { LabelledValue(words["appeal-deadline"], it) }
        appeal.decided?.let { LabelledValue(words["appeal-decided-at"], it) }
        appeal.reason?.let { LabelledValue(words["appeal-reason"], it) }
        appeal.officersText?.let { LabelledValue(words["appeal-officers"], it) }
        if (appeal.decided != null) Aside(words["appeal-two-officers"])
        Group {
            if (appeal.statement.isNotEmpty()) LabelledValue(words["appeal-statement"], appeal.statement)
            EvidenceTold(appeal.evidence)
            appeal.received?.let { LabelledValue(words["appeal-received-at"], it) }
            if (appeal.received != null) SelectionContainer { LabelledValue(words["appeal-receipt"], appeal.id) }
        }
        if (appeal.events.isNotEmpty()) Events(appeal.events)
        Column {
            if (appeal.canAnswer && appeal.step != NextOfAppeal.ANSWER) {
                LinkRow(words["appeal-answer"], { act(AppealAction.Answer) })
            }
            // Where the one button does not lead there.
            if (appeal.step != NextOfAppeal.AGAIN && state.concerned != null) LinkRow(words["appeal-again"], { act(AppealAction.Another) })
            if (appeal.canWithdraw) LinkRow(words["appeal-withdraw"], { act(AppealAction.AskToWithdraw) })
        }
    }
}

/** What happened so far, with what was asked for and what was sent then. */
@Composable
private fun Events(events: List<AppealEvent>) {
    Heading(Design.words["appeal-progress"])
    Group {
        for (event in events) LabelledValue(event.title, event.detail)
    }
}

/** Pieces that the authority has; the words above it say it as well. */
@Composable
private fun Progress(
    sent: Int,
    pieces: Int,
) {
    LinearProgressIndicator(
        progress = { sent.toFloat() / pieces },
        modifier = Modifier.fillMaxWidth().clearAndSetSemantics {},
        color = Design.palette.action,
        trackColor = Design.palette.card,
    )
    Aside(Design.words.format("common-count-of", "done" to sent, "total" to pieces))
}

@Composable
private fun ColumnScope.Buttons(
    appeal: OneAppeal,
    state: AppealState,
    act: (AppealAction) -> Unit,
) {
    val words = Design.words
    val label =
        when (appeal.step) {
            NextOfAppeal.CONNECT -> if (state.isSyncing) words["home-syncing"] else words["home-sync"]
            NextOfAppeal.ANSWER -> words["appeal-answer"]
            NextOfAppeal.CALL -> words["why-call"]
            NextOfAppeal.AGAIN -> words["appeal-again"].takeIf { state.concerned != null }
            NextOfAppeal.SEE_COLOUR -> words["appeal-see-colour"].takeIf { state.concerned != null }
            NextOfAppeal.WAIT -> null
        }
    if (label != null) {
        val isBusy = appeal.step == NextOfAppeal.CONNECT && state.isSyncing
        PrimaryButton(label, { act(AppealAction.Next) }, isEnabled = !isBusy)
    }
    if (appeal.canDismiss) SecondaryButton(words["appeal-dismiss"], { act(AppealAction.Dismiss) })
}
