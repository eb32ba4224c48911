package org.healthcode.app.capability.dcc

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalDensity
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
import org.healthcode.app.design.StatusCard

// One certificate: how it stands, whose it is, what it says; and what is asked before something is done with it.

@Composable
internal fun OnePage(
    one: CertificateShown,
    state: DccState,
    act: (DccAction) -> Unit,
) {
    val words = Design.words
    Page(one.kind, { act(DccAction.Back) }, bottom = buttonsOf(one, state, act)) {
        state.problem?.let { ErrorText(it) }
        StatusCard(one.mark, one.headline, one.beneath, one.spoken)
        Paragraph(one.next)
        if (one.rules.isNotEmpty()) {
            Heading(words["dcc-not-fulfilled"])
            for (rule in one.rules) Paragraph(rule)
        }
        Heading(words["dcc-person"])
        Person(one)
        Heading(words["dcc-content"])
        Group { for ((label, value) in one.lines) LabelledValue(label, value) }
        if (one.standing != Standing.READ) {
            SecondaryButton(words["dcc-remove"], { act(DccAction.AskToRemove) }, isDestructive = true)
        }
    }
}

/** What matters most of how it stands: how far it is with the authority, until that has come to its end. */
internal val CertificateShown.headline: String get() = if (standing in ON_ITS_WAY) sending ?: title else title

/** What is said below that: not that it would count where it was decided otherwise; the rules say themselves what does not hold. */
private val CertificateShown.beneath: String
    get() =
        when (standing) {
            Standing.REFUSED, Standing.NOT_OURS -> ""
            Standing.WAITING, Standing.AT_DESK -> title
            else -> listOfNotNull(fault.takeIf { rules.isEmpty() }, sending).joinToString("\n")
        }

private val ON_ITS_WAY = setOf(Standing.WAITING, Standing.AT_DESK, Standing.REFUSED, Standing.NOT_OURS)

private fun buttonsOf(
    one: CertificateShown,
    state: DccState,
    act: (DccAction) -> Unit,
): (@Composable ColumnScope.() -> Unit)? {
    if (one.step == DccNext.NONE && !one.canHandIn) return null
    return {
        val words = Design.words
        val handIn = words[if (one.mustConfirm) "dcc-compare" else "dcc-hand-in"]
        val label =
            when (one.step) {
                DccNext.NONE -> null
                DccNext.KEEP -> words["dcc-keep"]
                DccNext.HAND_IN -> handIn
                DccNext.CONNECT -> words[if (state.isSyncing) "home-syncing" else "code-connect"]
                DccNext.REGISTER -> words["form-registration-title"]
            }
        val isEnabled = one.step != DccNext.CONNECT || !state.isSyncing
        if (label != null) PrimaryButton(label, { act(DccAction.Next) }, isEnabled = isEnabled)
        if (one.canHandIn) SecondaryButton(handIn, { act(DccAction.HandIn) })
    }
}

/** Whose it is: both sides of each part that is not the same. */
@Composable
private fun ColumnScope.Person(one: CertificateShown) {
    one.comparison?.let { Paragraph(it) }
    for (part in one.parts) if (part.isOpen) BothSides(part)
    val settled = one.parts.filter { !it.isOpen }
    if (settled.isNotEmpty()) {
        Group {
            for (part in settled) LabelledValue(part.label, part.inCertificate.ifEmpty { Design.words["dcc-not-said"] })
        }
    }
}

/** Side by side where the letters leave room for it, one below the other elsewhere. */
@Composable
private fun BothSides(part: PersonPart) =
    Group {
        val words = Design.words
        Paragraph(part.label)
        val sides =
            listOf(words["dcc-in-certificate"] to part.inCertificate, words["dcc-in-document"] to part.inDocument)
                .map { (side, value) -> side to value.ifEmpty { words["dcc-not-said"] } }
        val isLarge = Design.sizes.isElder || LocalDensity.current.fontScale > LARGE
        if (isLarge) {
            Column(Modifier.fillMaxWidth(), Arrangement.spacedBy(Space.small)) { for ((side, value) in sides) LabelledValue(side, value) }
        } else {
            Row(Modifier.fillMaxWidth(), Arrangement.spacedBy(Space.medium)) {
                for ((side, value) in sides) LabelledValue(side, value, Modifier.weight(1f))
            }
        }
        part.comparison?.let { Aside(it) }
    }

private const val LARGE = 1.2f

/** Both names once more, before a certificate with other names goes out. */
@Composable
internal fun ConfirmPage(
    one: CertificateShown,
    state: DccState,
    act: (DccAction) -> Unit,
) {
    val words = Design.words
    Page(words["dcc-confirm-title"], { act(DccAction.Back) }, bottom = {
        PrimaryButton(words["dcc-confirm"], { act(DccAction.Confirm) })
        SecondaryButton(words["common-cancel"], { act(DccAction.Back) })
    }) {
        state.problem?.let { ErrorText(it) }
        Person(one)
        Paragraph(words["dcc-confirm-text"])
    }
}

@Composable
internal fun RemovePage(
    one: CertificateShown,
    act: (DccAction) -> Unit,
) {
    val words = Design.words
    Page(words["dcc-remove-title"], { act(DccAction.Back) }, bottom = {
        PrimaryButton(words["common-cancel"], { act(DccAction.Back) })
        SecondaryButton(words["dcc-remove"], { act(DccAction.Remove) }, isDestructive = true)
    }) {
        Paragraph(words["dcc-remove-text"])
        Group {
            Paragraph(one.kind)
            Aside(one.holder)
        }
    }
}
