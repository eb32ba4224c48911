package org.healthcode.app

import org.healthcode.app.capability.code.codeScreen
import org.healthcode.app.design.Appearance
import java.awt.image.BufferedImage
import java.nio.file.Files
import java.util.concurrent.TimeUnit
import kotlin.io.path.writeBytes
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertNotNull
import kotlin.test.assertTrue

/** The code as a scanner sees it, on every kind of screen. */
class ScannerTest {
    @Test
    fun `a scanner reads the code on every screen`() {
        val state = codeScreen.states.first { it.name == "green" }
        val read = mutableSetOf<String>()
        for ((width, height) in listOf(320 to 568, 412 to 860, 640 to 320, 860 to 412)) {
            for (scale in listOf(1f, 2f)) {
                for (appearance in LOOKS) {
                    val frame = Frame(appearance, width, height, scale, density = 2f)
                    val png = picture(frame, state.draw)
                    val plate = assertNotNull(plateOf(readPicture(png)), "$frame: no code in sight")
                    assertEquals(0, plate.width % MODULES, "$frame: ${plate.width} pixels are no whole modules")
                    assertTrue(plate.width / MODULES >= 4, "$frame: ${plate.width / MODULES} pixels a module")
                    read += zbar(png) ?: error("$frame: not read")
                }
            }
        }
        assertEquals(1, read.size)
    }

    /** The smallest square around the black of the code, and its quiet zone, if all in it is black or white. */
    private fun plateOf(image: BufferedImage): Plate? {
        val dark = mutableListOf<Pair<Int, Int>>()
        // A finder's outer row: seven modules of black after white.
        for (y in 0 until image.height) for (x in 0 until image.width) if (image.getRGB(x, y) and 0xffffff == 0) dark += x to y
        if (dark.isEmpty()) return null
        val (left, right) = dark.minOf { it.first } to dark.maxOf { it.first }
        val (top, bottom) = dark.minOf { it.second } to dark.maxOf { it.second }
        val width = right - left + 1
        if (width != bottom - top + 1) return null
        val only = (top..bottom).all { y -> (left..right).all { x -> image.getRGB(x, y).and(0xffffff).let { it == 0 || it == 0xffffff } } }
        return if (only) Plate(width) else null
    }

    private class Plate(
        val width: Int,
    )

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

    private companion object {
        /** Version 11 without its quiet zone. */
        const val MODULES = 61
        val LOOKS =
            listOf(
                Appearance("zh"),
                Appearance("en", isDark = true),
                Appearance("en", isMirrored = true),
                Appearance("zh", isElder = true),
            )
    }
}
