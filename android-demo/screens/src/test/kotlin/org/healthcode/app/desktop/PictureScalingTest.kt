package org.healthcode.app.desktop

import org.healthcode.app.readPicture
import org.healthcode.app.support.evidence
import org.healthcode.app.support.photograph
import java.awt.Color
import kotlin.test.Test
import kotlin.test.assertContentEquals
import kotlin.test.assertEquals
import kotlin.test.assertTrue

/** Photographs are made small enough, and what is none, or small already, comes through as it is. */
class PictureScalingTest {
    private val most = 2 * 1024 * 1024

    @Test
    fun `a large photograph becomes a smaller one of the same shape`() {
        for (format in listOf("jpeg", "png")) {
            val large = photograph(3_000, 2_000, format)
            assertTrue(large.size > most)
            val fitting = PictureScaling.toFit(large, most)
            assertTrue(fitting.size <= most, "$format: ${fitting.size}")
            val seen = readPicture(fitting)
            assertEquals(1.5, seen.width.toDouble() / seen.height, 0.01)
            assertTrue(maxOf(seen.width, seen.height) in 300..2_560, "${seen.width}")
            // What was white is still white, where it was.
            val white = Color(seen.getRGB(seen.width / 8, seen.height / 8))
            assertTrue(white.red > 240 && white.green > 240 && white.blue > 240, "$white")
        }
    }

    @Test
    fun `what is small enough, or no picture, stays as it is`() {
        for (bytes in listOf(evidence("photo"), evidence("heic"), ByteArray(most + 1))) {
            assertContentEquals(bytes, PictureScaling.toFit(bytes, most))
        }
    }
}
