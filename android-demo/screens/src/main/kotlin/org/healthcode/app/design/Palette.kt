package org.healthcode.app.design

import androidx.compose.ui.graphics.Color

/**
 * What a state of the code is drawn with: the same fills in light and dark (docs/DESIGN.md has the contrasts).
 *
 * Invariant: a fill never stands alone; [StateMark] draws the shape that tells it without colour.
 */
enum class StateLook(
    val fill: Color,
    val onFill: Color,
) {
    GREEN(Color(0xFF0A9A63), Color(0xFF00170B)),
    YELLOW(Color(0xFFFFC400), Color(0xFF1F1A00)),
    RED(Color(0xFF8B0000), Color(0xFFFFFFFF)),

    /** Another region's fourth colour. */
    ORANGE(Color(0xFFE07A1F), Color(0xFF1F1000)),

    /** Nothing is known, or what was known has expired: never the last colour. */
    UNKNOWN(Color(0xFF4A5568), Color(0xFFFFFFFF)),
}

/** The colours of a page. */
data class Palette(
    val page: Color,
    val text: Color,
    val second: Color,
    val action: Color,
    val onAction: Color,
    val border: Color,
    val error: Color,
    val strip: Color,
    val onStrip: Color,
    val outline: Color,
    val card: Color,
)

val LightPalette =
    Palette(
        page = Color(0xFFFFFFFF),
        text = Color(0xFF1A1C1E),
        second = Color(0xFF44484D),
        action = Color(0xFF0B57A4),
        onAction = Color(0xFFFFFFFF),
        border = Color(0xFF6F757C),
        error = Color(0xFFA8071A),
        strip = Color(0xFFFFF4CC),
        onStrip = Color(0xFF5B4300),
        outline = Color(0xFF1A1C1E),
        card = Color(0xFFF4F6F8),
    )

val DarkPalette =
    Palette(
        page = Color(0xFF101418),
        text = Color(0xFFE3E6EA),
        second = Color(0xFFB8BEC6),
        action = Color(0xFF9CCAFF),
        onAction = Color(0xFF00315B),
        border = Color(0xFF8A9199),
        error = Color(0xFFFFB4AB),
        strip = Color(0xFF3A2D00),
        onStrip = Color(0xFFFFE9A8),
        outline = Color(0xFFE3E6EA),
        card = Color(0xFF1B2127),
    )
