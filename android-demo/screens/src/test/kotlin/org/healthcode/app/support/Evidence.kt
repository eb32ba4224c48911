package org.healthcode.app.support

import java.awt.Color
import java.awt.image.BufferedImage
import java.io.ByteArrayOutputStream
import javax.imageio.ImageIO
import kotlin.random.Random

/** A photograph, a PDF, and what some phones make and nobody else reads. */
fun evidence(name: String): ByteArray =
    when (name) {
        "photo" -> photograph(640, 480)
        "pdf" -> "%PDF-1.7\n".encodeToByteArray() + Random(1).nextBytes(90_000)
        "heic" -> byteArrayOf(0, 0, 0, 24) + "ftypheic".encodeToByteArray() + ByteArray(64)
        else -> error("no evidence $name")
    }

/** A JPEG that does not compress well, as photographs do not. */
fun photograph(
    width: Int,
    height: Int,
    format: String = "jpeg",
): ByteArray {
    val random = Random(width)
    val picture = BufferedImage(width, height, BufferedImage.TYPE_INT_RGB)
    for (y in 0 until height) for (x in 0 until width) picture.setRGB(x, y, random.nextInt())
    picture.createGraphics().run {
        color = Color.WHITE
        fillRect(0, 0, width / 4, height / 4)
        dispose()
    }
    return ByteArrayOutputStream().also { ImageIO.write(picture, format, it) }.toByteArray()
}
