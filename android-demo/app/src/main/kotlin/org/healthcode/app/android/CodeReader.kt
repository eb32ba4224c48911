package org.healthcode.app.android

import android.graphics.Bitmap
import com.google.zxing.BinaryBitmap
import com.google.zxing.DecodeHintType
import com.google.zxing.LuminanceSource
import com.google.zxing.NotFoundException
import com.google.zxing.PlanarYUVLuminanceSource
import com.google.zxing.RGBLuminanceSource
import com.google.zxing.common.HybridBinarizer
import com.google.zxing.multi.qrcode.QRCodeMultiReader

/**
 * Finds codes in a camera's picture, or in one that was picked. What stands in them is the core's to judge, not this reader's.
 *
 * Invariant: nothing of a picture is kept.
 */
class CodeReader {
    private val reader = QRCodeMultiReader()

    /** The texts of all codes in a picture of [width] by [height] brightnesses, whose rows are [stride] apart. */
    fun read(
        luma: ByteArray,
        stride: Int,
        width: Int,
        height: Int,
    ): List<String> = texts(PlanarYUVLuminanceSource(luma, stride, height, 0, 0, width, height, false))

    /** The same of a picture that was picked. */
    fun read(picture: Bitmap): List<String> {
        val pixels = IntArray(picture.width * picture.height)
        picture.getPixels(pixels, 0, picture.width, 0, 0, picture.width, picture.height)
        return texts(RGBLuminanceSource(picture.width, picture.height, pixels))
    }

    private fun texts(source: LuminanceSource): List<String> =
        try {
            reader.decodeMultiple(BinaryBitmap(HybridBinarizer(source)), HINTS).map { it.text }.distinct()
        } catch (_: NotFoundException) {
            emptyList()
        }

    private companion object {
        val HINTS = mapOf(DecodeHintType.TRY_HARDER to true)
    }
}
