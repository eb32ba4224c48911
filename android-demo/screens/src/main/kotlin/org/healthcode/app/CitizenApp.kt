package org.healthcode.app

import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.key
import androidx.compose.runtime.remember
import kotlinx.coroutines.delay
import org.healthcode.ScreenWords
import org.healthcode.app.design.Appearance
import org.healthcode.app.design.HealthTheme
import org.healthcode.core.HealthCodeException
import org.healthcode.core.TextDirection

/** The citizen's app once its store is open: the screen that the navigator shows, in the reader's looks and words. */
@Composable
fun CitizenApp(
    app: App,
    isDark: Boolean,
    reducesMotion: Boolean = false,
) = ReadersLooks(app.language, app.settings.isElder, isDark, reducesMotion) {
    LaunchedEffect(app, app.settings.language) { app.speak(app.settings.language) }
    LaunchedEffect(app) { app.health.home.collect { app.readTime() } }
    LaunchedEffect(app) { app.whileInFront { app.followTime() } }
    val shown = app.navigator.shown
    val screen = CITIZEN_SCREENS.find { it.name == shown.screen } ?: CITIZEN_SCREENS.first()
    key(shown) { screen.content(app, shown.argument) }
}

/** What only time changes: a code that ends, a day that is over. */
private suspend fun App.followTime() {
    while (true) {
        delay(LOOK_AGAIN_MS)
        try {
            health.refresh()
            readTime()
        } catch (_: HealthCodeException) {
            // A store that fails here says so in the next thing that the person asks for.
        }
    }
}

private const val LOOK_AGAIN_MS = 30_000L

/** The looks and words of a reader of [language]. */
@Composable
internal fun ReadersLooks(
    language: String,
    isElder: Boolean,
    isDark: Boolean,
    reducesMotion: Boolean,
    content: @Composable () -> Unit,
) {
    val words = remember(language) { ScreenWords(language) }
    val appearance =
        Appearance(
            language = language,
            isDark = isDark,
            isElder = isElder,
            isMirrored = words.direction == TextDirection.RIGHT_TO_LEFT,
            reducesMotion = reducesMotion,
        )
    HealthTheme(appearance, words, content = content)
}
