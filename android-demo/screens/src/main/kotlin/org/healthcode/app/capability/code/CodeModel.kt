package org.healthcode.app.capability.code

import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.catch
import kotlinx.coroutines.flow.collectLatest
import org.healthcode.app.App
import org.healthcode.app.design.StateLook
import org.healthcode.app.screen.lookOf
import org.healthcode.app.screen.modulesOf
import org.healthcode.code
import org.healthcode.core.CodeView
import org.healthcode.core.HealthCodeException
import org.healthcode.core.textOfCode
import org.healthcode.word

/**
 * The code's screen over the real core: follows the rotating code while it is seen.
 *
 * Invariant: a code is drawn for its own time alone; when the flow of codes ends, none is drawn.
 */
internal class CodeModel(
    private val app: App,
) {
    /** What is seen; null until the first answer, which takes milliseconds. */
    var state by mutableStateOf<CodeState?>(null)
        private set

    /** Follows the codes until it is cancelled. */
    suspend fun follow() {
        app.health.codes
            .catch { problem -> state = without((problem as? HealthCodeException)?.code) }
            .collectLatest { code -> show(code) }
    }

    fun act(action: CodeAction) =
        when (action) {
            CodeAction.BACK -> app.navigator.back()
            CodeAction.WHY -> app.navigator.open("why")
            CodeAction.GET_CODE -> app.navigator.home()
        }

    private suspend fun show(code: CodeView) {
        val drawn = modulesOf(code.text)
        val step = code.rotationSecs.toLong() * 1_000 / FIFTHS
        var left = code.remainingMs.toLong()
        while (true) {
            val elapsed = FIFTHS - (left + step - 1) / step
            state = stateOf(code, elapsed.toInt()).copy(code = drawn)
            if (left <= 0) break
            val wait = if (left % step == 0L) step else left % step
            delay(wait)
            left -= wait
        }
    }

    private fun stateOf(
        code: CodeView,
        elapsedFifths: Int,
    ) = CodeState(
        person = code.maskedName,
        look = lookOf(code.colour),
        title = code.colour.word(app.health.language),
        code = null,
        absence = null,
        asOf = null,
        elapsedFifths = elapsedFifths,
    )

    private fun without(reason: String?) =
        CodeState(
            person = "",
            look = StateLook.UNKNOWN,
            title = "",
            code = null,
            absence = reason?.let { textOfCode(it, app.health.language) },
            asOf = null,
            elapsedFifths = 0,
        )

    private companion object {
        const val FIFTHS = 5
    }
}

/** The living screen. */
@Composable
internal fun CodeContent(app: App) {
    val model = remember(app) { CodeModel(app) }
    LaunchedEffect(model) { model.follow() }
    DisposableEffect(app) {
        app.host.codeIsShown(true)
        onDispose { app.host.codeIsShown(false) }
    }
    model.state?.let { CodeScreen(it, model::act) }
}
