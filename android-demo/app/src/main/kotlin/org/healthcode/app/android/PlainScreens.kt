package org.healthcode.app.android

import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.remember
import org.healthcode.ScreenWords
import org.healthcode.app.design.Appearance
import org.healthcode.app.design.Design
import org.healthcode.app.design.HealthTheme
import org.healthcode.app.design.Page
import org.healthcode.app.design.Paragraph
import org.healthcode.app.design.PrimaryButton
import org.healthcode.core.TextDirection

/** Before the phone's lock: nothing of the citizen's. Asks at once, and again when asked to. */
@Composable
fun LockScreen(
    language: String,
    isDark: Boolean,
    ask: (ScreenWords) -> Unit,
) = Plain(language, isDark) {
    val words = Design.words
    LaunchedEffect(Unit) { ask(words) }
    Page(words["lock-title"], bottom = { PrimaryButton(words["lock-open"], { ask(words) }) }) {
        Paragraph(words["lock-text"])
    }
}

/** The app was built for no authority: said plainly, since nothing else can be done with it. */
@Composable
fun NoAuthorityScreen(
    language: String,
    isDark: Boolean,
) = Plain(language, isDark) {
    Page(Design.words["opening-no-authority-title"]) { Paragraph(Design.words["opening-no-authority-text"]) }
}

@Composable
private fun Plain(
    language: String,
    isDark: Boolean,
    content: @Composable () -> Unit,
) {
    val words = remember(language) { ScreenWords(language) }
    val isMirrored = words.direction == TextDirection.RIGHT_TO_LEFT
    HealthTheme(Appearance(language, isDark, isElder = false, isMirrored = isMirrored, reducesMotion = false), words, content = content)
}
