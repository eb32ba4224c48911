package org.healthcode.app.desktop

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import org.healthcode.app.HostPicker
import java.awt.FileDialog
import java.awt.Frame
import java.io.File
import java.io.FilenameFilter
import kotlin.math.min

/** The desktop's own dialog for files. */
internal object DesktopPicker : HostPicker {
    /** A photograph of more is not read: no camera makes one. */
    private const val LARGEST_PICTURE = 64 * 1024 * 1024

    override suspend fun picture(mostBytes: Int): ByteArray? =
        withContext(Dispatchers.IO) {
            choose(".jpg", ".jpeg", ".png", ".heic")?.let { read(it, LARGEST_PICTURE) }?.let { PictureScaling.toFit(it, mostBytes) }
        }

    override suspend fun document(mostBytes: Int): ByteArray? = withContext(Dispatchers.IO) { choose(".pdf")?.let { read(it, mostBytes) } }

    override suspend fun codes(): List<String>? =
        withContext(Dispatchers.IO) { choose(".jpg", ".jpeg", ".png")?.let { PictureCodes.read(it.toPath()) } }

    private fun choose(vararg endings: String): File? {
        val dialog = FileDialog(null as Frame?)
        dialog.filenameFilter = FilenameFilter { _, name -> endings.any { name.lowercase().endsWith(it) } }
        dialog.isVisible = true
        return dialog.files.firstOrNull()
    }

    /** One byte more than is allowed tells that it is too large. */
    private fun read(
        file: File,
        most: Int,
    ): ByteArray? = runCatching { file.inputStream().use { it.readNBytes(min(most.toLong() + 1, file.length()).toInt()) } }.getOrNull()
}
