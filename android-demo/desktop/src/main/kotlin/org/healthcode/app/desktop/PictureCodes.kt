package org.healthcode.app.desktop

import com.google.zxing.BinaryBitmap
import com.google.zxing.DecodeHintType
import com.google.zxing.LuminanceSource
import com.google.zxing.NotFoundException
import com.google.zxing.RGBLuminanceSource
import com.google.zxing.common.HybridBinarizer
import com.google.zxing.multi.qrcode.QRCodeMultiReader
import java.awt.RenderingHints
import java.awt.image.BufferedImage
import java.nio.file.Path
import javax.imageio.ImageIO
import kotlin.io.path.fileSize
import kotlin.io.path.inputStream

/**
 * Finds the QR codes in a picture. What stands in them is the checkpoint's to judge.
 *
 * Invariant: nothing of a picture is kept, and a file costs bounded memory: size and pixels are looked at before it is decoded.
 */
internal object PictureCodes {
    private const val MOST_BYTES = 16L * 1024 * 1024
    private const val MOST_PIXELS = 40_000_000L

    /** Longer sides are halved: noise and moire calm down. */
    private const val LARGE_SIDE = 2_000

    /** Shorter ones are enlarged: one pixel a module is too little to find. */
    private const val SMALL_SIDE = 300
    private val HINTS = mapOf(DecodeHintType.TRY_HARDER to true)

    /** The texts of all codes in a PNG or JPEG; none where it is no picture or has no code. */
    fun read(file: Path): List<String> = runCatching { decode(file) }.getOrNull()?.let(::read).orEmpty()

    /** The texts of all codes in a picture. */
    fun read(picture: BufferedImage): List<String> {
        val longest = maxOf(picture.width, picture.height)
        val factors =
            when {
                longest > LARGE_SIDE -> listOf(0.5, 1.0)
                longest < SMALL_SIDE -> listOf(4.0, 1.0)
                else -> listOf(1.0, 2.0)
            }
        return factors.firstNotNullOfOrNull { factor -> readAt(scaled(picture, factor)).ifEmpty { null } }.orEmpty()
    }

    /** A code shown light on dark is read too, where there is none the usual way. */
    private fun readAt(picture: BufferedImage): List<String> {
        val pixels = picture.getRGB(0, 0, picture.width, picture.height, null, 0, picture.width)
        val source = RGBLuminanceSource(picture.width, picture.height, pixels)
        return texts(source).ifEmpty { texts(source.invert()) }
    }

    private fun texts(source: LuminanceSource): List<String> =
        try {
            QRCodeMultiReader().decodeMultiple(BinaryBitmap(HybridBinarizer(source)), HINTS).map { it.text }.distinct()
        } catch (_: NotFoundException) {
            emptyList()
        }

    /** On white: what is transparent is paper. */
    private fun scaled(
        picture: BufferedImage,
        factor: Double,
    ): BufferedImage {
        val (width, height) = (picture.width * factor).toInt().coerceAtLeast(1) to (picture.height * factor).toInt().coerceAtLeast(1)
        val drawn = BufferedImage(width, height, BufferedImage.TYPE_INT_RGB)
        drawn.createGraphics().run {
            fillRect(0, 0, width, height)
            val how = if (factor > 1) RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR else RenderingHints.VALUE_INTERPOLATION_BILINEAR
            setRenderingHint(RenderingHints.KEY_INTERPOLATION, how)
            drawImage(picture, 0, 0, width, height, null)
            dispose()
        }
        return drawn
    }

    private fun decode(file: Path): BufferedImage? {
        if (file.fileSize() > MOST_BYTES) return null
        return file.inputStream().buffered().use { bytes ->
            val input = ImageIO.createImageInputStream(bytes)
            val reader =
                ImageIO.getImageReaders(input).asSequence().firstOrNull {
                    it.formatName.lowercase() in setOf("png", "jpeg")
                } ?: return null
            try {
                reader.input = input
                val pixels = reader.getWidth(0).toLong() * reader.getHeight(0)
                if (pixels in 1..MOST_PIXELS) reader.read(0) else null
            } finally {
                reader.dispose()
            }
        }
    }
}
