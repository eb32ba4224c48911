package org.healthcode.app.capability.history

import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import org.healthcode.ScreenWords
import org.healthcode.app.App
import org.healthcode.app.design.Design
import org.healthcode.app.screen.lookOf
import org.healthcode.colourHistory
import org.healthcode.core.ColourPast
import org.healthcode.core.HealthCodeException
import org.healthcode.core.ReceiptSeal
import org.healthcode.text
import org.healthcode.word

/**
 * The history over the real core, which checks each seal anew.
 *
 * Invariant: a change whose seal does not hold is shown and called broken, never left out.
 */
internal class HistoryModel(
    private val app: App,
) {
    private var past by mutableStateOf<List<ColourPast>?>(null)
    private var failure by mutableStateOf<HealthCodeException?>(null)
    private var hint by mutableStateOf<String?>(null)

    /** Reads it again whenever home, or the language, changes. */
    suspend fun follow() {
        app.health.home.collect {
            try {
                past = app.health.colourHistory()
                failure = null
            } catch (unreadable: HealthCodeException) {
                failure = unreadable
            }
        }
    }

    fun act(action: HistoryAction) {
        hint = null
        when (action) {
            HistoryAction.BACK -> app.navigator.back()
            HistoryAction.CALL -> hint = app.callHealthLine()
        }
    }

    /** None until the first answer, which takes milliseconds. */
    fun state(words: ScreenWords): HistoryState? {
        failure?.let { return HistoryState(HistoryName.EMPTY, failure = it.text(words.language)) }
        val past = past ?: return null
        val name =
            when {
                past.any { it.seal == ReceiptSeal.UNVERIFIABLE } -> HistoryName.BROKEN
                past.isEmpty() -> HistoryName.EMPTY
                else -> HistoryName.CHANGES
            }
        return HistoryState(name, past.map { changeOf(it, words) }, hint = hint)
    }
}

private fun changeOf(
    change: ColourPast,
    words: ScreenWords,
): SeenChange {
    val to = change.to.word(words.language)
    val from = change.from
    val isBroken = change.seal == ReceiptSeal.UNVERIFIABLE
    return SeenChange(
        from = from?.let { lookOf(it) },
        to = lookOf(change.to),
        title =
            when (from) {
                null -> words.format("history-first", "to" to to)
                change.to -> words.format("history-same", "to" to to)
                else -> words.format("history-change", "from" to from.word(words.language), "to" to to)
            },
        reason = change.texts.text,
        changedAt = words.format("history-changed-at", "time" to change.changedAtText),
        decidedBy = change.officers?.let { words.format("history-officers", "count" to it) } ?: words["history-by-rule"],
        seal =
            when (change.seal) {
                ReceiptSeal.VERIFIED -> words["history-seal-verified"]
                ReceiptSeal.UNVERIFIABLE -> words["history-seal-unverifiable"]
                ReceiptSeal.NOT_NOW -> words["history-seal-not-now"]
            },
        isSealBroken = isBroken,
        receipt = if (isBroken) words.format("history-receipt", "hash" to change.receiptSha256) else null,
    )
}

/** The living screen. */
@Composable
internal fun HistoryContent(app: App) {
    val model = remember(app) { HistoryModel(app) }
    LaunchedEffect(model) { model.follow() }
    model.state(Design.words)?.let { HistoryScreen(it, model::act) }
}
