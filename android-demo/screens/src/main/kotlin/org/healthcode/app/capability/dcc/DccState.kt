package org.healthcode.app.capability.dcc

import org.healthcode.app.design.CodeEntryAction
import org.healthcode.app.design.EnteredCode
import org.healthcode.app.design.StatusMark

/** The EU certificates that are kept, adding one, and one of them. */
data class DccState(
    val page: DccPage,
    /** In a sentence, what there is. */
    val lead: String = "",
    val certificates: List<CertificateShown> = emptyList(),
    val canAdd: Boolean = true,
    /** Most that are kept. */
    val most: Int = 0,
    /** The one that is looked at. */
    val one: CertificateShown? = null,
    val code: EnteredCode = EnteredCode(),
    val isSyncing: Boolean = false,
    /** What is wrong with what was typed, scanned or picked, or with what was asked for. */
    val problem: String? = null,
    /** Counts the tries: with each that fails, the summary takes the focus. */
    val attempt: Int = 0,
) {
    /** The name in the table of states. */
    val name: String
        get() =
            when (page) {
                DccPage.LIST ->
                    when {
                        certificates.isEmpty() -> "empty"
                        canAdd -> "list"
                        else -> "full"
                    }
                DccPage.ADD ->
                    when {
                        problem != null -> "problem"
                        code.isScanning -> "scanning"
                        else -> "add"
                    }
                DccPage.ONE -> (one?.standing ?: Standing.READ).name.lowercase()
                DccPage.CONFIRM -> "confirm"
                DccPage.REMOVE -> "remove"
            }

    override fun toString(): String = "DccState($name, hidden)"
}

/** Which page is seen. */
enum class DccPage { LIST, ADD, ONE, CONFIRM, REMOVE }

/** How a certificate stands, as in docs/APPS.md. */
enum class Standing { READ, KEPT, NAMES, WAITING, AT_DESK, COUNTED, RECEIVED, NOT_ACCEPTED, REFUSED, NOT_OURS, STOPPED }

/** A certificate in words. */
data class CertificateShown(
    val id: String,
    val standing: Standing,
    val mark: StatusMark,
    /** What it is about. */
    val kind: String,
    /** How it stands on this phone. */
    val title: String,
    /** What is wrong with it. */
    val fault: String?,
    val spoken: String,
    /** How far it is with handing it in. */
    val sending: String?,
    val next: String,
    /** What comes next is the one thing to do. */
    val step: DccNext,
    /** It can be handed in as well, though that is not what comes next. */
    val canHandIn: Boolean,
    /** Both names have to be confirmed for that. */
    val mustConfirm: Boolean,
    /** The person, part by part. */
    val parts: List<PersonPart>,
    /** What the parts come to. */
    val comparison: String?,
    /** What of the rules does not hold. */
    val rules: List<String>,
    /** The name, as the certificate has it. */
    val holder: String,
    /** What else it says: label and value. */
    val lines: List<Pair<String, String>>,
) {
    override fun toString(): String = "CertificateShown($standing, hidden)"
}

/** What the primary button does. */
enum class DccNext { NONE, KEEP, HAND_IN, CONNECT, REGISTER }

/** A part of what names a person. */
data class PersonPart(
    val label: String,
    /** Empty where it is not said. */
    val inCertificate: String,
    val inDocument: String,
    /** What can be said of the two; none where there is one side alone. */
    val comparison: String?,
    /** Both sides have to be seen. */
    val isOpen: Boolean,
) {
    override fun toString(): String = "PersonPart(hidden)"
}

/** What a person can do there. */
sealed interface DccAction {
    data class Open(
        val id: String,
    ) : DccAction

    data object Add : DccAction

    /** Scans, picks or types one. */
    data class Enter(
        val how: CodeEntryAction,
    ) : DccAction

    /** Reads what was typed. */
    data object Read : DccAction

    /** What the primary button of one says. */
    data object Next : DccAction

    /** Hands it in; asks first where the names are not the same. */
    data object HandIn : DccAction

    /** It is theirs. */
    data object Confirm : DccAction

    data object AskToRemove : DccAction

    data object Remove : DccAction

    data object Back : DccAction
}
