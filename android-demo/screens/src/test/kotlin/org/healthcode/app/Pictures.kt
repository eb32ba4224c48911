package org.healthcode.app

import androidx.compose.runtime.Composable
import androidx.compose.ui.ImageComposeScene
import androidx.compose.ui.unit.Density
import org.healthcode.ScreenWords
import org.healthcode.app.design.Appearance
import org.healthcode.app.design.HealthTheme
import org.jetbrains.skia.EncodedImageFormat
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.writeBytes

/** What a picture is taken of: how wide in dp, how the reader likes it. */
data class Frame(
    val appearance: Appearance,
    val width: Int = 412,
    val height: Int = 860,
    val fontScale: Float = 1f,
    val density: Float = 2f,
)

/** Draws as on a phone's screen; gives PNG. */
fun picture(
    frame: Frame,
    content: @Composable () -> Unit,
): ByteArray {
    val (width, height) = (frame.width * frame.density).toInt() to (frame.height * frame.density).toInt()
    val scene =
        ImageComposeScene(width, height, Density(frame.density, frame.fontScale)) {
            HealthTheme(frame.appearance, ScreenWords(frame.appearance.language), content)
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
