package org.healthcode.app.android

import android.app.Activity
import android.content.Intent
import android.net.Uri
import androidx.activity.ComponentActivity
import androidx.activity.result.contract.ActivityResultContracts
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext
import org.healthcode.app.SavedFile

/**
 * Keeps a file where the person says, by Android's own dialog: no permission is needed. Made with the activity.
 *
 * Invariant: nothing is written anywhere else, and no copy stays in the app's folder.
 */
class AndroidFiles(
    private val activity: ComponentActivity,
) {
    private val saving = Mutex()
    private var answer = CompletableDeferred<Uri?>()
    private val request =
        activity.registerForActivityResult(ActivityResultContracts.StartActivityForResult()) {
            answer.complete(it.data?.data.takeIf { _ -> it.resultCode == Activity.RESULT_OK })
        }

    suspend fun save(
        name: String,
        type: String,
        bytes: ByteArray,
    ): SavedFile =
        saving.withLock {
            answer = CompletableDeferred()
            val ask = Intent(Intent.ACTION_CREATE_DOCUMENT).addCategory(Intent.CATEGORY_OPENABLE).setType(type)
            // None where there is no such app on the phone.
            if (runCatching { request.launch(ask.putExtra(Intent.EXTRA_TITLE, name)) }.isFailure) return SavedFile.FAILED
            val uri = answer.await() ?: return SavedFile.CANCELLED
            withContext(Dispatchers.IO) { write(uri, bytes) }
        }

    private fun write(
        uri: Uri,
        bytes: ByteArray,
    ): SavedFile {
        val written =
            runCatching {
                checkNotNull(activity.contentResolver.openOutputStream(uri, "wt")).use { it.write(bytes) }
            }
        return if (written.isSuccess) SavedFile.SAVED else SavedFile.FAILED
    }
}
