package org.healthcode.app.android

import android.app.Application
import androidx.work.Configuration
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.flow.filter
import kotlinx.coroutines.flow.filterIsInstance
import kotlinx.coroutines.launch
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext
import org.healthcode.HealthCode
import org.healthcode.android.AndroidKeystoreGuard
import org.healthcode.android.AndroidKeystoreSigner
import org.healthcode.android.HealthCodeOwner
import org.healthcode.android.scheduleSync
import org.healthcode.app.HostCamera
import org.healthcode.core.CitizenConfig
import org.healthcode.core.HealthCodeEvent
import java.io.File

/**
 * The process: holds the one open store, for the screens and for the sync in the background.
 *
 * Invariant: the store is opened once and stays open as long as the process lives; a failed opening may be tried again.
 */
open class HealthCodeApplication :
    Application(),
    HealthCodeOwner,
    Configuration.Provider {
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)
    private val opening = Mutex()
    private var opened: HealthCode? = null

    /** The authority that this build is for; null where it was built for none. */
    open val authority: BuiltInAuthority? by lazy { BuiltInAuthority.of(assets) }

    /** Where the store lies: never backed up, since its key stays in this phone. */
    val storeFolder: File get() = File(noBackupFilesDir, "store")

    /** Where the door's own store lies: nobody registers in it. */
    val doorFolder: File get() = File(noBackupFilesDir, "door")

    /** Logins with the system's browser. */
    val logins = SchemeLogins()

    /** What sees codes. */
    open fun camera(activity: PhoneActivity): HostCamera = AndroidCamera(activity)

    /** WorkManager is made when it is needed, and not before the first screen. */
    override val workManagerConfiguration: Configuration get() = Configuration.Builder().build()

    override fun onCreate() {
        super.onCreate()
        if (authority != null) scope.launch { scheduleSync(this@HealthCodeApplication) }
    }

    /** Not on the caller's thread: who waits for the opening there would wait for itself. */
    override suspend fun healthCode(): HealthCode =
        withContext(Dispatchers.Default) {
            opening.withLock {
                opened ?: open().also { health ->
                    opened = health
                    tellChanges(health)
                }
            }
        }

    private suspend fun open(): HealthCode {
        val built = authority ?: throw NoAuthorityException()
        val language = languageOf(this)
        val config = CitizenConfig(built.url, built.rootKey, built.rootsPem, language)
        return HealthCode.open(
            storeFolder.path,
            config,
            AndroidKeystoreGuard(this),
            AndroidKeystoreSigner(this),
        )
    }

    /** Before anything is synced, so that no change goes by untold. The first colour of all changes none. */
    private fun tellChanges(health: HealthCode) {
        scope.launch(start = CoroutineStart.UNDISPATCHED) {
            health.events.filterIsInstance<HealthCodeEvent.ColourChanged>().filter { it.v1.from != null }.collect { event ->
                ColourNotice(this@HealthCodeApplication).tell(event.v1, health.language)
            }
        }
    }

    /** For tests, which start a phone anew in the same process. */
    internal suspend fun closeStore() =
        opening.withLock {
            opened?.close()
            opened = null
        }
}
