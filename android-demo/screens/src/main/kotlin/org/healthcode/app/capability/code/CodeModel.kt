package org.healthcode.app.capability.code

import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.catch
import kotlinx.coroutines.flow.collectLatest
import org.healthcode.ScreenWords
import org.healthcode.app.App
import org.healthcode.app.design.Design
import org.healthcode.app.design.QrModules
import org.healthcode.app.design.StateLook
import org.healthcode.app.screen.label
import org.healthcode.app.screen.lookOf
import org.healthcode.app.screen.meaningOf
import org.healthcode.app.screen.modulesOf
import org.healthcode.app.screen.take
import org.healthcode.code
import org.healthcode.core.CodeView
import org.healthcode.core.HealthCodeException
import org.healthcode.core.HomeView
import org.healthcode.core.Stage
import org.healthcode.core.StatusKind
import org.healthcode.core.textOfCode
import org.healthcode.word

/**
 * The code's screen over the real core: follows the rotating code while it is seen.
 *
 * Invariant: a code is drawn for its own time alone, and only while home calls it one; when the flow of codes ends, none is drawn.
 */
internal class CodeModel(
    private val app: App,
) {
    private var shown by mutableStateOf<Shown?>(null)
    private var elapsedFifths by mutableIntStateOf(0)

    /** Stable code of why there is none, where it is not what home says. */
    private var failure by mutableStateOf<String?>(null)
    private var hasAsked by mutableStateOf(false)
    private var hint by mutableStateOf<String?>(null)

    private class Shown(
        val view: CodeView,
        val modules: QrModules,
    )

    /** Follows the codes until it is cancelled. */
    suspend fun follow() =
        app.health.codes
            .catch { problem ->
                shown = null
                failure = (problem as? HealthCodeException)?.code
                hasAsked = true
            }.collectLatest { code -> show(code) }

    fun act(action: CodeAction) {
        hint = null
        when (action) {
            CodeAction.BACK -> app.navigator.back()
            CodeAction.WHY -> app.navigator.open("why")
            CodeAction.NEXT -> hint = app.take(app.health.home.value.nextStep)
        }
    }

    /** None until the first answer, which takes milliseconds. */
    fun state(
        view: HomeView,
        words: ScreenWords,
    ): CodeState? {
        val code = shown?.takeIf { view.status.kind != StatusKind.UNKNOWN && !it.view.isExpired }
        return when {
            code != null -> withCode(code, view, words)
            view.status.kind != StatusKind.UNKNOWN && !hasAsked -> null
            else -> without(view, words)
        }
    }

    private suspend fun show(code: CodeView) {
        shown = Shown(code, modulesOf(code.text))
        failure = null
        hasAsked = true
        val step = code.rotationSecs.toLong() * 1_000 / FIFTHS
        var left = code.remainingMs.toLong()
        while (true) {
            elapsedFifths = (FIFTHS - (left + step - 1) / step).toInt()
            if (left <= 0) break
            val wait = if (left % step == 0L) step else left % step
            delay(wait)
            left -= wait
        }
    }

    private fun withCode(
        code: Shown,
        view: HomeView,
        words: ScreenWords,
    ) = CodeState(
        name = CodeName.valueOf(code.view.colour.name),
        person = code.view.maskedName,
        look = lookOf(code.view.colour),
        title = code.view.colour.word(words.language),
        spoken = view.status.spoken,
        meaning = meaningOf(lookOf(code.view.colour), words),
        code = code.modules,
        absence = null,
        next = null,
        isSyncing = false,
        asOf = listOfNotNull(code.view.acceptedUntilText, asOf(view, words)).joinToString("\n").ifEmpty { null },
        elapsedFifths = elapsedFifths,
    )

    private fun asOf(
        view: HomeView,
        words: ScreenWords,
    ) = view.syncedAtMs?.let { words.format("code-as-of", "time" to app.moment(it.floorDiv(1_000))) }

    private fun without(
        view: HomeView,
        words: ScreenWords,
    ): CodeState {
        val name = if (view.stage == Stage.DECIDED) CodeName.EXPIRED else CodeName.NONE
        val (title, text) =
            if (name == CodeName.EXPIRED) {
                words["code-expired-title"] to words["code-expired-text"]
            } else {
                words["code-none-title"] to words["code-none-text"]
            }
        return CodeState(
            name = name,
            person = "",
            look = StateLook.UNKNOWN,
            title = title,
            spoken = view.status.spoken,
            meaning = null,
            code = null,
            absence = failure?.let { textOfCode(it, words.language) } ?: text,
            next = view.nextStep.label,
            isSyncing = app.isSyncing,
            asOf = asOf(view, words),
            elapsedFifths = 0,
            hint = hint,
        )
    }

    private companion object {
        const val FIFTHS = 5
    }
}

/** The living screen: bright, and closed to pictures of it, while a code is on it. */
@Composable
internal fun CodeContent(app: App) {
    val view by app.health.home.collectAsState()
    val model = remember(app) { CodeModel(app) }
    LaunchedEffect(model) { app.whileInFront { model.follow() } }
    val state = model.state(view, Design.words) ?: return
    val hasCode = state.code != null
    if (hasCode) {
        DisposableEffect(app) {
            app.host.codeIsShown(true)
            onDispose { app.host.codeIsShown(false) }
        }
    }
    CodeScreen(state, model::act)
}
