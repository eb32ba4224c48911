package org.healthcode.app.android

import android.Manifest
import android.content.Intent
import android.graphics.SurfaceTexture
import android.net.Uri
import android.provider.Settings
import android.view.TextureView
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.viewinterop.AndroidView
import org.healthcode.app.HostCamera

/** The phone's camera, for the screens: asked for when a screen wants to scan, running while it is seen. */
class AndroidCamera(
    private val activity: MainActivity,
) : HostCamera {
    override suspend fun isAllowed(): Boolean = activity.permissions.ask(Manifest.permission.CAMERA)

    override fun openSettings() {
        val app = Uri.fromParts("package", activity.packageName, null)
        activity.startActivity(Intent(Settings.ACTION_APPLICATION_DETAILS_SETTINGS, app))
    }

    @Composable
    override fun View(
        isLit: Boolean,
        onCodes: (List<String>) -> Unit,
        modifier: Modifier,
    ) {
        var camera by remember { mutableStateOf<CodeCamera?>(null) }
        val found by rememberUpdatedState(onCodes)
        LaunchedEffect(camera, isLit) { camera?.light(isLit) }
        AndroidView(
            factory = { context ->
                TextureView(context).apply {
                    surfaceTextureListener =
                        Surfaces(
                            start = { surface -> camera = CodeCamera(context, surface) { found(it) }.also { it.open() } },
                            end = {
                                camera?.close()
                                camera = null
                            },
                        )
                }
            },
            modifier = modifier,
        )
    }

    /** A surface comes and goes with the view, and with the app's place in front. */
    private class Surfaces(
        private val start: (SurfaceTexture) -> Unit,
        private val end: () -> Unit,
    ) : TextureView.SurfaceTextureListener {
        override fun onSurfaceTextureAvailable(
            surface: SurfaceTexture,
            width: Int,
            height: Int,
        ) = start(surface)

        override fun onSurfaceTextureSizeChanged(
            surface: SurfaceTexture,
            width: Int,
            height: Int,
        ) = Unit

        override fun onSurfaceTextureDestroyed(surface: SurfaceTexture): Boolean {
            end()
            return true
        }

        override fun onSurfaceTextureUpdated(surface: SurfaceTexture) = Unit
    }
}
