package org.healthcode.app.capability.history

import org.healthcode.ScreenWords
import org.healthcode.app.screen.Screen
import org.healthcode.app.screen.drawings
import org.healthcode.app.screen.lookOf
import org.healthcode.core.Colour
import org.healthcode.core.MomentStyle
import org.healthcode.core.Reason
import org.healthcode.text
import org.healthcode.word

/** The history of colours. */
val historyScreen =
    Screen(
        "history",
        drawings("changes", "empty", "broken", state = ::example) { HistoryScreen(it) {} },
    ) { app, _ -> HistoryContent(app) }

private fun example(
    name: String,
    words: ScreenWords,
): HistoryState {
    val first = change(null, Colour.GREEN, Reason.CLEAR, 9, words)
    val changes =
        listOf(
            change(Colour.YELLOW, Colour.GREEN, Reason.MEASURE_LIFTED, 0, words),
            change(Colour.GREEN, Colour.YELLOW, Reason.CLOSE_CONTACT, 7, words),
            first,
        )
    return when (name) {
        "changes" -> HistoryState(HistoryName.CHANGES, changes)
        "empty" -> HistoryState(HistoryName.EMPTY)
        else -> {
            val broken =
                changes[1].copy(
                    seal = words["history-seal-unverifiable"],
                    isSealBroken = true,
                    receipt = words.format("history-receipt", "hash" to RECEIPT),
                )
            HistoryState(HistoryName.BROKEN, listOf(changes[0], broken, first))
        }
    }
}

private fun change(
    from: Colour?,
    to: Colour,
    reason: Reason,
    daysAgo: Int,
    words: ScreenWords,
): SeenChange {
    val word = to.word(words.language)
    return SeenChange(
        from = from?.let { lookOf(it) },
        to = lookOf(to),
        title =
            from?.let { words.format("history-change", "from" to it.word(words.language), "to" to word) }
                ?: words.format("history-first", "to" to word),
        reason = reason.text(words.language),
        changedAt =
            words.format(
                "history-changed-at",
                "time" to words.moment(MORNING - daysAgo * 86_400L, MORNING, MomentStyle.DAY_AND_TIME),
            ),
        decidedBy = if (to == Colour.YELLOW) words.format("history-officers", "count" to 2) else words["history-by-rule"],
        seal = words["history-seal-verified"],
        isSealBroken = false,
        receipt = null,
    )
}

private const val RECEIPT = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

/** 27 March 2026, 09:40 in China. */
private const val MORNING = 1_774_575_600L
