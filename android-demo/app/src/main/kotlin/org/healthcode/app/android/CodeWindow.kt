package org.healthcode.app.android

import android.app.Activity
import android.view.WindowManager.LayoutParams

/**
 * What the window does while the code is on it: no screenshots, no picture among the recent apps, and full light if wanted.
 *
 * Invariant: both end with the code. The light is this window's alone, so that leaving the app gives it back by itself.
 */
class CodeWindow(
    private val activity: Activity,
) {
    fun codeIsShown(
        isShown: Boolean,
        brightens: Boolean,
    ) {
        val window = activity.window
        if (isShown) window.addFlags(LayoutParams.FLAG_SECURE) else window.clearFlags(LayoutParams.FLAG_SECURE)
        val light = if (isShown && brightens) LayoutParams.BRIGHTNESS_OVERRIDE_FULL else LayoutParams.BRIGHTNESS_OVERRIDE_NONE
        window.attributes = window.attributes.apply { screenBrightness = light }
    }
}
