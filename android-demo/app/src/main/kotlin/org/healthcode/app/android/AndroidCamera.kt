package org.healthcode.app.android

import android.Manifest
import android.content.Intent
import android.graphics.Matrix
import android.graphics.SurfaceTexture
import android.net.Uri
import android.provider.Settings
import android.view.Surface
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
    private val activity: PhoneActivity,
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
                            fit = { width, height -> setTransform(previewTransform(width, height, display?.rotation ?: 0)) },
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
        private val fit: (width: Int, height: Int) -> Unit,
        private val start: (SurfaceTexture) -> Unit,
        private val end: () -> Unit,
    ) : TextureView.SurfaceTextureListener {
        override fun onSurfaceTextureAvailable(
            surface: SurfaceTexture,
            width: Int,
            height: Int,
        ) {
            fit(width, height)
            start(surface)
        }

        override fun onSurfaceTextureSizeChanged(
            surface: SurfaceTexture,
            width: Int,
            height: Int,
        ) = fit(width, height)

        override fun onSurfaceTextureDestroyed(surface: SurfaceTexture): Boolean {
            end()
            return true
        }

        override fun onSurfaceTextureUpdated(surface: SurfaceTexture) = Unit
    }
}

/**
 * Fills a view of [width] by [height] with the camera's picture, upright and not stretched; what is too much is cut. Android
 * turns the picture for a phone that is held upright, and stretches it over the view.
 */
internal fun previewTransform(
    width: Int,
    height: Int,
    rotation: Int,
): Matrix {
    val isOnSide = rotation == Surface.ROTATION_90 || rotation == Surface.ROTATION_270
    val (across, along) = if (isOnSide) CodeCamera.WIDTH to CodeCamera.HEIGHT else CodeCamera.HEIGHT to CodeCamera.WIDTH
    val scale = maxOf(width.toFloat() / across, height.toFloat() / along)
    val matrix = Matrix()
    val (middleX, middleY) = width / 2f to height / 2f
    if (isOnSide) {
        // Its sides are exchanged by the turn.
        matrix.setScale(along * scale / width, across * scale / height, middleX, middleY)
        matrix.postRotate(if (rotation == Surface.ROTATION_90) -90f else 90f, middleX, middleY)
    } else {
        matrix.setScale(across * scale / width, along * scale / height, middleX, middleY)
        if (rotation == Surface.ROTATION_180) matrix.postRotate(180f, middleX, middleY)
    }
    return matrix
}
