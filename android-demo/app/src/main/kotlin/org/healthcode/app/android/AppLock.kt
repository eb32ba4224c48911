package org.healthcode.app.android

import android.app.KeyguardManager
import android.hardware.biometrics.BiometricManager.Authenticators
import android.hardware.biometrics.BiometricPrompt
import android.os.Build
import android.os.CancellationSignal
import androidx.activity.ComponentActivity
import androidx.activity.result.contract.ActivityResultContracts.StartActivityForResult
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import org.healthcode.ScreenWords
import org.healthcode.app.SettingsFile

/**
 * The phone's own lock (fingerprint, face, PIN) before the app shows anything, for who wants it.
 *
 * Invariant: where it is wanted and the phone has a lock, [isClosed] holds from the start and from every leaving on, until
 * the phone says who it is. A phone without a lock has nobody to keep out.
 */
class AppLock(
    private val activity: ComponentActivity,
    private val settings: SettingsFile,
) {
    private val keyguard = checkNotNull(activity.getSystemService(KeyguardManager::class.java))
    private val confirm =
        activity.registerForActivityResult(StartActivityForResult()) { result ->
            if (result.resultCode == android.app.Activity.RESULT_OK) open()
        }

    /** Whether nothing may be shown. */
    var isClosed by mutableStateOf(isWanted())
        private set

    private fun isWanted() = settings.read("locked") == "true" && keyguard.isDeviceSecure

    /** The phone said who it is. */
    internal fun open() {
        isClosed = false
    }

    /** The app was left. */
    fun close() {
        isClosed = isWanted()
    }

    /** Lets the phone ask who it is. */
    fun ask(words: ScreenWords) {
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.R) prompt(words) else confirmCredential(words)
    }

    private fun prompt(words: ScreenWords) {
        BiometricPrompt
            .Builder(activity)
            .setTitle(words["lock-title"])
            .setAllowedAuthenticators(Authenticators.BIOMETRIC_WEAK or Authenticators.DEVICE_CREDENTIAL)
            .build()
            .authenticate(
                CancellationSignal(),
                activity.mainExecutor,
                object : BiometricPrompt.AuthenticationCallback() {
                    override fun onAuthenticationSucceeded(result: BiometricPrompt.AuthenticationResult) {
                        open()
                    }
                },
            )
    }

    @Suppress("DEPRECATION")
    private fun confirmCredential(words: ScreenWords) {
        val intent = keyguard.createConfirmDeviceCredentialIntent(words["lock-title"], null)
        if (intent == null) isClosed = isWanted() else confirm.launch(intent)
    }
}
