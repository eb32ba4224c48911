package org.healthcode.app.android

import android.net.Uri
import androidx.activity.ComponentActivity
import androidx.activity.result.ActivityResultLauncher
import androidx.activity.result.PickVisualMediaRequest
import androidx.activity.result.contract.ActivityResultContracts
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext
import org.healthcode.app.HostPicker
import java.io.ByteArrayOutputStream

/**
 * Android's own pickers of photographs and of documents: no permission is needed, and the app gets what was picked alone.
 * Made with the activity.
 *
 * Invariant: one is open at a time; of what was picked a bounded piece is read.
 */
class AndroidPicker(
    private val activity: ComponentActivity,
) : HostPicker {
    private val picking = Mutex()
    private var answer = CompletableDeferred<Uri?>()
    private val photographs =
        activity.registerForActivityResult(ActivityResultContracts.PickVisualMedia()) { answer.complete(it) }
    private val documents =
        activity.registerForActivityResult(ActivityResultContracts.OpenDocument()) { answer.complete(it) }

    override suspend fun picture(mostBytes: Int): ByteArray? {
        val uri = pickPhotograph() ?: return null
        return withContext(Dispatchers.IO) {
            PictureScaling.toFit({ activity.contentResolver.openInputStream(uri) }, mostBytes) ?: read(uri, mostBytes)
        }
    }

    override suspend fun document(mostBytes: Int): ByteArray? {
        val uri = pick(documents, arrayOf("application/pdf")) ?: return null
        return withContext(Dispatchers.IO) { read(uri, mostBytes) }
    }

    override suspend fun codes(): List<String>? {
        val uri = pickPhotograph() ?: return null
        return withContext(Dispatchers.IO) {
            PictureScaling.picture { activity.contentResolver.openInputStream(uri) }?.let { CodeReader().read(it) }.orEmpty()
        }
    }

    private suspend fun pickPhotograph(): Uri? =
        pick(photographs, PickVisualMediaRequest(ActivityResultContracts.PickVisualMedia.ImageOnly))

    /** None where there is no such app on the phone. */
    private suspend fun <I> pick(
        launcher: ActivityResultLauncher<I>,
        input: I,
    ): Uri? =
        picking.withLock {
            answer = CompletableDeferred()
            if (runCatching { launcher.launch(input) }.isFailure) return null
            answer.await()
        }

    /** One byte more than is allowed tells that it is too large. None where the other app gives nothing. */
    private fun read(
        uri: Uri,
        mostBytes: Int,
    ): ByteArray? =
        runCatching {
            activity.contentResolver.openInputStream(uri)?.use { input ->
                val out = ByteArrayOutputStream()
                val piece = ByteArray(PIECE)
                while (out.size() <= mostBytes) {
                    val read = input.read(piece)
                    if (read < 0) break
                    out.write(piece, 0, read)
                }
                out.toByteArray()
            }
        }.getOrNull()

    private companion object {
        const val PIECE = 64 * 1024
    }
}
