package org.healthcode.app.android

import android.graphics.Bitmap
import android.graphics.BitmapFactory
import android.graphics.Canvas
import android.graphics.Color
import android.graphics.Matrix
import android.graphics.Paint
import android.graphics.Rect
import android.media.ExifInterface
import java.io.ByteArrayOutputStream
import java.io.InputStream

/**
 * Makes a photograph small enough to be sent.
 *
 * Invariant: what comes out is a JPEG that stands upright and says nothing of where it was taken. Memory is bounded: a picture's
 * sides are read before it is decoded, and a large one is decoded in part.
 */
object PictureScaling {
    /** Of the longer side: a page of print stays readable. */
    private const val LONGEST = 2_560
    private val QUALITIES = listOf(85, 70, 50)

    /** The picture that [open] reads, each time from its beginning; null where it is none that Android can read. */
    fun toFit(
        open: () -> InputStream?,
        mostBytes: Int,
    ): ByteArray? = picture(open)?.let { picture -> runCatching { smaller(picture, mostBytes) }.getOrNull() }

    /** The same, upright and of bounded size, to be looked at. */
    fun picture(open: () -> InputStream?): Bitmap? = runCatching { decode(open) }.getOrNull()

    private fun smaller(
        picture: Bitmap,
        mostBytes: Int,
    ): ByteArray? {
        var side = LONGEST
        while (side >= LONGEST / 8) {
            val scaled = scaled(picture, side)
            QUALITIES.map { jpeg(scaled, it) }.firstOrNull { it.size <= mostBytes }?.let { return it }
            side /= 2
        }
        return null
    }

    private fun decode(open: () -> InputStream?): Bitmap? {
        val bounds = BitmapFactory.Options().apply { inJustDecodeBounds = true }
        open()?.use { BitmapFactory.decodeStream(it, null, bounds) }
        if (bounds.outWidth <= 0 || bounds.outHeight <= 0) return null
        val options = BitmapFactory.Options()
        options.inSampleSize = 1
        while (maxOf(bounds.outWidth, bounds.outHeight) / (2 * options.inSampleSize) >= LONGEST) options.inSampleSize *= 2
        val picture = open()?.use { BitmapFactory.decodeStream(it, null, options) } ?: return null
        val turn = open()?.use(::turnOf) ?: 0f
        if (turn == 0f) return picture
        return Bitmap.createBitmap(picture, 0, 0, picture.width, picture.height, Matrix().apply { postRotate(turn) }, true)
    }

    /** By how many degrees the camera was turned. */
    private fun turnOf(input: InputStream): Float =
        when (ExifInterface(input).getAttributeInt(ExifInterface.TAG_ORIENTATION, ExifInterface.ORIENTATION_NORMAL)) {
            ExifInterface.ORIENTATION_ROTATE_90 -> 90f
            ExifInterface.ORIENTATION_ROTATE_180 -> 180f
            ExifInterface.ORIENTATION_ROTATE_270 -> 270f
            else -> 0f
        }

    private fun scaled(
        picture: Bitmap,
        longest: Int,
    ): Bitmap {
        val factor = minOf(1f, longest.toFloat() / maxOf(picture.width, picture.height))
        val (width, height) = (picture.width * factor).toInt().coerceAtLeast(1) to (picture.height * factor).toInt().coerceAtLeast(1)
        // On white: what is transparent is paper.
        return Bitmap.createBitmap(width, height, Bitmap.Config.ARGB_8888).also { drawn ->
            Canvas(drawn).run {
                drawColor(Color.WHITE)
                drawBitmap(picture, null, Rect(0, 0, width, height), Paint(Paint.FILTER_BITMAP_FLAG))
            }
        }
    }

    private fun jpeg(
        picture: Bitmap,
        quality: Int,
    ): ByteArray = ByteArrayOutputStream().also { picture.compress(Bitmap.CompressFormat.JPEG, quality, it) }.toByteArray()
}
