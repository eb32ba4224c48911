package org.healthcode.app.android

import android.Manifest
import androidx.compose.foundation.layout.Box
import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.ui.Modifier
import org.healthcode.app.HostCamera
import org.healthcode.core.codeModules

/** A camera that sees the pictures it is given, asks as the phone's does, and reads them with the app's own reader. */
class PictureCamera(
    private val activity: PhoneActivity,
) : HostCamera {
    private var found: ((List<String>) -> Unit)? = null
    var settingsWereOpened = false
        private set

    /** Whether it runs. */
    val isRunning: Boolean get() = found != null

    override suspend fun isAllowed(): Boolean = activity.permissions.ask(Manifest.permission.CAMERA)

    override fun openSettings() {
        settingsWereOpened = true
    }

    /** One picture with codes of these texts side by side. */
    fun sees(vararg texts: String) {
        val read = CodeReader().read(cameraPicture(texts.toList()), PICTURE_WIDTH, PICTURE_WIDTH, PICTURE_HEIGHT)
        if (read.isNotEmpty()) checkNotNull(found) { "the camera does not run" }(read)
    }

    @Composable
    override fun View(
        isLit: Boolean,
        onCodes: (List<String>) -> Unit,
        modifier: Modifier,
    ) {
        val listener by rememberUpdatedState(onCodes)
        DisposableEffect(this) {
            found = { listener(it) }
            onDispose { found = null }
        }
        Box(modifier)
    }
}

const val PICTURE_WIDTH = 1280
const val PICTURE_HEIGHT = 720
private const val GREY: Byte = 90

/** Brightnesses of codes of these texts side by side, as a camera has them, their rows [stride] apart. */
fun cameraPicture(
    texts: List<String>,
    stride: Int = PICTURE_WIDTH,
): ByteArray {
    val luma = ByteArray(stride * PICTURE_HEIGHT) { GREY }
    texts.forEachIndexed { place, text ->
        val code = codeModules(text)
        val side = code.side.toInt()
        val pixels = minOf(8, PICTURE_WIDTH / 2 / (side + 8))
        val left = 40 + place * (PICTURE_WIDTH / 2 - 40)
        for (y in 0 until (side + 8) * pixels) {
            for (x in 0 until (side + 8) * pixels) {
                val (row, column) = y / pixels - 4 to x / pixels - 4
                val isDark =
                    row in 0 until side && column in 0 until side &&
                        code.rows[row * ((side + 7) / 8) + column / 8].toInt() shr (7 - column % 8) and 1 == 1
                luma[(y + 40) * stride + left + x] = if (isDark) 20 else 125
            }
        }
    }
    return luma
}
