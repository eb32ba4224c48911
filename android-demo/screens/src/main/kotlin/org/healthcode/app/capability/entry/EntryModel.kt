package org.healthcode.app.capability.entry

import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import org.healthcode.ScreenWords
import org.healthcode.app.App
import org.healthcode.app.design.Design
import org.healthcode.app.screen.DECLARATION
import org.healthcode.app.screen.ENTRY
import org.healthcode.app.screen.lookOf
import org.healthcode.app.screen.meaningOf
import org.healthcode.capability.entry
import org.healthcode.core.EntryStage
import org.healthcode.core.EntryStep
import org.healthcode.core.EntryView
import org.healthcode.core.HealthCodeException
import org.healthcode.core.HomeNoticeKind
import org.healthcode.core.HomeView
import org.healthcode.core.StatusKind
import org.healthcode.core.dateText

/** The entry over the real core, which says how far it is. */
internal class EntryModel(
    private val app: App,
) {
    private var view by mutableStateOf<EntryView?>(null)

    /** Keeps up with every change and every sync. */
    suspend fun follow(): Unit =
        app.health.home.collect {
            try {
                view = app.health.entry()
            } catch (_: HealthCodeException) {
                // Shown as it was read last.
            }
        }

    fun act(action: EntryAction) {
        when (action) {
            EntryAction.BACK -> app.navigator.back()
            EntryAction.REGIONS -> app.navigator.open("regions")
            EntryAction.NEXT ->
                when (view?.nextStep) {
                    EntryStep.DECLARE_ENTRY -> app.navigator.open("form", ENTRY)
                    EntryStep.CHECK_IN -> app.navigator.open("form", DECLARATION)
                    EntryStep.CONNECT -> app.sync()
                    EntryStep.NONE, null -> Unit
                }
        }
    }

    /** None until it was read, which takes milliseconds. */
    fun state(
        home: HomeView,
        words: ScreenWords,
    ): EntryState? {
        val entry = view ?: return null
        // A colour is one only while the code counts.
        val shown = entry.shown?.takeIf { home.status.kind != StatusKind.UNKNOWN }
        val look = shown?.let { lookOf(it.tone) }
        val refused = home.uploadsRefused.lastOrNull { it.kind == DECLARATION }.takeIf { entry.stage == EntryStage.REFUSED }
        return EntryState(
            stage = EntryStageName.valueOf(entry.stage.name),
            title = entry.title,
            spoken = entry.spoken,
            next = entry.nextStepText,
            look = look,
            colour = shown?.word,
            colourSpoken = shown?.spoken.orEmpty(),
            meaning = look?.let { meaningOf(it, words) },
            enteredOn = entry.enteredOn?.let { dateText(it, words.language) },
            declarations =
                entry.declarationsRequired?.let {
                    words.format("common-count-of", "done" to (entry.declarationsDone ?: 0u).toInt(), "total" to it.toInt())
                },
            earliestGreen = entry.earliestGreen?.let { dateText(it, words.language) },
            refusal = listOfNotNull(refused?.text, refused?.fieldText),
            step = stepOf(entry.nextStep, words),
            isOffline = home.notices.any { it.kind == HomeNoticeKind.OFFLINE },
            isSyncing = app.isSyncing,
            canAskRegions = home.codeAvailable,
        )
    }

    private fun stepOf(
        step: EntryStep,
        words: ScreenWords,
    ) = when (step) {
        EntryStep.DECLARE_ENTRY -> words["entry-declare"]
        EntryStep.CHECK_IN -> words["home-check-in"]
        EntryStep.CONNECT -> words["code-connect"]
        EntryStep.NONE -> null
    }
}

/** The living screen. */
@Composable
internal fun EntryContent(app: App) {
    val home by app.health.home.collectAsState()
    val model = remember(app) { EntryModel(app) }
    LaunchedEffect(model, app.language) { model.follow() }
    model.state(home, Design.words)?.let { EntryScreen(it, model::act) }
}
