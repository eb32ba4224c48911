package org.healthcode.app.android

import android.content.pm.PackageManager
import androidx.activity.ComponentActivity
import androidx.activity.result.contract.ActivityResultContracts
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock

/** Asks for what Android lets the citizen decide, at the moment of its use and one thing at a time. Made with the activity. */
class Permissions(
    private val activity: ComponentActivity,
) {
    private val asking = Mutex()
    private var answer = CompletableDeferred<Boolean>()
    private val request =
        activity.registerForActivityResult(ActivityResultContracts.RequestPermission()) { answer.complete(it) }

    /** Whether [permission] is given, after asking where it is not. */
    suspend fun ask(permission: String): Boolean =
        asking.withLock {
            if (activity.checkSelfPermission(permission) == PackageManager.PERMISSION_GRANTED) return true
            answer = CompletableDeferred()
            request.launch(permission)
            answer.await()
        }
}
