package org.healthcode.app.design

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.material3.LocalContentColor
import androidx.compose.material3.LocalTextStyle
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Typography
import androidx.compose.material3.darkColorScheme
import androidx.compose.material3.lightColorScheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.ReadOnlyComposable
import androidx.compose.runtime.remember
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalLayoutDirection
import androidx.compose.ui.text.font.FontFamily
import androidx.compose.ui.text.intl.LocaleList
import androidx.compose.ui.unit.LayoutDirection
import org.healthcode.ScreenWords

/** How this reader wants the app to look. */
data class Appearance(
    /** BCP 47. */
    val language: String,
    val isDark: Boolean = false,
    val isElder: Boolean = false,
    val isMirrored: Boolean = false,
    val reducesMotion: Boolean = false,
)

/** What the drawings take their looks and words from. */
object Design {
    val palette: Palette
        @Composable @ReadOnlyComposable
        get() = LocalPalette.current
    val sizes: Sizes
        @Composable @ReadOnlyComposable
        get() = LocalSizes.current
    val words: ScreenWords
        @Composable @ReadOnlyComposable
        get() = LocalWords.current
    val appearance: Appearance
        @Composable @ReadOnlyComposable
        get() = LocalAppearance.current
}

private val LocalPalette = staticCompositionLocalOf { LightPalette }
private val LocalSizes = staticCompositionLocalOf { Sizes.forReader("en", false) }
private val LocalWords = staticCompositionLocalOf<ScreenWords> { error("no words: draw within HealthTheme") }
private val LocalAppearance = staticCompositionLocalOf { Appearance("en") }

/** Looks and words for everything within; [fonts] are the system's unless a picture must be the same everywhere. */
@Composable
fun HealthTheme(
    appearance: Appearance,
    words: ScreenWords,
    fonts: FontFamily = FontFamily.Default,
    content: @Composable () -> Unit,
) {
    val palette = if (appearance.isDark) DarkPalette else LightPalette
    val sizes =
        remember(appearance.language, appearance.isElder, appearance.isMirrored, fonts) {
            val sizes = Sizes.forReader(appearance.language, appearance.isElder)
            sizes.with(LocaleList(appearance.language), fonts, appearance.isMirrored)
        }
    val direction = if (appearance.isMirrored) LayoutDirection.Rtl else LayoutDirection.Ltr
    MaterialTheme(colorScheme = schemeOf(palette, appearance.isDark), typography = typographyOf(sizes)) {
        CompositionLocalProvider(
            LocalPalette provides palette,
            LocalSizes provides sizes,
            LocalWords provides words,
            LocalAppearance provides appearance,
            LocalLayoutDirection provides direction,
            LocalContentColor provides palette.text,
            LocalTextStyle provides sizes.body,
        ) {
            Box(Modifier.fillMaxSize().background(palette.page)) { content() }
        }
    }
}

private fun schemeOf(
    palette: Palette,
    isDark: Boolean,
) = (if (isDark) darkColorScheme() else lightColorScheme()).copy(
    primary = palette.action,
    onPrimary = palette.onAction,
    background = palette.page,
    onBackground = palette.text,
    surface = palette.page,
    onSurface = palette.text,
    onSurfaceVariant = palette.second,
    surfaceVariant = palette.card,
    surfaceContainer = palette.card,
    outline = palette.border,
    error = palette.error,
)

private fun typographyOf(sizes: Sizes) =
    Typography(
        displayMedium = sizes.verdict,
        headlineMedium = sizes.colourWord,
        titleLarge = sizes.title,
        titleMedium = sizes.title,
        bodyLarge = sizes.body,
        bodyMedium = sizes.body,
        bodySmall = sizes.small,
        labelLarge = sizes.body,
        labelMedium = sizes.small,
        labelSmall = sizes.small,
    )
