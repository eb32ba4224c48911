package org.healthcode.android

import android.content.Context
import androidx.work.Constraints
import androidx.work.CoroutineWorker
import androidx.work.Data
import androidx.work.ExistingPeriodicWorkPolicy
import androidx.work.ExistingWorkPolicy
import androidx.work.NetworkType
import androidx.work.OneTimeWorkRequestBuilder
import androidx.work.PeriodicWorkRequestBuilder
import androidx.work.WorkManager
import androidx.work.WorkerParameters
import org.healthcode.HealthCode
import org.healthcode.core.HealthCodeException
import org.healthcode.core.SyncReason
import org.healthcode.core.SyncResult
import java.util.concurrent.TimeUnit

/** Gives the app's one open [HealthCode]; the application class implements it. */
public interface HealthCodeOwner {
    /** Opened once a process and kept: one a folder at a time. */
    public suspend fun healthCode(): HealthCode
}

/**
 * Syncs in the background, and fetches at once where a push hinted at news. A store that does not open is told when the app
 * is: the work comes again at its time.
 */
public class SyncWorker(
    context: Context,
    parameters: WorkerParameters,
) : CoroutineWorker(context, parameters) {
    override suspend fun doWork(): Result {
        val health =
            try {
                (applicationContext as HealthCodeOwner).healthCode()
            } catch (_: HealthCodeException) {
                return Result.failure()
            }
        val isHinted = inputData.getBoolean(HINTED, false) || health.syncWanted()
        // WorkManager cancels the coroutine when the network goes: the sync stops in Rust too.
        return when (health.sync(if (isHinted) SyncReason.PUSH_HINT else SyncReason.SCHEDULED).result) {
            SyncResult.SYNCED, SyncResult.NOT_NEEDED, SyncResult.ALREADY_RUNNING, SyncResult.WAITING -> Result.success()
            SyncResult.DEVICE_UNKNOWN, SyncResult.CERTIFICATE_REFUSED -> Result.failure()
            else -> Result.retry()
        }
    }

    internal companion object {
        const val HINTED = "hinted"
    }
}

/** Call once when the app starts. The core itself decides whether a sync is due and when the server wants the next. */
public fun scheduleSync(context: Context) {
    val online = Constraints.Builder().setRequiredNetworkType(NetworkType.CONNECTED).build()
    val request = PeriodicWorkRequestBuilder<SyncWorker>(1, TimeUnit.HOURS).setConstraints(online).build()
    WorkManager
        .getInstance(context)
        .enqueueUniquePeriodicWork("health-code-sync", ExistingPeriodicWorkPolicy.KEEP, request)
}

/** Call when a push came, from whatever brings them: it is fetched as soon as there is a network, also after the process ended. */
public fun syncAfterHint(context: Context) {
    val online = Constraints.Builder().setRequiredNetworkType(NetworkType.CONNECTED).build()
    val hinted = Data.Builder().putBoolean(SyncWorker.HINTED, true).build()
    val request =
        OneTimeWorkRequestBuilder<SyncWorker>()
            .setConstraints(online)
            .setInputData(hinted)
            .build()
    WorkManager
        .getInstance(context)
        .enqueueUniqueWork("health-code-hint", ExistingWorkPolicy.APPEND_OR_REPLACE, request)
}
