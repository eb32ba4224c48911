package org.healthcode.app

import org.healthcode.app.capability.code.codeScreen
import org.healthcode.app.design.Appearance
import java.awt.image.BufferedImage
import java.io.ByteArrayInputStream
import javax.imageio.ImageIO
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue

private const val BLACK = 0xFF000000.toInt()
private const val WHITE = -1

/** Modules a side of the example, and of its quiet zone. */
private const val MODULES = 61
private const val QUIET = 4

/** The code as it comes out in pixels: whole, black on white, large enough, whatever the phone and the reader. */
class CodePictureTest {
    private fun frames(): List<Frame> =
        listOf("zh", "en", "ar").flatMap { language ->
            listOf(false, true).flatMap { isDark ->
                val looks = Appearance(language, isDark = isDark, isMirrored = language == "ar")
                listOf(
                    Frame(looks, 320, 480, fontScale = 2f),
                    Frame(looks.copy(isElder = true), 320, 480, fontScale = 2f),
                    Frame(looks, 360, 740, density = 3f),
                    Frame(looks, 412, 860),
                    Frame(looks, 740, 360, fontScale = 2f),
                )
            }
        }

    @Test
    fun `the plate is whole, in two colours, never mirrored, and its modules are large enough`() {
        val green = codeScreen.states.first { it.name == "green" }
        var first: List<Boolean>? = null
        for (frame in frames()) {
            val image = ImageIO.read(ByteArrayInputStream(picture(frame, green.draw)))
            val place = "$frame"
            val (left, top, right, bottom) = bounds(image)
            val side = right - left + 1
            assertEquals(side, bottom - top + 1, place)
            assertEquals(0, side % MODULES, "$place: $side pixels")
            val pixels = side / MODULES
            assertTrue(pixels * 25.4 / (160 * frame.density) >= 0.5, "$place: $pixels pixels a module")
            val quiet = QUIET * pixels
            for (y in top - quiet..bottom + quiet) {
                for (x in left - quiet..right + quiet) {
                    assertTrue(x in 0 until image.width && y in 0 until image.height, "$place: cut")
                    val colour = image.getRGB(x, y)
                    val isWithin = x in left..right && y in top..bottom
                    assertTrue(colour == WHITE || isWithin && colour == BLACK, "$place: ${Integer.toHexString(colour)} at $x, $y")
                }
            }
            val modules =
                List(MODULES * MODULES) {
                    val (y, x) = it / MODULES to it % MODULES
                    image.getRGB(left + x * pixels + pixels / 2, top + y * pixels + pixels / 2) == BLACK
                }
            if (first == null) first = modules
            assertEquals(first, modules, "$place: another picture")
        }
    }

    /** Of what is black: nothing else on the screen is. */
    private fun bounds(image: BufferedImage): List<Int> {
        val black = (0 until image.height).flatMap { y -> (0 until image.width).filter { image.getRGB(it, y) == BLACK }.map { it to y } }
        return listOf(black.minOf { it.first }, black.minOf { it.second }, black.maxOf { it.first }, black.maxOf { it.second })
    }
}
