package org.healthcode.app.capability.proof

import org.healthcode.app.design.CodeEntryAction
import org.healthcode.app.design.EnteredCode
import org.healthcode.app.design.StatusMark
import org.healthcode.core.ProofKind

/** How a person proves who they are, and how that stands. */
data class ProofState(
    val name: ProofName,
    /** What all of it is about. */
    val introduction: String,
    /** How the own proof stands; none where there is nothing to say of it yet. */
    val own: OwnProof? = null,
    val ways: List<ProofWay> = emptyList(),
    val code: EnteredCode = EnteredCode(),
    /** What the core makes of what was typed: grouped, and what is missing. */
    val readBack: String = "",
    val missing: String = "",
    /** What is wrong with what was typed, or with the last try. */
    val problem: String? = null,
    /** Counts the tries: with each that fails, the summary takes the focus. */
    val attempt: Int = 0,
    val isSyncing: Boolean = false,
    /** The page of a login, while it is open. */
    val login: LoginPage? = null,
    /** A registration waits for this proof. */
    val isRegistering: Boolean = false,
    /** What the phone could not do. */
    val hint: String? = null,
)

/** As in docs/APPS.md. */
enum class ProofName { NOT_KNOWN, NOT_NEEDED, WAYS, CODE, PROBLEM, LOGGING_IN, LOGIN_FAILED, WAITING, REFUSED, NEEDS_DESK, PROVEN }

/** Where somebody logs in. */
data class LoginPage(
    val address: String,
    /** Whether a browser shows it. */
    val isOpened: Boolean,
)

/** The own proof in words. */
data class OwnProof(
    val mark: StatusMark,
    val title: String,
    val text: String,
    val spoken: String,
    val since: String? = null,
)

/** A way to prove it. */
data class ProofWay(
    val kind: ProofKind,
    val title: String,
    val text: String,
    val phone: String?,
    /** Whether this phone can do it. */
    val isHere: Boolean,
)

/** What a person can do there. */
sealed interface ProofAction {
    data class Take(
        val kind: ProofKind,
    ) : ProofAction

    /** Scans, picks or types the desk's code. */
    data class Enter(
        val how: CodeEntryAction,
    ) : ProofAction

    /** Sends what was typed. */
    data object Send : ProofAction

    /** Shows the login's page in the browser once more. */
    data object ShowLogin : ProofAction

    data class Copy(
        val text: String,
    ) : ProofAction

    /** No login after all. */
    data object CancelLogin : ProofAction

    data class Call(
        val phone: String,
    ) : ProofAction

    data object Connect : ProofAction

    /** Registers without one: two officers moved an earlier registration to this phone. */
    data object WithoutProof : ProofAction

    /** To the ways, after a refusal. */
    data object TryAgain : ProofAction

    data object Done : ProofAction

    data object Back : ProofAction
}
