package org.healthcode.app

import org.healthcode.app.capability.code.codeScreen
import org.healthcode.app.design.Appearance
import java.awt.image.BufferedImage
import java.nio.file.Files
import java.util.concurrent.TimeUnit
import kotlin.io.path.writeBytes
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue

private const val BLACK = 0xFF000000.toInt()
private const val WHITE = -1

/** Modules a side of the example (version 11), and of its quiet zone. */
private const val MODULES = 61
private const val QUIET = 4

/** The code as it comes out in pixels: whole, black on white, large enough, and read by a scanner, on every kind of screen. */
class CodePictureTest {
    private fun frames(): List<Frame> =
        listOf("zh", "en", "ar").flatMap { language ->
            listOf(false, true).flatMap { isDark ->
                val looks = Appearance(language, isDark = isDark, isMirrored = language == "ar")
                listOf(
                    Frame(looks, 320, 480, fontScale = 2f),
                    Frame(looks.copy(isElder = true), 320, 480, fontScale = 2f),
                    Frame(looks, 320, 568),
                    Frame(looks, 360, 740, density = 3f),
                    Frame(looks, 412, 860),
                    Frame(looks, 640, 320, density = 2f),
                    Frame(looks, 740, 360, fontScale = 2f),
                )
            }
        }

    @Test
    fun `the plate is whole, in two colours, never mirrored, large enough, and read`() {
        val green = codeScreen.states.first { it.name == "green" }
        val drawn = mutableSetOf<List<Boolean>>()
        val read = mutableSetOf<String>()
        for (frame in frames()) {
            val png = picture(frame, green.draw)
            drawn += modules(readPicture(png), frame)
            read += zbar(png) ?: error("$frame: not read")
        }
        assertEquals(1, drawn.size, "another picture")
        assertEquals(1, read.size)
    }

    private fun modules(
        image: BufferedImage,
        frame: Frame,
    ): List<Boolean> {
        val (left, top, right, bottom) = bounds(image)
        val side = right - left + 1
        assertEquals(side, bottom - top + 1, "$frame")
        assertEquals(0, side % MODULES, "$frame: $side pixels are no whole modules")
        val pixels = side / MODULES
        assertTrue(pixels * 25.4 / (160 * frame.density) >= 0.5, "$frame: $pixels pixels a module")
        val quiet = QUIET * pixels
        for (y in top - quiet..bottom + quiet) {
            for (x in left - quiet..right + quiet) {
                assertTrue(x in 0 until image.width && y in 0 until image.height, "$frame: cut")
                val colour = image.getRGB(x, y)
                val isWithin = x in left..right && y in top..bottom
                assertTrue(colour == WHITE || isWithin && colour == BLACK, "$frame: ${Integer.toHexString(colour)} at $x, $y")
            }
        }
        return List(MODULES * MODULES) {
            val (y, x) = it / MODULES to it % MODULES
            image.getRGB(left + x * pixels + pixels / 2, top + y * pixels + pixels / 2) == BLACK
        }
    }

    /** Of what is black: nothing else on the screen is. */
    private fun bounds(image: BufferedImage): List<Int> {
        val black = (0 until image.height).flatMap { y -> (0 until image.width).filter { image.getRGB(it, y) == BLACK }.map { it to y } }
        return listOf(black.minOf { it.first }, black.minOf { it.second }, black.maxOf { it.first }, black.maxOf { it.second })
    }

    /** What another program's scanner reads. */
    private fun zbar(png: ByteArray): String? {
        val file = Files.createTempFile("code", ".png")
        try {
            file.writeBytes(png)
            val process = ProcessBuilder("zbarimg", "--quiet", "--raw", "$file").start()
            val text = process.inputReader().readText().trim()
            return text.takeIf { process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0 && it.isNotEmpty() }
        } finally {
            Files.delete(file)
        }
    }
}
