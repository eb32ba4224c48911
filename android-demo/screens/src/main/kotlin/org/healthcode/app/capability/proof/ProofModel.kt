package org.healthcode.app.capability.proof

import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import kotlinx.coroutines.Job
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.launch
import org.healthcode.ScreenWords
import org.healthcode.app.App
import org.healthcode.app.Assertion
import org.healthcode.app.OneAct
import org.healthcode.app.design.CodeEntryAction
import org.healthcode.app.design.Design
import org.healthcode.app.design.EnteredCode
import org.healthcode.app.design.StatusMark
import org.healthcode.app.screen.REGISTRATION
import org.healthcode.capability.identityProof
import org.healthcode.capability.proveIdentity
import org.healthcode.capability.registerWithProof
import org.healthcode.capability.reviewActivationCode
import org.healthcode.core.ActivationCodeReview
import org.healthcode.core.FormKind
import org.healthcode.core.HealthCodeException
import org.healthcode.core.IdentityProofView
import org.healthcode.core.OwnProofState
import org.healthcode.core.OwnProofView
import org.healthcode.core.ProofKind
import org.healthcode.core.ProofLevel
import org.healthcode.core.ProofWayView
import org.healthcode.core.SyncReason
import org.healthcode.core.consent
import org.healthcode.text

/**
 * Proving who one is, over the real core. With [isRegistering] the answers of the registration's draft go along, in one step.
 *
 * Invariant: the core alone says which proofs count, what is wrong with a code, and how the own proof stands. What was typed or
 * a login gave is kept nowhere here once it was handed over.
 */
