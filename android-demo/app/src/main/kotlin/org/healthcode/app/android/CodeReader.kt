package org.healthcode.app.android

import com.google.zxing.BinaryBitmap
import com.google.zxing.DecodeHintType
import com.google.zxing.NotFoundException
import com.google.zxing.PlanarYUVLuminanceSource
import com.google.zxing.common.HybridBinarizer
import com.google.zxing.multi.qrcode.QRCodeMultiReader

/**
 * Finds codes in a camera's picture. What stands in them is the checkpoint's to judge, not this reader's.
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
    ): List<String> {
        val source = PlanarYUVLuminanceSource(luma, stride, height, 0, 0, width, height, false)
        return try {
            reader.decodeMultiple(BinaryBitmap(HybridBinarizer(source)), HINTS).map { it.text }.distinct()
        } catch (_: NotFoundException) {
            emptyList()
        }
    }

    private companion object {
        val HINTS = mapOf(DecodeHintType.TRY_HARDER to true)
    }
}
