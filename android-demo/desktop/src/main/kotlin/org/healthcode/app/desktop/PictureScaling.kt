package org.healthcode.app.desktop

import com.drew.imaging.ImageMetadataReader
import com.drew.metadata.exif.ExifIFD0Directory
import java.awt.Color
import java.awt.RenderingHints
import java.awt.geom.AffineTransform
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
 * bounded: a picture's sides are read before it is decoded, and a large one is decoded in part. What is made stands upright: it
 * says nothing of how the camera was held, nor anything else that the camera wrote.
 */
internal object PictureScaling {
    /** Of the longer side: a page of print stays readable. */
    private const val LONGEST = 2_560
    private const val MOST_PIXELS = 200_000_000L

    private const val UPRIGHT = 1
    private const val MIRRORED = 2
    private const val UPSIDE_DOWN = 3
    private const val FLIPPED = 4
    private const val TRANSPOSED = 5
    private const val TURNED_RIGHT = 6
    private const val TRANSVERSED = 7
    private const val TURNED_LEFT = 8

    /** From here on the sides change places. */
    private const val FIRST_ACROSS = TRANSPOSED
    private val QUALITIES = listOf(0.85f, 0.7f, 0.5f)

    fun toFit(
        bytes: ByteArray,
        mostBytes: Int,
    ): ByteArray {
        if (bytes.size <= mostBytes) return bytes
        val picture = runCatching { upright(decode(bytes) ?: return bytes, orientationOf(bytes)) }.getOrNull() ?: return bytes
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

    /** How the camera was held, 1 to 8 (EXIF, tag 0x0112); 1 where it says nothing. */
    private fun orientationOf(bytes: ByteArray): Int =
        runCatching {
            val metadata = ImageMetadataReader.readMetadata(bytes.inputStream(), bytes.size.toLong())
            metadata.getFirstDirectoryOfType(ExifIFD0Directory::class.java)?.getInteger(ExifIFD0Directory.TAG_ORIENTATION)
        }.getOrNull() ?: UPRIGHT

    /** Turned and mirrored as [orientation] says. */
    private fun upright(
        picture: BufferedImage,
        orientation: Int,
    ): BufferedImage {
        if (orientation !in MIRRORED..TURNED_LEFT) return picture
        val (width, height) = picture.width.toDouble() to picture.height.toDouble()
        val isAcross = orientation >= FIRST_ACROSS
        // Each takes a point of what was stored to where it is seen: (m00, m10, m01, m11, m02, m12).
        val turn =
            when (orientation) {
                MIRRORED -> AffineTransform(-1.0, 0.0, 0.0, 1.0, width, 0.0)
                UPSIDE_DOWN -> AffineTransform(-1.0, 0.0, 0.0, -1.0, width, height)
                FLIPPED -> AffineTransform(1.0, 0.0, 0.0, -1.0, 0.0, height)
                TRANSPOSED -> AffineTransform(0.0, 1.0, 1.0, 0.0, 0.0, 0.0)
                TURNED_RIGHT -> AffineTransform(0.0, 1.0, -1.0, 0.0, height, 0.0)
                TRANSVERSED -> AffineTransform(0.0, -1.0, -1.0, 0.0, height, width)
                else -> AffineTransform(0.0, -1.0, 1.0, 0.0, 0.0, width)
            }
        val (across, down) = if (isAcross) picture.height to picture.width else picture.width to picture.height
        return BufferedImage(across, down, BufferedImage.TYPE_INT_RGB).also { drawn ->
            drawn.createGraphics().run {
                color = Color.WHITE
                fillRect(0, 0, across, down)
                drawImage(picture, turn, null)
                dispose()
            }
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
