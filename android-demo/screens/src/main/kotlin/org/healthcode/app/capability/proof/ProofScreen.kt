package org.healthcode.app.capability.proof

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.text.selection.SelectionContainer
import androidx.compose.runtime.Composable
import androidx.compose.runtime.key
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.focus.FocusRequester
import androidx.compose.ui.platform.testTag
import org.healthcode.app.design.Aside
import org.healthcode.app.design.CodeEntry
import org.healthcode.app.design.CodeWords
import org.healthcode.app.design.Design
import org.healthcode.app.design.ErrorText
import org.healthcode.app.design.Group
import org.healthcode.app.design.Heading
import org.healthcode.app.design.LinkRow
import org.healthcode.app.design.Mending
import org.healthcode.app.design.Page
import org.healthcode.app.design.Paragraph
import org.healthcode.app.design.PrimaryButton
import org.healthcode.app.design.ProblemSummary
import org.healthcode.app.design.SecondaryButton
import org.healthcode.app.design.StatusCard
import org.healthcode.app.design.stateName
import org.healthcode.core.ProofKind

/** How the own proof stands, the ways to prove it, and typing or scanning a desk's code. [camera] draws what the camera sees. */
@Composable
fun ProofScreen(
    state: ProofState,
    act: (ProofAction) -> Unit,
    camera: @Composable (Modifier) -> Unit = {},
) = Box(Modifier.stateName(state.name.name.lowercase())) {
    val isTyping = state.name == ProofName.CODE || state.name == ProofName.PROBLEM
    val login = state.login.takeIf { state.name == ProofName.LOGGING_IN }
    key(isTyping, login != null) {
        when {
            isTyping -> CodePage(state, act, camera)
            login != null -> BrowserPage(login, act)
            else -> StandingPage(state, act)
        }
    }
}

/** The browser is in front, or the address is to be taken to one. */
@Composable
private fun BrowserPage(
    login: LoginPage,
    act: (ProofAction) -> Unit,
) {
    val words = Design.words
    Page(
        words["proof-login-title"],
        { act(ProofAction.Back) },
        bottom = {
            if (login.isOpened) {
                SecondaryButton(words["proof-login-again"], { act(ProofAction.ShowLogin) })
            } else {
                PrimaryButton(words["proof-login-copy"], { act(ProofAction.Copy(login.address)) })
            }
            SecondaryButton(words["common-cancel"], { act(ProofAction.CancelLogin) })
        },
    ) {
        Paragraph(words[if (login.isOpened) "proof-login-open" else "proof-login-by-hand"])
        if (!login.isOpened) SelectionContainer { Aside(login.address, Modifier.testTag("address")) }
    }
}

@Composable
private fun StandingPage(
    state: ProofState,
    act: (ProofAction) -> Unit,
) {
    val words = Design.words
    val offersWays = state.name == ProofName.WAYS || state.name == ProofName.LOGIN_FAILED
    Page(words["proof-title"], { act(ProofAction.Back) }, bottom = bottomOf(state, act)) {
        val own = state.own
        if (own != null) {
            StatusCard(own.mark, own.title, own.text, own.spoken, Modifier.testTag("status"))
            own.since?.let { Aside(it) }
        }
        if (state.name != ProofName.PROVEN && state.name != ProofName.WAITING) Paragraph(state.introduction)
        if (state.name == ProofName.NOT_NEEDED) Paragraph(words["proof-not-needed"])
        if (state.isRegistering && offersWays) Paragraph(words["proof-registering"])
        if (state.name == ProofName.LOGIN_FAILED) ErrorText(state.problem ?: words["proof-login-failed"])
        if (offersWays) for (way in state.ways) Way(way, act)
        if (state.isRegistering && offersWays) LinkRow(words["proof-without"], { act(ProofAction.WithoutProof) })
        if (state.name == ProofName.NEEDS_DESK || state.name == ProofName.REFUSED) {
            for (way in state.ways.filter { it.phone != null }) Desk(way, act)
        }
        state.hint?.let { Paragraph(it) }
    }
}

@Composable
private fun bottomOf(
    state: ProofState,
    act: (ProofAction) -> Unit,
): (@Composable ColumnScope.() -> Unit)? {
    val words = Design.words
    return when (state.name) {
        ProofName.NOT_KNOWN, ProofName.WAITING -> (
            {
                val label = if (state.isSyncing) words["home-syncing"] else words["home-sync"]
                PrimaryButton(label, { act(ProofAction.Connect) }, isEnabled = !state.isSyncing)
            }
        )
        ProofName.REFUSED -> if (state.ways.isEmpty()) null else ({ PrimaryButton(words["common-retry"], { act(ProofAction.TryAgain) }) })
        ProofName.PROVEN -> ({ PrimaryButton(words["form-to-home"], { act(ProofAction.Done) }) })
        else -> null
    }
}

@Composable
private fun Way(
    way: ProofWay,
    act: (ProofAction) -> Unit,
) = Group {
    val words = Design.words
    Heading(way.title)
    Paragraph(way.text)
    if (!way.isHere) Aside(words["proof-not-here"])
    if (way.isHere) {
        val label = if (way.kind == ProofKind.ACTIVATION_CODE) words["proof-type-code"] else way.title
        PrimaryButton(label, { act(ProofAction.Take(way.kind)) })
    }
    way.phone?.let { phone -> SecondaryButton(words.format("common-call-number", "number" to phone), { act(ProofAction.Call(phone)) }) }
}

/** Where the desk is, and how to call it. */
@Composable
private fun Desk(
    way: ProofWay,
    act: (ProofAction) -> Unit,
) = Group {
    Paragraph(way.text)
    way.phone?.let { phone ->
        SecondaryButton(Design.words.format("common-call-number", "number" to phone), { act(ProofAction.Call(phone)) })
    }
}

@Composable
private fun CodePage(
    state: ProofState,
    act: (ProofAction) -> Unit,
    camera: @Composable (Modifier) -> Unit,
) {
    val words = Design.words
    val focus = remember { FocusRequester() }
    val problem = state.problem
    Page(
        words["proof-code-title"],
        { act(ProofAction.Back) },
        bottom = {
            if (state.code.isScanning) {
                SecondaryButton(words["common-cancel"], { act(ProofAction.Back) })
            } else {
                PrimaryButton(words["proof-send"], { act(ProofAction.Send) })
            }
        },
        above =
            problem?.let {
                {
                    ProblemSummary(words["common-problem-title"], listOf(Mending(it) { focus.requestFocus() }), state.attempt)
                }
            },
        focusesTitle = problem == null,
    ) {
        Paragraph(words["proof-code-hint"])
        CodeEntry(
            state.code,
            problem,
            CodeWords(words["proof-code-title"], words["proof-scan"], words["dcc-picture"]),
            { act(ProofAction.Enter(it)) },
            focus,
            style = Design.sizes.title,
            camera = camera,
        ) {
            if (state.code.typed.isNotBlank()) {
                Heading(state.readBack)
                if (problem == null && state.missing.isNotEmpty()) Aside(state.missing)
            }
        }
        state.hint?.let { Paragraph(it) }
    }
}
