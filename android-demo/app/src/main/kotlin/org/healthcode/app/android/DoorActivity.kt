package org.healthcode.app.android

import android.os.Bundle
import android.view.WindowManager.LayoutParams
import androidx.activity.SystemBarStyle
import androidx.activity.enableEdgeToEdge
import org.healthcode.HealthCode
import org.healthcode.android.AndroidKeystoreGuard
import org.healthcode.app.Host
import org.healthcode.app.Phone
import org.healthcode.app.SettingsFile
import org.healthcode.app.checkpoint.CheckpointRoot
import org.healthcode.app.checkpoint.Door
import org.healthcode.core.CitizenConfig

/**
 * The door's app: an entry, a sign and a store of its own beside the citizen's.
 *
 * Invariant: the screen stays on while it is in front, and no verdict outlives its being there. A dialog of Android's over
 * it, such as the camera's, is no leaving.
 */
class DoorActivity : PhoneActivity() {
    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        // Dark whatever the system is: its bars too.
        val dark = SystemBarStyle.dark(android.graphics.Color.TRANSPARENT)
        enableEdgeToEdge(dark, dark)
        window.addFlags(LayoutParams.FLAG_KEEP_SCREEN_ON)
        val authority = (application as HealthCodeApplication).authority
        val phone = authority?.let { DoorPhone(this, it) }
        show {
            if (authority == null || phone == null) {
                NoAuthorityScreen(languageOf(this), isDark = true)
            } else {
                CheckpointRoot(phone, Door(authority.rootKey, division = null), ::isInFront, reducesMotion())
            }
        }
    }
}

/** A door's phone: the citizen's device key is none of its business, and it opens a store of its own. */
private class DoorPhone(
    activity: DoorActivity,
    private val authority: BuiltInAuthority,
) : Phone {
    private val application = activity.application as HealthCodeApplication

    override val systemLanguage: String by activity::systemLanguage

    override val settingsFile: SettingsFile = PreferencesFile(activity, "door")

    override val host: Host = AndroidHost(activity, settingsFile)

    override val storeFolder: String get() = application.doorFolder.path

    override suspend fun open(language: String): HealthCode {
        val config = CitizenConfig(authority.url, authority.rootKey, authority.rootsPem, language)
        return HealthCode.open(storeFolder, config, AndroidKeystoreGuard(application, "health-code-door"))
    }
}
