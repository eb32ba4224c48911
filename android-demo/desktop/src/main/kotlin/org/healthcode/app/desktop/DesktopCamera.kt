package org.healthcode.app.desktop

import androidx.compose.foundation.Image
import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.ImageBitmap
import androidx.compose.ui.graphics.toComposeImageBitmap
import androidx.compose.ui.layout.ContentScale
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import org.healthcode.app.HostCamera
import org.healthcode.app.design.Corners
import org.healthcode.app.design.Design
import org.healthcode.app.design.SecondaryButton
import org.healthcode.app.design.Space
import java.awt.AWTException
import java.awt.FileDialog
import java.awt.Frame
import java.awt.GraphicsEnvironment
import java.awt.MouseInfo
import java.awt.Rectangle
import java.awt.Robot
import java.awt.Window
import java.awt.image.BufferedImage
import java.nio.file.Path

/**
 * A desktop's eye: it sees the piece of the screen around the pointer, as a camera is held over a phone. Pictures from files
 * are read too: chosen, or dropped on the window.
 *
 * Invariant: nothing that it sees is kept.
 */
class DesktopCamera : HostCamera {
    private val robot =
        try {
            if (GraphicsEnvironment.isHeadless()) null else Robot()
        } catch (_: AWTException) {
            null
        }
    private val files = Channel<Path>(Channel.CONFLATED)

    /** Some desktops let no program see the screen; files are read there all the same. */
    override suspend fun isAllowed(): Boolean = true

    override fun openSettings() = Unit

    override val hasTorch: Boolean get() = false

    /** A picture was dropped on the window. */
    fun drop(file: Path) {
        files.trySend(file)
    }

    @Composable
    override fun View(
        isLit: Boolean,
        onCodes: (List<String>) -> Unit,
        modifier: Modifier,
    ) {
        var seen by remember { mutableStateOf<ImageBitmap?>(null) }
        val found by rememberUpdatedState(onCodes)
        val scope = rememberCoroutineScope()
        LaunchedEffect(Unit) {
            while (true) {
                val picture = withContext(Dispatchers.IO) { capture() }
                seen = picture?.toComposeImageBitmap()
                if (picture != null) {
                    val texts = withContext(Dispatchers.Default) { PictureCodes.read(picture) }
                    if (texts.isNotEmpty()) found(texts)
                }
                delay(BETWEEN_MILLIS)
            }
        }
        LaunchedEffect(Unit) {
            for (file in files) {
                // A file without a code is told as what it is: nothing that is a health code.
                found(withContext(Dispatchers.IO) { PictureCodes.read(file) }.ifEmpty { listOf("") })
            }
        }
        Box(modifier) {
            seen?.let { Image(it, null, Modifier.fillMaxSize(), contentScale = ContentScale.Crop) }
            SecondaryButton(
                Design.words["checkpoint-choose-picture"],
                { scope.launch { choose()?.let(::drop) } },
                Modifier.align(Alignment.TopCenter).padding(Space.medium).background(Design.palette.page, Corners),
            )
        }
    }

    /** None while the pointer is on the door's own window: it would see itself. */
    private fun capture(): BufferedImage? {
        val pointer = runCatching { MouseInfo.getPointerInfo() }.getOrNull() ?: return null
        if (Window.getWindows().any { it.isShowing && it.bounds.contains(pointer.location) }) return null
        val screen = pointer.device.defaultConfiguration.bounds
        val around = Rectangle(pointer.location.x - SIDE / 2, pointer.location.y - SIDE / 2, SIDE, SIDE)
        return robot?.createScreenCapture(around.intersection(screen))
    }

    private suspend fun choose(): Path? =
        withContext(Dispatchers.IO) {
            val dialog = FileDialog(null as Frame?)
            dialog.isVisible = true
            dialog.files.firstOrNull()?.toPath()
        }

    private companion object {
        /** As wide as a phone's code and its frame. */
        const val SIDE = 520
        const val BETWEEN_MILLIS = 250L
    }
}
