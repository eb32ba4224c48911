package org.healthcode.app.capability.bulletins

import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import org.healthcode.ScreenWords
import org.healthcode.app.App
import org.healthcode.app.design.Design
import org.healthcode.capability.bulletins
import org.healthcode.capability.markBulletinsRead
import org.healthcode.core.BulletinView
import org.healthcode.core.HealthCodeException

/**
 * Bulletins over the real core: what the last sync brought.
 *
 * Invariant: one that is opened is read, and nobody is told.
 */
internal class BulletinsModel(
    private val app: App,
    private val words: ScreenWords,
    /** Id of the one to read; null: all of them. */
    private val opened: String?,
) {
    /** What is seen; null until the core has answered, which takes milliseconds. */
    var state by mutableStateOf<BulletinsState?>(null)
        private set

    /** Reads them again after every sync. */
    suspend fun follow() {
        app.health.home.collect { load() }
    }

    private suspend fun load() {
        try {
            app.readTime()
            if (opened != null) app.health.markBulletinsRead(listOf(opened))
            val all =
                app.health
                    .bulletins()
                    .bulletins
                    .map(::stateOf)
            state = BulletinsState(all, all.find { it.id == opened }, state?.note)
        } catch (_: HealthCodeException) {
            // What was read stays on the screen.
            state = state ?: BulletinsState(emptyList())
        }
    }

    fun act(action: BulletinsAction) {
        when (action) {
            BulletinsAction.Back -> app.navigator.back()
            is BulletinsAction.Open -> app.navigator.open("bulletins", action.id)
            is BulletinsAction.Call -> {
                if (!app.host.call(action.phone)) note(words.format("common-call-by-hand", "number" to action.phone))
            }
            is BulletinsAction.Browse -> if (!app.host.browse(action.link)) note(action.link)
        }
    }

    private fun note(text: String) {
        state = state?.copy(note = text)
    }

    private fun stateOf(view: BulletinView) =
        BulletinState(
            id = view.id,
            urgency = view.urgency,
            title = view.title,
            text = view.text,
            published = app.moment(view.publishedAt),
            isRead = view.isRead,
            phone = view.phone,
            link = view.link,
        )
}

/** The living screen. */
@Composable
internal fun BulletinsContent(
    app: App,
    opened: String?,
) {
    val words = Design.words
    val model = remember(app, words, opened) { BulletinsModel(app, words, opened) }
    LaunchedEffect(model) { model.follow() }
    model.state?.let { BulletinsScreen(it, model::act) }
}
