package org.healthcode.app.capability.appeal

import org.healthcode.ScreenWords
import org.healthcode.app.design.StatusMark
import org.healthcode.app.screen.lookOf
import org.healthcode.core.AppealDraftView
import org.healthcode.core.AppealEventView
import org.healthcode.core.AppealLevel
import org.healthcode.core.AppealOutcome
import org.healthcode.core.AppealStatus
import org.healthcode.core.AppealStep
import org.healthcode.core.AppealView
import org.healthcode.core.ColourView
import org.healthcode.core.EvidenceView
import org.healthcode.core.MomentStyle

// The core's views of appeals as they are drawn.

internal fun concernedOf(
    colour: ColourView,
    words: ScreenWords,
) = Concerned(
    look = lookOf(colour.shown.tone),
    title = colour.title,
    why = colour.why,
    receipt = words.format("appeal-colour-receipt", "hash" to colour.receiptSha256.take(SHORT)),
)

internal fun draftOf(
    draft: AppealDraftView,
    statement: String,
    canPick: Boolean,
    isAdding: Boolean,
) = Draft(
    statement = statement,
    maxChars = draft.maxStatementChars.toInt(),
    evidence = draft.evidence.map(::pieceOf),
    limits = draft.limitsText,
    canAdd = canPick && draft.evidence.size < draft.maxEvidence.toInt(),
    isAdding = isAdding,
)

internal fun lineOf(
    appeal: AppealView,
    words: ScreenWords,
) = AppealLine(
    appeal.id,
    markOf(appeal.level),
    if (appeal.isNew) words.format("appeal-new-decision", "title" to appeal.title) else appeal.title,
    appeal.deadlineText?.let { words.format("appeal-deadline-short", "time" to it) } ?: appeal.statement.ifEmpty { null },
)

internal fun oneOf(
    appeal: AppealView,
    words: ScreenWords,
    moment: (Long, MomentStyle) -> String,
): OneAppeal =
    OneAppeal(
        id = appeal.id,
        name = nameOf(appeal),
        mark = markOf(appeal.level),
        title = appeal.title,
        text = appeal.text,
        spoken = appeal.spoken,
        nextStep = appeal.nextStepText,
        step =
            when (appeal.nextStep) {
                AppealStep.CONNECT -> NextOfAppeal.CONNECT
                AppealStep.WAIT -> NextOfAppeal.WAIT
                AppealStep.ANSWER -> NextOfAppeal.ANSWER
                AppealStep.CALL -> NextOfAppeal.CALL
                AppealStep.APPEAL_AGAIN -> NextOfAppeal.AGAIN
                AppealStep.SEE_COLOUR -> NextOfAppeal.SEE_COLOUR
            },
        sent = appeal.piecesSent.toInt().takeIf { appeal.status in SENDING },
        pieces = appeal.pieces.toInt(),
        received = appeal.receivedAt?.let { moment(it, MomentStyle.DAY_AND_TIME) },
        deadline = appeal.deadlineText,
        decided = appeal.decidedAt?.let { moment(it, MomentStyle.DAY_AND_TIME) },
        reason = appeal.reasonText,
        officersText = appeal.decisionText,
        statement = appeal.statement,
        evidence = appeal.evidence.map(::pieceOf),
        canWithdraw = appeal.canWithdraw,
        canDismiss = appeal.canDismiss,
        asked = appeal.answerProblem?.let { words.format("appeal-answer-refused", "reason" to it) } ?: appeal.askedText,
        answerBy = appeal.answerByText,
        canAnswer = appeal.canAnswer,
        events =
            appeal.events
                .map(::eventOf)
                .takeIf { it.size > 1 }
                .orEmpty(),
    )

private fun eventOf(event: AppealEventView): AppealEvent {
    val told = listOf(event.atText) + listOfNotNull(event.text, event.statement.ifEmpty { null })
    return AppealEvent(event.title, (told + event.evidence.map { it.text }).joinToString("\n"))
}

private fun nameOf(appeal: AppealView): String =
    when (appeal.status) {
        AppealStatus.DECIDED -> if (appeal.outcome == AppealOutcome.REJECTED) "rejected" else "decided"
        else -> appeal.status.name.lowercase()
    }

private fun markOf(level: AppealLevel): StatusMark =
    when (level) {
        AppealLevel.WAITING -> StatusMark.WAITING
        AppealLevel.ATTENTION -> StatusMark.ATTENTION
        AppealLevel.DONE -> StatusMark.DONE
    }

private fun pieceOf(evidence: EvidenceView) = EvidencePiece(evidence.sha256, evidence.text)

/** While pieces go out. */
private val SENDING = setOf(AppealStatus.SENDING, AppealStatus.ANSWERING)

/** Characters of a hash that people compare. */
private const val SHORT = 16
