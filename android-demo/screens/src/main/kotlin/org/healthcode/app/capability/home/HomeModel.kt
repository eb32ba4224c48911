package org.healthcode.app.capability.home

import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import kotlinx.coroutines.launch
import org.healthcode.ScreenWords
import org.healthcode.app.App
import org.healthcode.app.design.Design
import org.healthcode.app.design.StateLook
import org.healthcode.app.screen.lookOf
import org.healthcode.core.HealthCodeException
import org.healthcode.core.HomeView
import org.healthcode.word

/** Home over the real core. */
internal class HomeModel(
    private val app: App,
) {
    fun act(action: HomeAction) {
        when (action) {
            HomeAction.ShowCode -> app.navigator.open("code")
            HomeAction.Sync -> sync()
            is HomeAction.Open -> app.navigator.open(action.screen)
        }
    }

    private fun sync() {
        app.scope.launch {
            try {
                app.health.sync()
            } catch (_: HealthCodeException) {
                // The view says what holds.
            }
        }
    }
}

internal fun stateOf(
    view: HomeView,
    words: ScreenWords,
): HomeState {
    val look = view.colour?.takeIf { view.codeAvailable }?.let { lookOf(it.colour) } ?: StateLook.UNKNOWN
    return HomeState(
        look = look,
        title =
            view.colour
                ?.takeIf { view.codeAvailable }
                ?.colour
                ?.word(words.language) ?: words["home-unknown-title"],
        why = view.colour?.why,
        asOf = null,
        canShowCode = view.codeAvailable,
    )
}

/** The living screen. */
@Composable
internal fun HomeContent(app: App) {
    val view by app.health.home.collectAsState()
    val model = remember(app) { HomeModel(app) }
    HomeScreen(stateOf(view, Design.words), model::act)
}
