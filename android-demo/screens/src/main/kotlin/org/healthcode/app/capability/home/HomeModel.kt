package org.healthcode.app.capability.home

import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import kotlinx.coroutines.launch
import org.healthcode.ScreenWords
import org.healthcode.app.App
import org.healthcode.app.design.Design
import org.healthcode.app.screen.take
import org.healthcode.capability.appeals
import org.healthcode.capability.bulletins
import org.healthcode.capability.changes
import org.healthcode.capability.entry
import org.healthcode.core.AppealView
import org.healthcode.core.ChangeSeal
import org.healthcode.core.ChangeView
import org.healthcode.core.EntryStage
import org.healthcode.core.HealthCodeException
import org.healthcode.core.HomeView
import org.healthcode.sunset

/**
 * Home over the real core.
 *
 * Invariant: a colour that the person has not read of is shown as news until it was read, also after the app was ended.
 */
internal class HomeModel(
    private val app: App,
) {
    private var unread by mutableIntStateOf(0)
    private var appeals by mutableStateOf(emptyList<AppealView>())
    private var hint by mutableStateOf<String?>(null)
    private var entry by mutableStateOf<String?>(null)
    private var end by mutableStateOf<RegionsEnd?>(null)

    /** The entry of the last change: tells it from the one before, and nobody what it was. */
    private var lastChange by mutableStateOf<String?>(null)

    fun act(action: HomeAction) {
        hint = null
        when (action) {
            HomeAction.Next -> hint = app.take(app.health.home.value.nextStep)
            HomeAction.Sync -> app.sync()
            is HomeAction.Open -> app.navigator.open(action.destination)
            is HomeAction.Dismiss -> dismiss(action.id)
            HomeAction.ReadNews -> app.settings.colourRead = lastChange
            HomeAction.Call -> hint = app.callHealthLine()
        }
    }

    /** Follows what the home view does not say. */
    suspend fun follow() {
        app.health.home.collect { view ->
            try {
                lastChange = lastChange(app.health.changes().changes).takeIf { view.colour != null }
                // The first colour is no news: home says it.
                if (lastChange == null || app.settings.colourRead == null) app.settings.colourRead = lastChange
            } catch (_: HealthCodeException) {
                // What cannot be read now is told later.
            }
            entry =
                try {
                    app.health
                        .entry()
                        .takeIf { it.stage != EntryStage.NOT_A_VISITOR }
                        ?.title
                } catch (_: HealthCodeException) {
                    null
                }
            end =
                try {
                    app.health.sunset()?.let { RegionsEnd(it.title, it.text, it.saveText) }
                } catch (_: HealthCodeException) {
                    end
                }
            appeals =
                try {
                    app.health.appeals().appeals
                } catch (_: HealthCodeException) {
                    emptyList()
                }
            unread =
                try {
                    app.health
                        .bulletins()
                        .unread
                        .toInt()
                } catch (_: HealthCodeException) {
                    0
                }
        }
    }

    fun state(
        view: HomeView,
        words: ScreenWords,
    ): HomeState =
        homeStateOf(view, words, app::moment).copy(
            appeals = openAppealsOf(appeals, words),
            unreadBulletins = unread,
            entry = entry,
            end = end,
            isSyncing = app.isSyncing,
            hint = hint,
        )

    /** None where everything was read of. */
    fun news(
        view: HomeView,
        words: ScreenWords,
    ): ColourNews? {
        val read = app.settings.colourRead
        return if (read == null || lastChange == null || read == lastChange) null else newsOf(view, words, app::moment)?.copy(hint = hint)
    }

    private fun dismiss(id: String) {
        app.scope.launch {
            try {
                app.health.dismissUpload(id)
            } catch (_: HealthCodeException) {
                // It is gone already, or stays: home says which.
            }
        }
    }
}

/** The newest entry that changed colour or reason: an order that changed neither is no news. */
private fun lastChange(changes: List<ChangeView>): String? {
    val chain = changes.filter { it.seal != ChangeSeal.LOST }
    val isNew = { change: ChangeView, before: ChangeView? -> before?.colour != change.colour || before?.texts?.id != change.texts.id }
    return chain.filterIndexed { place, change -> isNew(change, chain.getOrNull(place + 1)) }.firstOrNull()?.sha256
}

/** The living screen; [argument] is [MORE] or none. */
@Composable
internal fun HomeContent(
    app: App,
    argument: String?,
) {
    val view by app.health.home.collectAsState()
    val model = remember(app) { HomeModel(app) }
    LaunchedEffect(model) { model.follow() }
    val words = Design.words
    val news = model.news(view, words)
    when {
        argument == MORE -> MoreScreen(model.state(view, words), app.navigator::back, model::act)
        news != null -> NewsScreen(news, model::act)
        else -> HomeScreen(model.state(view, words), model::act)
    }
}
