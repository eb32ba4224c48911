package org.healthcode.app.capability.dcc

import org.healthcode.app.design.StatusMark
import org.healthcode.core.DccComparison
import org.healthcode.core.DccLevel
import org.healthcode.core.DccPart
import org.healthcode.core.DccSending
import org.healthcode.core.DccStatus
import org.healthcode.core.DccStep
import org.healthcode.core.DccView

// The core's view of a certificate as it is drawn.

internal fun shown(view: DccView): CertificateShown {
    val standing = standingOf(view)
    val step = stepOf(view)
    return CertificateShown(
        id = view.id,
        standing = standing,
        mark = markOf(view, standing),
        kind = view.kindText,
        title = view.title,
        fault = view.faultText.ifEmpty { null },
        spoken = view.spoken,
        sending = view.sendingText.ifEmpty { null },
        next = view.nextStepText,
        step = step,
        canHandIn = view.isKept && view.canSubmit && step != DccNext.HAND_IN,
        mustConfirm = view.needsConfirmation,
        parts =
            view.names.map { part ->
                PersonPart(
                    label = part.label,
                    inCertificate = part.inCertificate,
                    inDocument = part.inDocument,
                    comparison = part.comparisonText.takeIf { view.namesComparison != null },
                    isOpen = view.namesComparison != null && part.comparison != DccComparison.SAME,
                )
            },
        comparison = view.namesText.ifEmpty { null },
        rules = view.rules,
        holder =
            view.names
                .filter { it.part != DccPart.BIRTH_DATE && it.inCertificate.isNotEmpty() }
                .joinToString(" ") { it.inCertificate },
        lines = view.lines.map { it.label to it.value },
    )
}

private fun standingOf(view: DccView): Standing =
    when {
        !view.isKept -> Standing.READ
        view.level == DccLevel.STOP -> Standing.STOPPED
        view.sending == DccSending.WAITING -> Standing.WAITING
        view.sending == DccSending.AT_DESK -> Standing.AT_DESK
        view.sending == DccSending.NOT_OURS -> Standing.NOT_OURS
        view.sending == DccSending.REFUSED -> Standing.REFUSED
        view.status == DccStatus.NOT_ACCEPTED -> Standing.NOT_ACCEPTED
        view.sending == DccSending.NOT_SENT -> if (view.needsConfirmation) Standing.NAMES else Standing.KEPT
        view.status == DccStatus.COUNTS -> Standing.COUNTED
        else -> Standing.RECEIVED
    }

private fun stepOf(view: DccView): DccNext =
    when (view.nextStep) {
        DccStep.KEEP -> DccNext.KEEP
        DccStep.SUBMIT, DccStep.COMPARE -> DccNext.HAND_IN
        DccStep.CONNECT, DccStep.WAIT -> DccNext.CONNECT
        DccStep.REGISTER -> DccNext.REGISTER
        DccStep.DESK, DccStep.ASK_ISSUER, DccStep.NONE -> DccNext.NONE
    }

private fun markOf(
    view: DccView,
    standing: Standing,
): StatusMark =
    when {
        view.level == DccLevel.STOP -> StatusMark.ATTENTION
        standing == Standing.REFUSED || standing == Standing.NOT_OURS -> StatusMark.ATTENTION
        standing == Standing.WAITING || standing == Standing.AT_DESK -> StatusMark.WAITING
        view.level == DccLevel.GOOD -> StatusMark.DONE
        else -> StatusMark.UNCLEAR
    }
