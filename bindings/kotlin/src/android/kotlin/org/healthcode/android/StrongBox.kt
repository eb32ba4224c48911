package org.healthcode.android

import android.content.Context
import android.content.pm.PackageManager
import android.os.Build
import java.security.ProviderException

/** Makes a key in StrongBox where there is one with room, else in the trusted environment. */
internal fun <T> Context.preferringStrongBox(make: (inStrongBox: Boolean) -> T): T {
    val hasStrongBox =
        Build.VERSION.SDK_INT >= Build.VERSION_CODES.P &&
            packageManager.hasSystemFeature(PackageManager.FEATURE_STRONGBOX_KEYSTORE)
    return try {
        make(hasStrongBox)
    } catch (full: ProviderException) {
        // StrongBoxUnavailableException is one; its own name is unknown to Android before 9.
        if (!hasStrongBox) throw full
        make(false)
    }
}
