package org.healthcode.app.android

import android.view.Surface
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import kotlin.math.hypot

/** Codes of the core, as a camera would see them. */
@RunWith(RobolectricTestRunner::class)
class CodeReaderTest {
    @get:Rule
    val phone = NewPhone()

    private fun read(
        luma: ByteArray,
        stride: Int = PICTURE_WIDTH,
    ) = CodeReader().read(luma, stride, PICTURE_WIDTH, PICTURE_HEIGHT)

    @Test
    fun `one code is read, also where rows are padded`() {
        phone.turnGreen()
        val text = kotlinx.coroutines.runBlocking { phone.health.currentCode().text }
        assertEquals(listOf(text), read(cameraPicture(listOf(text))))
        assertEquals(listOf(text), read(cameraPicture(listOf(text), stride = 1344), stride = 1344))
    }

    @Test
    fun `several codes of a picture are all read`() {
        val texts = listOf("ONE CODE OF TWO", "THE OTHER CODE")
        assertEquals(texts.toSet(), read(cameraPicture(texts)).toSet())
    }

    @Test
    fun `the camera's picture fills the view and keeps its shape, however the phone is held`() {
        for (rotation in Surface.ROTATION_0..Surface.ROTATION_270) {
            for ((width, height) in listOf(1080 to 2000, 2000 to 1080, 720 to 1280)) {
                val corners = floatArrayOf(0f, 0f, width.toFloat(), 0f, 0f, height.toFloat())
                previewTransform(width, height, rotation).mapPoints(corners)
                val across = hypot(corners[2] - corners[0], corners[3] - corners[1])
                val along = hypot(corners[4] - corners[0], corners[5] - corners[1])
                // The view's breadth holds the picture's short side, whatever way it is turned.
                assertEquals("$rotation, $width by $height", 16f / 9, along / across, 0.01f)
                val isOnSide = rotation % 2 == 1
                val (seenWide, seenHigh) = if (isOnSide) along to across else across to along
                assertTrue("$rotation, $width by $height: a gap", seenWide >= width - 1 && seenHigh >= height - 1)
            }
        }
    }

    @Test
    fun `a picture without a code has none`() {
        assertEquals(emptyList<String>(), read(cameraPicture(emptyList())))
    }
}
