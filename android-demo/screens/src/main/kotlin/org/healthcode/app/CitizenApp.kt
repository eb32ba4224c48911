package org.healthcode.app

import androidx.compose.runtime.Composable
import androidx.compose.runtime.key
import androidx.compose.runtime.remember
import org.healthcode.ScreenWords
import org.healthcode.app.design.Appearance
import org.healthcode.app.design.HealthTheme
import org.healthcode.core.TextDirection

/** The citizen's app once its store is open: the screen that the navigator shows, in the reader's looks and words. */
@Composable
fun CitizenApp(
    app: App,
    isDark: Boolean,
    reducesMotion: Boolean = false,
) {
    val language = app.settings.language
    val words = remember(language) { ScreenWords(language) }
    val appearance =
        Appearance(
            language = language,
            isDark = isDark,
            isElder = app.settings.isElder,
            isMirrored = words.direction == TextDirection.RIGHT_TO_LEFT,
            reducesMotion = reducesMotion,
        )
    HealthTheme(appearance, words) {
        val shown = app.navigator.shown
        val screen = CITIZEN_SCREENS.find { it.name == shown.screen } ?: CITIZEN_SCREENS.first()
        key(shown) { screen.content(app, shown.argument) }
    }
}