internal class ProofModel(
    private val app: App,
    private val isRegistering: Boolean,
) {
    private val health = app.health
    private val words get() = app.words
    private val acts = OneAct(app.scope)

    private var view by mutableStateOf<IdentityProofView?>(null)
    private var typed by mutableStateOf("")
    private var review by mutableStateOf<ActivationCodeReview?>(null)
    private var isTyping by mutableStateOf(false)
    private var isScanning by mutableStateOf(false)
    private var triesAgain by mutableStateOf(isRegistering)
    private var loginFailed by mutableStateOf(false)
    private val login = app.host.logins?.let { BrowserLogin(app, it) }

    /** Waits for the browser. */
    private var waiting: Job? = null

    /** In the language of the moment. */
    private var problem by mutableStateOf<(() -> String)?>(null)
    private var attempt by mutableStateOf(0)
    private var hint by mutableStateOf<String?>(null)

    /** Reads it again whenever home, or the language, changes; and goes on with a login that was begun before the screen was made anew. */
    suspend fun follow() {
        if (app.host.logins?.begun != null) goByBrowser()
        health.home.collect { look() }
    }

    suspend fun look() {
        try {
            view = health.identityProof()
            if (isTyping) review = health.reviewActivationCode(typed)
        } catch (unreadable: HealthCodeException) {
            hint = unreadable.text(words.language)
        }
    }

    fun act(action: ProofAction) {
        hint = null
        when (action) {
            is ProofAction.Take -> take(action.kind)
            is ProofAction.Enter ->
                when (val how = action.how) {
                    is CodeEntryAction.Type -> type(how.text)
                    CodeEntryAction.Scan -> scan()
                    CodeEntryAction.Pick -> doing { pick() }
                }
            ProofAction.Send -> doing { sendCode() }
            ProofAction.ShowLogin -> login?.show()
            is ProofAction.Copy -> app.host.copy(action.text)
            ProofAction.CancelLogin -> cancelLogin()
            is ProofAction.Call -> if (!app.host.call(action.phone)) hint = words.format("common-call-by-hand", "number" to action.phone)
            ProofAction.Connect -> app.sync()
            ProofAction.WithoutProof -> doing { register(ProofKind.NONE, "") }
            ProofAction.TryAgain -> triesAgain = true
            ProofAction.Done -> app.navigator.home()
            ProofAction.Back -> app.navigator.back()
        }
    }

    /** One step back; whether there was one. */
    fun stepBack(): Boolean {
        problem = null
        loginFailed = false
        when {
            login?.page != null -> cancelLogin()
            isScanning -> isScanning = false
            isTyping -> isTyping = false
            triesAgain && !isRegistering -> triesAgain = false
            else -> return false
        }
        return true
    }

    /** The screen goes; a login that was begun stays open. */
    fun leave() {
        waiting?.cancel()
    }

    /** What the camera saw: the first of them, as it is; the core says whether it is a code. */
    fun scanned(codes: List<String>) {
        isScanning = false
        type(codes.first())
    }

    private suspend fun pick() {
        val codes = app.host.picker?.codes() ?: return
        if (codes.isNotEmpty()) return type(codes.first())
        attempt += 1
        problem = { words["dcc-no-code"] }
    }

    fun state(words: ScreenWords): ProofState? {
        val view = view ?: return null
        return ProofState(
            name = nameOf(view),
            introduction = view.introduction,
            own = ownOf(view.own, words).takeIf { view.own.state != OwnProofState.NOT_REGISTERED },
            ways = view.ways.map { wayOf(it) },
            code = EnteredCode(typed, app.host.camera != null, app.host.picker != null, isScanning),
            readBack = review?.text.orEmpty(),
            missing = review?.message?.takeIf { review?.error == null }.orEmpty(),
            problem = problem?.invoke(),
            attempt = attempt,
            isSyncing = app.isSyncing,
            login = login?.page,
            isRegistering = isRegistering,
            hint = hint,
        )
    }

    private fun nameOf(view: IdentityProofView): ProofName {
        val own = view.own.state
        return when {
            login?.page != null -> ProofName.LOGGING_IN
            own == OwnProofState.PROVEN -> ProofName.PROVEN
            own == OwnProofState.WAITING && !triesAgain -> ProofName.WAITING
            own == OwnProofState.NEEDS_DESK && !triesAgain -> ProofName.NEEDS_DESK
            own == OwnProofState.REFUSED && !triesAgain -> ProofName.REFUSED
            !view.isKnown -> ProofName.NOT_KNOWN
            view.ways.isEmpty() -> ProofName.NOT_NEEDED
            isTyping -> if (problem == null) ProofName.CODE else ProofName.PROBLEM
            loginFailed -> ProofName.LOGIN_FAILED
            else -> ProofName.WAYS
        }
    }

    private fun ownOf(
        own: OwnProofView,
        words: ScreenWords,
    ) = OwnProof(
        mark =
            when (own.level) {
                ProofLevel.GOOD -> StatusMark.DONE
                ProofLevel.NOTE -> StatusMark.WAITING
                ProofLevel.WARNING -> StatusMark.ATTENTION
            },
        title = own.title,
        text = own.text,
        spoken = "${own.spoken} ${own.text}",
        since = own.provenAt?.let { words.format("proof-since", "time" to app.moment(it)) },
    )

    private fun wayOf(way: ProofWayView): ProofWay {
        val isHere =
            when (way.kind) {
                ProofKind.ACTIVATION_CODE -> true
                ProofKind.OIDC -> login != null
                ProofKind.HOST_ASSERTION -> app.host.canAssert
                ProofKind.NONE -> false
            }
        return ProofWay(way.kind, way.title, way.text, way.phone, isHere)
    }

    private fun take(kind: ProofKind) {
        if (acts.isUnderWay) return
        problem = null
        loginFailed = false
        when (kind) {
            ProofKind.ACTIVATION_CODE -> isTyping = true
            ProofKind.OIDC -> goByBrowser()
            ProofKind.HOST_ASSERTION -> doing { askAround() }
            ProofKind.NONE -> Unit
        }
    }

    private fun type(code: String) {
        typed = code
        problem = null
        app.scope.launch {
            val seen = health.reviewActivationCode(code)
            if (code == typed) review = seen
        }
    }

    private fun scan() {
        val camera = app.host.camera ?: return
        problem = null
        app.scope.launch { if (camera.isAllowed()) isScanning = true else camera.openSettings() }
    }

    private suspend fun sendCode() {
        val seen = health.reviewActivationCode(typed)
        if (!seen.isComplete) {
            attempt += 1
            val code = typed
            problem = { review?.takeIf { code == typed }?.message ?: seen.message }
            return
        }
        prove(ProofKind.ACTIVATION_CODE, typed)
    }

    private suspend fun askAround() {
        val way = view?.ways?.find { it.kind == ProofKind.HOST_ASSERTION } ?: return
        val token = app.host.assertion(Assertion(way.issuer.orEmpty(), view?.nonce.orEmpty()))
        loginFailed = token == null
        if (token != null) prove(ProofKind.HOST_ASSERTION, token)
    }

    private fun goByBrowser() {
        val login = login ?: return
        doing {
            waiting = currentCoroutineContext()[Job]
            prove(ProofKind.OIDC, login.token())
        }
    }

    private fun cancelLogin() {
        app.host.logins?.end()
        waiting?.cancel()
    }

    private suspend fun prove(
        kind: ProofKind,
        proof: String,
    ) {
        if (isRegistering) return register(kind, proof)
        health.proveIdentity(kind, proof)
        sent()
    }

    private suspend fun register(
        kind: ProofKind,
        proof: String,
    ) {
        val agreed = consent(words.language)
        health.registerWithProof(health.draft(FormKind.REGISTRATION), agreed, kind, proof)
        app.settings.agreedConsent = agreed.version.toInt()
        app.settings.isWelcomed = true
        sent()
        // Home says what became of it; with a proof this page does.
        if (kind == ProofKind.NONE) app.navigator.home()
    }

    private fun sent() {
        typed = ""
        review = null
        isTyping = false
        triesAgain = false
        app.sync(SyncReason.AFTER_SUBMIT)
    }

    private fun doing(work: suspend () -> Unit) =
        acts.begin {
            try {
                problem = null
                work()
            } catch (ended: LoginEnded) {
                problem = { words[ended.word] }
                loginFailed = true
            } catch (refused: HealthCodeException) {
                attempt += 1
                val first = (refused as? HealthCodeException.FormRefused)?.fields?.firstOrNull()
                problem = { first?.text ?: refused.text(words.language) }
                loginFailed = !isTyping
            }
            look()
        }
}

/** The living screen; [argument] is [REGISTRATION] where the registration's answers wait for a proof. */
@Composable
internal fun ProofContent(
    app: App,
    argument: String?,
) {
    val model = remember(app, argument) { ProofModel(app, argument == REGISTRATION) }
    LaunchedEffect(model) { model.follow() }
    LaunchedEffect(model, app.language) { model.look() }
    DisposableEffect(model) {
        app.navigator.within = model::stepBack
        onDispose {
            app.navigator.within = null
            model.leave()
        }
    }
    val camera = app.host.camera
    model.state(Design.words)?.let { state ->
        ProofScreen(state, model::act) { modifier -> camera?.View(false, model::scanned, modifier) }
    }
}
