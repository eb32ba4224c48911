package org.healthcode.app.desktop

import java.awt.RenderingHints
import java.awt.image.BufferedImage
import java.io.ByteArrayOutputStream
import javax.imageio.IIOImage
import javax.imageio.ImageIO
import javax.imageio.ImageReader
import javax.imageio.ImageWriteParam
import javax.imageio.stream.MemoryCacheImageInputStream
import javax.imageio.stream.MemoryCacheImageOutputStream

/**
 * Makes a photograph small enough to be sent.
 *
 * Invariant: what is small enough already, and what is no JPEG or PNG, comes back as it is: the core judges it. Memory is
 * bounded: a picture's sides are read before it is decoded, and a large one is decoded in part.
 */
internal object PictureScaling {
    /** Of the longer side: a page of print stays readable. */
    private const val LONGEST = 2_560
    private const val MOST_PIXELS = 200_000_000L
    private val QUALITIES = listOf(0.85f, 0.7f, 0.5f)

    fun toFit(
        bytes: ByteArray,
        mostBytes: Int,
    ): ByteArray {
        if (bytes.size <= mostBytes) return bytes
        val picture = runCatching { decode(bytes) }.getOrNull() ?: return bytes
        var side = LONGEST
        while (side >= LONGEST / 8) {
            val scaled = scaled(picture, side)
            QUALITIES.map { jpeg(scaled, it) }.firstOrNull { it.size <= mostBytes }?.let { return it }
            side /= 2
        }
        return bytes
    }

    /** With every n-th pixel, where there are far more than are needed. */
    private fun decode(bytes: ByteArray): BufferedImage? {
        val input = MemoryCacheImageInputStream(bytes.inputStream())
        val reader: ImageReader =
            ImageIO.getImageReaders(input).asSequence().firstOrNull { it.formatName.lowercase() in setOf("png", "jpeg") } ?: return null
        try {
            reader.input = input
            val (width, height) = reader.getWidth(0) to reader.getHeight(0)
            if (width.toLong() * height !in 1..MOST_PIXELS) return null
            val step = (maxOf(width, height) / (2 * LONGEST)).coerceAtLeast(1)
            return reader.read(0, reader.defaultReadParam.apply { setSourceSubsampling(step, step, 0, 0) })
        } finally {
            reader.dispose()
        }
    }

    /** On white: what is transparent is paper. */
    private fun scaled(
        picture: BufferedImage,
        longest: Int,
    ): BufferedImage {
        val factor = minOf(1.0, longest.toDouble() / maxOf(picture.width, picture.height))
        val (width, height) = (picture.width * factor).toInt().coerceAtLeast(1) to (picture.height * factor).toInt().coerceAtLeast(1)
        return BufferedImage(width, height, BufferedImage.TYPE_INT_RGB).also { drawn ->
            drawn.createGraphics().run {
                setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC)
                fillRect(0, 0, width, height)
                drawImage(picture, 0, 0, width, height, null)
                dispose()
            }
        }
    }

    private fun jpeg(
        picture: BufferedImage,
        quality: Float,
    ): ByteArray {
        val out = ByteArrayOutputStream()
        val writer = ImageIO.getImageWritersByFormatName("jpeg").next()
        try {
            MemoryCacheImageOutputStream(out).use { stream ->
                writer.output = stream
                val how = writer.defaultWriteParam
                how.compressionMode = ImageWriteParam.MODE_EXPLICIT
                how.compressionQuality = quality
                writer.write(null, IIOImage(picture, null, null), how)
            }
        } finally {
            writer.dispose()
        }
        return out.toByteArray()
    }
}
