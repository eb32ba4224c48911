package org.healthcode.app.desktop

import androidx.compose.foundation.isSystemInDarkTheme
import androidx.compose.runtime.remember
import androidx.compose.ui.unit.DpSize
import androidx.compose.ui.unit.dp
import androidx.compose.ui.window.Window
import androidx.compose.ui.window.WindowPosition
import androidx.compose.ui.window.application
import androidx.compose.ui.window.rememberWindowState
import org.healthcode.app.CitizenRoot
import org.healthcode.app.checkpoint.Door

/**
 * The citizen's app, or with `--checkpoint` the door's, in a window, to try it out on a computer: the same screens over the
 * same core as on a phone.
 *
 * Arguments: `--data DIR` (the phone's folder) `--url URL --root-key HEX --ca FILE` (the authority), `--title TEXT`,
 * `--language TAG`, `--dark`, `--at X,Y`, `--screen NAME` (opens it at once); the door's also `--division NUMBER` (where it
 * stands). `--measured-from` is for `cargo xtask bench app`.
 */
fun main(arguments: Array<String>) {
    val options = Options(arguments)
    val times = options.measuredFrom?.let(::StartTimes)
    times?.mark("program")
    val phone = DesktopPhone(options, times)
    application {
        val state =
            rememberWindowState(
                size = DpSize(412.dp, 860.dp),
                position = options.place?.let { (x, y) -> WindowPosition(x.dp, y.dp) } ?: WindowPosition.PlatformDefault,
            )
        Window(::exitApplication, state, title = options.title) {
            if (options.isCheckpoint) {
                CheckpointWindow(phone, remember { Door(options.rootKey, options.division) }, state)
            } else {
                CitizenRoot(remember { phone }, options.isDark || isSystemInDarkTheme(), wanted = { options.screen })
                times?.EndWithCode()
            }
        }
    }
}
