package org.healthcode.app.android

import org.healthcode.core.codeModules
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner

/** Codes of the core, as a camera would see them. */
@RunWith(RobolectricTestRunner::class)
class CodeReaderTest {
    @get:Rule
    val phone = NewPhone()

    private val width = 1280
    private val height = 720

    /** A picture of these texts side by side, its rows [stride] apart. */
    private fun picture(
        texts: List<String>,
        stride: Int = width,
    ): ByteArray {
        val luma = ByteArray(stride * height) { GREY }
        texts.forEachIndexed { place, text ->
            val code = codeModules(text)
            val side = code.side.toInt()
            val pixels = 8
            val left = 40 + place * (width / 2)
            for (y in 0 until (side + 8) * pixels) {
                for (x in 0 until (side + 8) * pixels) {
                    val (row, column) = y / pixels - 4 to x / pixels - 4
                    val isDark =
                        row in 0 until side && column in 0 until side &&
                            code.rows[row * ((side + 7) / 8) + column / 8].toInt() shr (7 - column % 8) and 1 == 1
                    luma[(y + 40) * stride + left + x] = if (isDark) 20 else 125
                }
            }
        }
        return luma
    }

    private fun read(
        luma: ByteArray,
        stride: Int = width,
    ) = CodeReader().read(luma, stride, width, height)

    @Test
    fun `one code is read, also where rows are padded`() {
        phone.turnGreen()
        val text = kotlinx.coroutines.runBlocking { phone.health.currentCode().text }
        assertEquals(listOf(text), read(picture(listOf(text))))
        assertEquals(listOf(text), read(picture(listOf(text), stride = 1344), stride = 1344))
    }

    @Test
    fun `several codes of a picture are all read`() {
        val texts = listOf("ONE CODE OF TWO", "THE OTHER CODE")
        assertEquals(texts.toSet(), read(picture(texts)).toSet())
    }

    @Test
    fun `a picture without a code has none`() {
        assertEquals(emptyList<String>(), read(picture(emptyList())))
    }

    private companion object {
        const val GREY: Byte = 90
    }
}
