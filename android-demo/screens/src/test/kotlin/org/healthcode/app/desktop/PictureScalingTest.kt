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
    fun `a photograph of a camera that was turned stands upright`() {
        val stored = photograph(1_500, 1_000)
        // Where the white corner of what was stored is seen.
        val seenAt = mapOf(1 to "00", 2 to "10", 3 to "11", 4 to "01", 5 to "00", 6 to "10", 7 to "11", 8 to "01")
        for ((orientation, corner) in seenAt) {
            val fitting = PictureScaling.toFit(withOrientation(stored, orientation), stored.size / 2)
            assertTrue(fitting.size <= stored.size / 2)
            val seen = readPicture(fitting)
            assertEquals(orientation >= 5, seen.height > seen.width, "$orientation: ${seen.width} x ${seen.height}")
            for (x in 0..1) {
                for (y in 0..1) {
                    val at = Color(seen.getRGB(seen.width * (1 + 6 * x) / 8, seen.height * (1 + 6 * y) / 8))
                    val isWhite = at.red > 240 && at.green > 240 && at.blue > 240
                    assertEquals("$x$y" == corner, isWhite, "$orientation, corner $x$y: $at")
                }
            }
        }
    }

    /** As a camera writes it: EXIF with the one tag, behind the JPEG's first marker. */
    private fun withOrientation(
        jpeg: ByteArray,
        orientation: Int,
    ): ByteArray {
        val exif = "Exif\u0000\u0000MM".encodeToByteArray()
        val tag = byteArrayOf(0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation.toByte(), 0, 0, 0, 0, 0, 0)
        val length = 2 + exif.size + tag.size
        val head = byteArrayOf(0xff.toByte(), 0xe1.toByte(), 0, length.toByte())
        return jpeg.copyOf(2) + head + exif + tag + jpeg.copyOfRange(2, jpeg.size)
    }

    @Test
    fun `what is small enough, or no picture, stays as it is`() {
        for (bytes in listOf(evidence("photo"), evidence("heic"), ByteArray(most + 1))) {
            assertContentEquals(bytes, PictureScaling.toFit(bytes, most))
        }
    }
}
