package org.healthcode.app.android

import android.Manifest
import android.annotation.SuppressLint
import android.content.ActivityNotFoundException
import android.content.ClipData
import android.content.ClipboardManager
import android.content.Intent
import android.location.Location
import android.location.LocationManager
import android.net.Uri
import android.os.Build
import android.os.CancellationSignal
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlinx.coroutines.withTimeoutOrNull
import org.healthcode.app.Host
import org.healthcode.app.HostCamera
import org.healthcode.app.HostPicker
import org.healthcode.app.HostPosition
import org.healthcode.app.Logins
import org.healthcode.app.SavedFile
import org.healthcode.app.SettingsFile
import org.healthcode.app.Signal
import org.healthcode.core.ExportDocument
import kotlin.coroutines.resume
import kotlin.time.Duration.Companion.seconds

/** What Android does around the screens. Nothing here comes from Google's services. */
class AndroidHost(
    private val activity: PhoneActivity,
    private val settings: SettingsFile,
) : Host {
    private val window = CodeWindow(activity)
    private val signals = VerdictSignals(activity)

    override fun codeIsShown(isShown: Boolean) = window.codeIsShown(isShown, brightens = settings.read("bright") != "false")

    /** Dials and leaves the call to the citizen: no permission is needed for that. */
    override fun call(phone: String): Boolean = start(Intent(Intent.ACTION_DIAL, Uri.fromParts("tel", phone, null)))

    /** Whatever store is on the phone. */
    override fun showUpdate(): Boolean = browse("market://details?id=${activity.packageName}")

    override fun browse(url: String): Boolean = start(Intent(Intent.ACTION_VIEW, Uri.parse(url)))

    override fun signal(signal: Signal) = signals.give(signal)

    override suspend fun save(
        name: String,
        type: String,
        bytes: ByteArray,
    ): SavedFile = activity.files.save(name, type, bytes)

    override suspend fun pdf(
        document: ExportDocument,
        foot: suspend (Int, Int) -> String,
    ): ByteArray = AndroidPaper.pdf(document, foot)

    override suspend fun position(): HostPosition? {
        if (!activity.permissions.ask(Manifest.permission.ACCESS_COARSE_LOCATION)) return null
        return withTimeoutOrNull(PATIENCE) { location() }?.let { HostPosition(it.latitude, it.longitude) }
    }

    override val camera: HostCamera = (activity.application as HealthCodeApplication).camera(activity)

    override val logins: Logins = (activity.application as HealthCodeApplication).logins

    override fun copy(text: String): Boolean {
        val clipboard = activity.getSystemService(ClipboardManager::class.java) ?: return false
        clipboard.setPrimaryClip(ClipData.newPlainText("", text))
        return true
    }

    override val picker: HostPicker get() = activity.picker

    override val version: String
        get() =
            activity.packageManager
                .getPackageInfo(activity.packageName, 0)
                .versionName
                .orEmpty()

    private fun start(intent: Intent): Boolean =
        try {
            activity.startActivity(intent)
            true
        } catch (_: ActivityNotFoundException) {
            false
        }

    /** Where the phone is now; before Android 11, or where it does not know, where it was last. */
    @SuppressLint("MissingPermission")
    private suspend fun location(): Location? {
        val manager = checkNotNull(activity.getSystemService(LocationManager::class.java))
        val provider = manager.getProviders(true).firstOrNull { it != LocationManager.PASSIVE_PROVIDER } ?: return null
        if (Build.VERSION.SDK_INT < Build.VERSION_CODES.R) return manager.getLastKnownLocation(provider)
        val now =
            suspendCancellableCoroutine { waiting ->
                val cancel = CancellationSignal()
                waiting.invokeOnCancellation { cancel.cancel() }
                manager.getCurrentLocation(provider, cancel, activity.mainExecutor) { waiting.resume(it) }
            }
        return now ?: manager.getLastKnownLocation(provider)
    }

    private companion object {
        val PATIENCE = 10.seconds
    }
}
