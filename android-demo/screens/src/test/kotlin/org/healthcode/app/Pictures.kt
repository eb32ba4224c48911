package org.healthcode.app

import androidx.compose.runtime.Composable
import androidx.compose.ui.ImageComposeScene
import androidx.compose.ui.text.ExperimentalTextApi
import androidx.compose.ui.text.font.FontFamily
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.text.platform.SystemFont
import androidx.compose.ui.unit.Density
import org.healthcode.ScreenWords
import org.healthcode.app.design.Appearance
import org.healthcode.app.design.HealthTheme
import org.jetbrains.skia.EncodedImageFormat
import java.awt.image.BufferedImage
import java.nio.file.Files
import java.nio.file.Path
import javax.imageio.ImageIO
import kotlin.io.path.inputStream
import kotlin.io.path.writeBytes

/** What a picture is taken of: how large in dp, how the reader likes it. */
data class Frame(
    val appearance: Appearance,
    val width: Int = 412,
    val height: Int = 860,
    val fontScale: Float = 1f,
    val density: Float = 2f,
)

/** For a reader of [language], the same on every machine that has them. */
@OptIn(ExperimentalTextApi::class)
fun pictureFonts(language: String): FontFamily {
    val name =
        when (language.substringBefore('-')) {
            "ar" -> "Noto Sans Arabic"
            "ko" -> "Noto Sans CJK KR"
            else -> "Noto Sans CJK SC"
        }
    return FontFamily(listOf(FontWeight.Normal, FontWeight.Medium, FontWeight.Bold).map { SystemFont(name, it) })
}

/** Draws as on a phone's screen; gives PNG. */
fun picture(
    frame: Frame,
    content: @Composable () -> Unit,
): ByteArray {
    val (width, height) = (frame.width * frame.density).toInt() to (frame.height * frame.density).toInt()
    val scene =
        ImageComposeScene(width, height, Density(frame.density, frame.fontScale)) {
            HealthTheme(frame.appearance, ScreenWords(frame.appearance.language), pictureFonts(frame.appearance.language), content)
        }
    try {
        scene.render()
        // Long after every fade.
        return checkNotNull(scene.render(5_000_000_000).encodeToData(EncodedImageFormat.PNG)).bytes
    } finally {
        scene.close()
    }
}

/** Where pictures go, to be looked at. */
val pictures: Path = Files.createDirectories(Path.of(System.getProperty("healthcode.pictures")))

fun save(
    name: String,
    png: ByteArray,
) = pictures.resolve("$name.png").writeBytes(png)

fun readPicture(png: ByteArray): BufferedImage = ImageIO.read(png.inputStream())

fun readPicture(file: Path): BufferedImage = file.inputStream().use { ImageIO.read(it) }
