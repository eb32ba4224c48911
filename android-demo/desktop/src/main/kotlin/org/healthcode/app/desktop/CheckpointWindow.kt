package org.healthcode.app.desktop

import androidx.compose.foundation.draganddrop.dragAndDropTarget
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.ui.ExperimentalComposeUiApi
import androidx.compose.ui.Modifier
import androidx.compose.ui.draganddrop.DragAndDropEvent
import androidx.compose.ui.draganddrop.DragAndDropTarget
import androidx.compose.ui.draganddrop.awtTransferable
import androidx.compose.ui.window.WindowState
import org.healthcode.app.checkpoint.CheckpointRoot
import org.healthcode.app.checkpoint.Door
import java.awt.datatransfer.DataFlavor
import java.io.File

/** The door's app in a window: its eye is at the pointer, and takes the pictures that are dropped on it. */
@Composable
internal fun CheckpointWindow(
    phone: DesktopPhone,
    door: Door,
    state: WindowState,
) {
    val drops = remember(phone) { PictureDrops(phone.camera) }
    Box(Modifier.fillMaxSize().dragAndDropTarget({ true }, drops)) {
        CheckpointRoot(phone, door, isInFront = { !state.isMinimized })
    }
}

/** Hands the first file that is dropped to [camera]. */
@OptIn(ExperimentalComposeUiApi::class)
private class PictureDrops(
    private val camera: DesktopCamera,
) : DragAndDropTarget {
    override fun onDrop(event: DragAndDropEvent): Boolean {
        val files = runCatching { event.awtTransferable.getTransferData(DataFlavor.javaFileListFlavor) as? List<*> }
        val file = files.getOrNull()?.filterIsInstance<File>()?.firstOrNull() ?: return false
        camera.drop(file.toPath())
        return true
    }
}
