package org.healthcode.app.capability.history

import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import kotlinx.coroutines.launch
import org.healthcode.ScreenWords
import org.healthcode.app.App
import org.healthcode.app.design.Design
import org.healthcode.app.design.KeyDigits
import org.healthcode.app.screen.lookOf
import org.healthcode.capability.changes
import org.healthcode.capability.markChainAlarmsRead
import org.healthcode.core.ChainAlarmView
import org.healthcode.core.ChainState
import org.healthcode.core.ChangeSeal
import org.healthcode.core.ChangeView
import org.healthcode.core.ChangesView
import org.healthcode.core.HealthCodeException
import org.healthcode.text

/**
 * The chain of changes over the real core, which judges it.
 *
 * Invariant: what does not fit stays above all else until the person said that it was read; what is shown is all that was read.
 */
internal class HistoryModel(
    private val app: App,
) {
    private var view by mutableStateOf<ChangesView?>(null)
    private var failure by mutableStateOf<HealthCodeException?>(null)
    private var hint by mutableStateOf<String?>(null)

    /** Reads it again whenever home, or the language, changes. */
    suspend fun follow() {
        app.health.home.collect { look() }
    }

    private suspend fun look() {
        try {
            view = app.health.changes()
            failure = null
        } catch (unreadable: HealthCodeException) {
            failure = unreadable
        }
    }

    fun act(action: HistoryAction) {
        hint = null
        when (action) {
            HistoryAction.BACK -> app.navigator.back()
            HistoryAction.CALL -> hint = app.callHealthLine()
            HistoryAction.READ -> read()
            HistoryAction.APPEAL -> app.navigator.open("appeal")
            HistoryAction.CONNECT -> app.sync()
        }
    }

    /** Marks those that are on the screen, and no other. */
    private fun read() {
        val shown = view?.alarms.orEmpty().filterNot { it.isRead }
        app.scope.launch {
            try {
                app.health.markChainAlarmsRead(shown.map { it.id })
                look()
            } catch (unwritten: HealthCodeException) {
                hint = unwritten.text(app.language)
            }
        }
    }

    /** None until the first answer, which takes milliseconds. */
    fun state(
        words: ScreenWords,
        hasColour: Boolean,
    ): HistoryState? {
        failure?.let { return HistoryState(HistoryName.EMPTY, it.text(words.language)) }
        val view = view ?: return null
        val (past, unread) = view.alarms.partition { it.isRead }
        val name =
            when {
                unread.isNotEmpty() -> HistoryName.ALARM
                past.isNotEmpty() -> HistoryName.ALARMS_READ
                view.state == ChainState.INCOMPLETE -> HistoryName.INCOMPLETE
                view.changes.isEmpty() && !hasColour -> HistoryName.EMPTY
                view.state == ChainState.NOT_BY_AUTHORITY -> HistoryName.NOT_KEPT
                view.changes.isEmpty() -> HistoryName.EMPTY
                else -> HistoryName.CHANGES
            }
        return HistoryState(
            name = name,
            lead = if (name == HistoryName.EMPTY) words["history-empty"] else view.text,
            changes = view.changes.mapIndexed { place, change -> changeOf(change, view.changes.getOrNull(place + 1), words) },
            alarms = unread.map { alarmOf(it, words) },
            pastAlarms = past.map { alarmOf(it, words) },
            canAppeal = hasColour,
            hint = hint,
        )
    }
}

private fun alarmOf(
    alarm: ChainAlarmView,
    words: ScreenWords,
) = ChainAlarm(alarm.text, alarm.nextStep, words.format("history-alarm-noticed", "time" to alarm.noticedAtText))

/** [before] is the entry below it in the list: the one before it, where both are in the chain. */
private fun changeOf(
    change: ChangeView,
    before: ChangeView?,
    words: ScreenWords,
): EnteredChange {
    val known = before?.takeIf { it.seal != ChangeSeal.LOST && change.seal != ChangeSeal.LOST }
    val from = known?.shown
    val to = change.shown
    val isBroken = change.seal == ChangeSeal.ALARMED || change.seal == ChangeSeal.LOST
    return EnteredChange(
        from = from?.takeIf { it != to }?.let { lookOf(it.tone) },
        to = to?.let { lookOf(it.tone) },
        title =
            when {
                to == null -> words["history-unread"]
                from == null ->
                    if (change.number ==
                        1u
                    ) {
                        words.format("history-first", "to" to to.word)
                    } else {
                        to.word
                    }
                from != to -> words.format("history-change", "from" to from.word, "to" to to.word)
                known.texts.id != change.texts.id -> words.format("history-same", "to" to to.word)
                else -> to.word
            },
        reason = change.texts.text,
        changedAt = words.format("history-changed-at", "time" to change.atText),
        decidedBy = change.byText.ifEmpty { null },
        seal = change.sealText,
        isBroken = isBroken,
        faults = change.faults,
        entry = if (isBroken) entryOf(change.number.toInt(), change.sha256, words) else null,
    )
}

/** What an office asks for: the entry's number, and the digits that tell it from another. */
internal fun entryOf(
    number: Int,
    sha256: String,
    words: ScreenWords,
) = KeyDigits.of(sha256) { words.format("history-entry", "number" to number, "hash" to it) }

/** The living screen. */
@Composable
internal fun HistoryContent(app: App) {
    val model = remember(app) { HistoryModel(app) }
    val home by app.health.home.collectAsState()
    LaunchedEffect(model) { model.follow() }
    model.state(Design.words, home.colour != null)?.let { HistoryScreen(it, model::act) }
}
