package org.healthcode.app.capability.passport

import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import org.healthcode.ScreenWords
import org.healthcode.app.App
import org.healthcode.app.OneAct
import org.healthcode.capability.prefillFromMrz
import org.healthcode.capability.readMrz
import org.healthcode.core.FormKind
import org.healthcode.core.HealthCodeException
import org.healthcode.core.Mrz
import org.healthcode.core.MrzLevel
import org.healthcode.core.MrzView
import org.healthcode.core.dateText
import org.healthcode.text

/** Has the core read a passport's lines, and lays them over the registration's draft. Nothing of the lines is kept here. */
internal class PassportModel(
    private val app: App,
) {
    private var lines by mutableStateOf("")
    private var view by mutableStateOf<MrzView?>(null)
    private var problem by mutableStateOf<(() -> String)?>(null)
    private val acts = OneAct(app.scope)
    private val words get() = app.words

    fun state(): PassportState = stateOf(lines, view, words).copy(problem = problem?.invoke())

    fun act(action: PassportAction) {
        when (action) {
            PassportAction.Back -> app.navigator.back()
            is PassportAction.Type -> {
                problem = null
                lines = action.lines
                view = null
            }
            PassportAction.Read -> acts.begin { read() }
            PassportAction.Take -> acts.begin { take() }
        }
    }

    /** Says in the language of the moment what was read before. */
    suspend fun speak() {
        if (view != null) read()
    }

    private suspend fun read() =
        saying {
            val typed = lines
            val seen = app.health.readMrz(typed)
            // What was typed meanwhile was not read.
            if (typed == lines) view = seen
        }

    private suspend fun take() =
        saying {
            app.health.saveDraft(FormKind.REGISTRATION, app.health.prefillFromMrz(lines))
            app.navigator.back()
        }

    private inline fun saying(work: () -> Unit) {
        try {
            problem = null
            work()
        } catch (refused: HealthCodeException) {
            problem = { refused.text(words.language) }
        }
    }
}

/** What the core says of the lines, as it is drawn; nothing yet without [view]. */
internal fun stateOf(
    lines: String,
    view: MrzView?,
    words: ScreenWords,
): PassportState {
    if (view == null) return PassportState(PassportStage.EMPTY, lines)
    return PassportState(
        stage =
            when (view.level) {
                MrzLevel.SOUND -> PassportStage.SOUND
                MrzLevel.EXPIRED -> PassportStage.EXPIRED
                MrzLevel.CHECK -> PassportStage.CHECK
                MrzLevel.UNREAD -> PassportStage.UNREAD
            },
        lines = lines,
        title = view.title,
        next = view.nextStep,
        faults = view.faults.map { PassportFault(it.text, it.place) },
        corrections = view.corrections,
        read = view.zone?.let { readOf(it, words) }.orEmpty(),
    )
}

private fun readOf(
    zone: Mrz,
    words: ScreenWords,
): List<Pair<String, String>> =
    listOfNotNull(
        words["passport-name"] to "${zone.surname} ${zone.givenNames}".trim(),
        words["passport-number"] to zone.documentNumber,
        words["passport-nationality"] to zone.nationality,
        zone.bornOn?.let { words["passport-born"] to dateText(it, words.language) },
        zone.expiresOn?.let { words["passport-expires"] to dateText(it, words.language) },
    )

/** The living screen. */
@Composable
internal fun PassportContent(app: App) {
    val model = remember(app) { PassportModel(app) }
    LaunchedEffect(model, app.language) { model.speak() }
    PassportScreen(model.state(), model::act)
}
