package org.healthcode.app.checkpoint

import org.healthcode.app.Frame
import org.healthcode.app.design.Appearance
import org.healthcode.app.picture
import org.healthcode.app.save
import org.healthcode.core.VerdictLevel
import java.awt.image.BufferedImage
import javax.imageio.ImageIO
import kotlin.math.abs
import kotlin.math.pow
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue

/** What the door's pictures show, without a colour and with one. */
class VerdictPicturesTest {
    private val states = CHECKPOINT_SCREENS.single().states

    @Test
    fun `every state is drawn, and each differs`() {
        val frames =
            listOf(
                "zh" to Frame(Appearance("zh", isDark = true)),
                "en" to Frame(Appearance("en", isDark = true)),
                "zh-200" to Frame(Appearance("zh", isDark = true), fontScale = 2f),
                "en-elder-320" to Frame(Appearance("en", isDark = true, isElder = true), width = 320, height = 640),
                "zh-wide" to Frame(Appearance("zh", isDark = true), width = 800, height = 380),
                "en-mirrored" to Frame(Appearance("en", isDark = true, isMirrored = true)),
            )
        for ((name, frame) in frames) {
            val pictures = states.map { state -> picture(frame, state.draw).also { save("checkpoint-${state.name}-$name", it) } }
            assertEquals(states.size, pictures.distinctBy { it.contentHashCode() }.size, name)
        }
    }

    @Test
    fun `the states are those of the plan`() {
        val planned =
            listOf("scanning", "pass", "check", "stop", "cannot_tell", "orange", "several", "lists_old", "camera_denied", "typing")
        assertEquals(planned, states.map { it.name })
        for (state in planned) assertEquals(state, example(state, org.healthcode.ScreenWords("en")).name)
    }

    @Test
    fun `verdicts are told apart without colour`() {
        val drawn = VerdictLevel.entries.associateWith { grey(drawn(it)) }
        for (one in VerdictLevel.entries) {
            for (other in VerdictLevel.entries.filter { it > one }) {
                val (left, right) = drawn.getValue(one) to drawn.getValue(other)
                assertTrue(abs(background(left) - background(right)) > 12, "$one $other")
                assertTrue(marksDiffer(left, right), "$one $other")
            }
        }
    }

    @Test
    fun `texts of verdicts have contrast enough`() {
        for (level in VerdictLevel.entries) {
            val pixels = pixels(drawn(level)).groupingBy { it }.eachCount()
            val (fill, ink) =
                pixels.entries
                    .sortedByDescending { it.value }
                    .map { it.key }
                    .take(2)
            assertTrue(contrast(fill, ink) >= 4.5, "$level ${contrast(fill, ink)}")
        }
    }

    private fun drawn(level: VerdictLevel): BufferedImage {
        val state = states.single { it.name == level.name.lowercase() }
        val whole = ImageIO.read(picture(Frame(Appearance("zh", isDark = true)), state.draw).inputStream())
        // The verdict's own part: mark and word, without the dark frame.
        return whole.getSubimage(60, 140, whole.width - 120, 640)
    }

    private fun pixels(picture: BufferedImage) = picture.getRGB(0, 0, picture.width, picture.height, null, 0, picture.width).toList()

    private fun grey(picture: BufferedImage): List<Int> =
        pixels(picture).map {
            (0.2126 * red(it) + 0.7152 * green(it) + 0.0722 * blue(it)).toInt()
        }

    private fun background(greys: List<Int>): Int =
        greys
            .groupingBy { it }
            .eachCount()
            .maxBy { it.value }
            .key

    /** Where ink is, whatever its tone. */
    private fun marksDiffer(
        left: List<Int>,
        right: List<Int>,
    ): Boolean {
        val (paper, other) = background(left) to background(right)
        val differing = left.indices.count { (abs(left[it] - paper) > 40) != (abs(right[it] - other) > 40) }
        return differing > left.size / 100
    }

    /** WCAG 2.2. */
    private fun contrast(
        one: Int,
        other: Int,
    ): Double {
        val (low, high) = listOf(luminance(one), luminance(other)).sorted()
        return (high + 0.05) / (low + 0.05)
    }

    private fun luminance(rgb: Int): Double {
        fun linear(value: Int) = (value / 255.0).let { if (it <= 0.04045) it / 12.92 else ((it + 0.055) / 1.055).pow(2.4) }
        return 0.2126 * linear(red(rgb)) + 0.7152 * linear(green(rgb)) + 0.0722 * linear(blue(rgb))
    }

    private fun red(rgb: Int) = rgb shr 16 and 0xff

    private fun green(rgb: Int) = rgb shr 8 and 0xff

    private fun blue(rgb: Int) = rgb and 0xff
}
