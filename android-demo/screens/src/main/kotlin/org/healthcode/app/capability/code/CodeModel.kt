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
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.catch
import kotlinx.coroutines.flow.collectLatest
import kotlinx.coroutines.launch
import org.healthcode.ScreenWords
import org.healthcode.app.App
import org.healthcode.app.design.Design
import org.healthcode.app.design.QrModules
import org.healthcode.app.design.StateLook
import org.healthcode.app.screen.OWNER
import org.healthcode.app.screen.label
import org.healthcode.app.screen.lookOf
import org.healthcode.app.screen.meaningOf
import org.healthcode.app.screen.modulesOf
import org.healthcode.app.screen.take
import org.healthcode.capability.words
import org.healthcode.code
import org.healthcode.core.CodeView
import org.healthcode.core.HealthCodeException
import org.healthcode.core.HomeView
import org.healthcode.core.Stage
import org.healthcode.core.StatusKind
import org.healthcode.core.textOfCode

/**
 * The code's screen over the real core: follows the rotating code while it is seen, and those of everybody who is looked after here.
 *
 * Invariant: a code is drawn for its own time alone, and only while home calls it one; when the flow of codes ends, none is drawn.
 */
internal class CodeModel(
    private val app: App,
    first: String = OWNER,
) {
    private var shown by mutableStateOf<Shown?>(null)
    private var elapsedFifths by mutableIntStateOf(0)

    /** Stable code of why there is none, where it is not what home says. */
    private var failure by mutableStateOf<String?>(null)
    private var hasAsked by mutableStateOf(false)
    private var hint by mutableStateOf<String?>(null)
    private val others = GroupModel(app, first)

    private class Shown(
        val view: CodeView,
        val modules: QrModules,
    )

    /** Follows the codes until it is cancelled. */
    suspend fun follow() =
        coroutineScope {
            launch { others.follow() }
            app.health.codes
                .catch { problem ->
                    shown = null
                    failure = (problem as? HealthCodeException)?.code
                    hasAsked = true
                }.collectLatest { code -> show(code) }
        }

    fun act(action: CodeAction) {
        hint = null
        when (action) {
            CodeAction.Back -> app.navigator.back()
            CodeAction.Why -> others.id?.let { app.navigator.open("family", it) } ?: app.navigator.open("why")
            CodeAction.Next ->
                others.id?.let { app.navigator.open("family", it) } ?: run {
                    hint = app.take(app.health.home.value.nextStep)
                }
            is CodeAction.Show -> others.show(action.tab)
        }
    }

    /** None until the first answer, which takes milliseconds. */
    fun state(
        view: HomeView,
        words: ScreenWords,
    ): CodeState? {
        if (!others.hasRead) return null
        val code = shown?.takeIf { view.status.kind != StatusKind.UNKNOWN && !it.view.isExpired }
        val own =
            when {
                code != null -> withCode(code, view, words)
                view.status.kind != StatusKind.UNKNOWN && !hasAsked -> return null
                else -> without(view, words)
            }
        return others.over(own, words)
    }

    private suspend fun show(code: CodeView) {
        shown = Shown(code, modulesOf(code.text))
        failure = null
        hasAsked = true
        inFifths(code) { elapsedFifths = it }
    }

    private fun withCode(
        code: Shown,
        view: HomeView,
        words: ScreenWords,
    ): CodeState {
        val colour = code.view.colour.words(code.view.scheme, words.language)
        val look = lookOf(colour.tone)
        return CodeState(
            name = CodeName.valueOf(look.name),
            person = code.view.maskedName,
            look = look,
            title = colour.word,
            spoken = view.status.spoken,
            meaning = meaningOf(look, words),
            code = code.modules,
            absence = null,
            next = null,
            isSyncing = false,
            notes = notesOf(code.view),
            shownBefore = code.view.shownBeforeText,
            asOf = asOf(view, words),
            elapsedFifths = elapsedFifths,
        )
    }

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
}

/** Until when it is accepted although it has ended, and that doors can tell that it was shown before. */
internal fun notesOf(code: CodeView): List<String> = listOfNotNull(code.acceptedUntilText)

private const val FIFTHS = 5

/** Tells the fifths of the rotation that have gone by, as each goes. */
internal suspend fun inFifths(
    code: CodeView,
    tell: (Int) -> Unit,
) {
    val step = code.rotationSecs.toLong() * 1_000 / FIFTHS
    var left = code.remainingMs.toLong()
    while (true) {
        tell((FIFTHS - (left + step - 1) / step).toInt())
        if (left <= 0) break
        val wait = if (left % step == 0L) step else left % step
        delay(wait)
        left -= wait
    }
}

/** The living screen, at a dependant's code where [argument] names one: bright, and closed to pictures of it, while a code is on it. */
@Composable
internal fun CodeContent(
    app: App,
    argument: String?,
) {
    val view by app.health.home.collectAsState()
    val model = remember(app, argument) { CodeModel(app, argument ?: OWNER) }
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
