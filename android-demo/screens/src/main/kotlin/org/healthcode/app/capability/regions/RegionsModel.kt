package org.healthcode.app.capability.regions

import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import org.healthcode.app.App
import org.healthcode.app.screen.lookOf
import org.healthcode.capability.codeInRegions
import org.healthcode.core.ElsewhereView
import org.healthcode.core.HealthCodeException
import org.healthcode.text

/** What the code counts as elsewhere, over the real core. */
internal class RegionsModel(
    private val app: App,
) {
    /** Null until it was read, which takes milliseconds. */
    var state by mutableStateOf<RegionsState?>(null)
        private set

    /** Keeps up with every change and every sync. */
    suspend fun follow(): Unit =
        app.health.home.collect {
            state =
                try {
                    RegionsState(app.health.codeInRegions().map(::rowOf))
                } catch (none: HealthCodeException) {
                    RegionsState(emptyList(), none.text(app.language))
                }
        }

    private fun rowOf(view: ElsewhereView) = RegionRow(lookOf(view.there.tone), view.title, view.ruleText, view.nextStep, view.spoken)
}

/** The living screen. */
@Composable
internal fun RegionsContent(app: App) {
    val model = remember(app) { RegionsModel(app) }
    LaunchedEffect(model, app.language) { model.follow() }
    model.state?.let { RegionsScreen(it, app.navigator::back) }
}
