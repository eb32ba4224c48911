package org.healthcode.app.android

import android.content.res.Configuration
import android.os.Bundle
import android.provider.Settings
import androidx.activity.ComponentActivity
import androidx.activity.compose.setContent
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.safeDrawingPadding
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier

/**
 * What the citizen's and the door's activities have in common.
 *
 * Invariant: another language of the phone, a turn or another size make it anew never: it is told of them and draws again.
 */
abstract class PhoneActivity : ComponentActivity() {
    /** What the person allows. */
    internal val permissions = Permissions(this)

    /** Where files go that the person keeps. */
    internal val files = AndroidFiles(this)

    /** What the person picks. */
    internal val picker = AndroidPicker(this)

    /** A dialog of Android's over it is no leaving. */
    protected var isInFront by mutableStateOf(false)
        private set

    /** BCP 47; changes while it runs. */
    internal var systemLanguage by mutableStateOf("")
        private set

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        systemLanguage = systemLanguage(this)
    }

    override fun onConfigurationChanged(newConfig: Configuration) {
        super.onConfigurationChanged(newConfig)
        systemLanguage = systemLanguage(this)
    }

    override fun onStart() {
        super.onStart()
        isInFront = true
    }

    override fun onStop() {
        isInFront = false
        super.onStop()
    }

    /** Draws [content] between the system's bars, the cut-outs and the keyboard: Android draws apps under all of them. */
    protected fun show(content: @Composable () -> Unit) {
        setContent { Box(Modifier.safeDrawingPadding()) { content() } }
    }

    /** Whether the person wants nothing to move. */
    protected fun reducesMotion(): Boolean = Settings.Global.getFloat(contentResolver, Settings.Global.ANIMATOR_DURATION_SCALE, 1f) == 0f
}
