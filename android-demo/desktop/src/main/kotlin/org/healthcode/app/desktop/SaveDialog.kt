package org.healthcode.app.desktop

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import org.healthcode.app.SavedFile
import java.awt.FileDialog
import java.awt.Frame
import java.nio.file.Path
import kotlin.io.path.writeBytes

/** Keeps a file where the person says, by the system's dialog; it has the event thread to itself meanwhile. */
internal suspend fun saveByDialog(
    name: String,
    bytes: ByteArray,
): SavedFile {
    val dialog = FileDialog(null as Frame?, name, FileDialog.SAVE)
    dialog.file = name
    dialog.isVisible = true
    val (folder, file) = dialog.directory to dialog.file
    if (folder == null || file == null) return SavedFile.CANCELLED
    return withContext(Dispatchers.IO) {
        if (runCatching { Path.of(folder, file).writeBytes(bytes) }.isSuccess) SavedFile.SAVED else SavedFile.FAILED
    }
}
