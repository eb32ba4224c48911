package org.healthcode.app

import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.luminance
import org.healthcode.app.design.DarkPalette
import org.healthcode.app.design.LightPalette
import org.healthcode.app.design.StateLook
import kotlin.math.abs
import kotlin.test.Test
import kotlin.test.assertTrue

/** WCAG 2.2, 1.4.3 and 1.4.11: texts and outlines stand out; states are told apart without colour too. */
class ContrastTest {
    private fun contrast(
        one: Color,
        other: Color,
    ): Float {
        val (light, dark) = listOf(one.luminance(), other.luminance()).sortedDescending()
        return (light + 0.05f) / (dark + 0.05f)
    }

    private fun assertContrast(
        least: Float,
        one: Color,
        other: Color,
        what: String,
    ) = assertTrue(contrast(one, other) >= least, "$what: ${contrast(one, other)}")

    @Test
    fun `texts are read on what they stand on`() {
        for (look in StateLook.entries) assertContrast(4.5f, look.onFill, look.fill, "$look")
        for (palette in listOf(LightPalette, DarkPalette)) {
            for (page in listOf(palette.page, palette.card)) {
                for (ink in listOf(
                    palette.text,
                    palette.second,
                    palette.action,
                    palette.error,
                )) {
                    assertContrast(4.5f, ink, page, "$ink on $page")
                }
            }
            assertContrast(4.5f, palette.onAction, palette.action, "the primary button")
            assertContrast(4.5f, palette.onStrip, palette.strip, "a strip")
            assertContrast(3f, palette.border, palette.page, "a border")
            assertContrast(3f, palette.outline, palette.page, "the outline around a state")
        }
    }

    @Test
    fun `decided colours differ in grey`() {
        val looks = listOf(StateLook.GREEN, StateLook.YELLOW, StateLook.RED)
        for (one in looks) {
            for (other in looks - one) assertTrue(abs(one.fill.luminance() - other.fill.luminance()) > 0.1f, "$one, $other")
        }
    }
}
