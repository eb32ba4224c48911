package org.healthcode.app.android

import android.annotation.SuppressLint
import android.content.Context
import android.graphics.ImageFormat
import android.graphics.SurfaceTexture
import android.hardware.camera2.CameraAccessException
import android.hardware.camera2.CameraCaptureSession
import android.hardware.camera2.CameraCharacteristics
import android.hardware.camera2.CameraDevice
import android.hardware.camera2.CameraManager
import android.hardware.camera2.CaptureRequest
import android.media.ImageReader
import android.os.Handler
import android.os.HandlerThread
import android.view.Surface

/**
 * The back camera as a stream of codes, with what it sees on [preview]. Android's own camera2: no Google service is needed.
 *
 * Invariant: one picture is looked at at a time, the newest; after [close] neither a picture nor a callback comes. A camera that
 * another app takes, or that fails, ends the stream and nothing else.
 */
class CodeCamera(
    context: Context,
    private val preview: SurfaceTexture,
    private val onCodes: (List<String>) -> Unit,
) : AutoCloseable {
    private val manager = checkNotNull(context.getSystemService(CameraManager::class.java))
    private val thread = HandlerThread("camera").apply { start() }
    private val handler = Handler(thread.looper)
    private val main = Handler(context.mainLooper)
    private val codes = CodeReader()
    private val pictures = ImageReader.newInstance(WIDTH, HEIGHT, ImageFormat.YUV_420_888, 2)
    private val target = Surface(preview)
    private var device: CameraDevice? = null
    private var session: CameraCaptureSession? = null
    private var isLit = false

    @Volatile
    private var isClosed = false

    init {
        preview.setDefaultBufferSize(WIDTH, HEIGHT)
        pictures.setOnImageAvailableListener(::look, handler)
    }

    /** Opens it; nothing is seen where the permission was taken back, or there is no camera. */
    @SuppressLint("MissingPermission")
    fun open() =
        attempt {
            val id = manager.cameraIdList.firstOrNull { facing(it) == CameraCharacteristics.LENS_FACING_BACK }
            if (id != null) manager.openCamera(id, opened, handler)
        }

    /** Switches the torch. */
    fun light(isLit: Boolean) {
        handler.post {
            this.isLit = isLit
            repeatRequest()
        }
    }

    override fun close() {
        isClosed = true
        handler.post {
            session?.close()
            device?.close()
            pictures.close()
            target.release()
            thread.quitSafely()
        }
    }

    private fun facing(id: String) = manager.getCameraCharacteristics(id).get(CameraCharacteristics.LENS_FACING)

    private val opened =
        object : CameraDevice.StateCallback() {
            override fun onOpened(camera: CameraDevice) {
                device = camera
                if (isClosed) end(camera) else attempt { startSession(camera) }
            }

            override fun onDisconnected(camera: CameraDevice) = end(camera)

            override fun onError(
                camera: CameraDevice,
                error: Int,
            ) = end(camera)
        }

    private fun end(camera: CameraDevice) {
        session = null
        device = null
        camera.close()
    }

    /** What a camera throws that somebody else took, that is closed, or that may no more be used. */
    private fun attempt(work: () -> Unit) {
        try {
            work()
        } catch (_: CameraAccessException) {
            device?.let(::end)
        } catch (_: IllegalStateException) {
            device?.let(::end)
        } catch (_: SecurityException) {
            device?.let(::end)
        }
    }

    /** The newer way to start one came with Android 9. */
    @Suppress("DEPRECATION")
    private fun startSession(camera: CameraDevice) =
        camera.createCaptureSession(
            listOf(target, pictures.surface),
            object : CameraCaptureSession.StateCallback() {
                override fun onConfigured(configured: CameraCaptureSession) {
                    session = configured
                    repeatRequest()
                }

                override fun onConfigureFailed(session: CameraCaptureSession) = end(camera)
            },
            handler,
        )

    private fun repeatRequest() =
        attempt {
            val camera = device ?: return@attempt
            val running = session ?: return@attempt
            val request = camera.createCaptureRequest(CameraDevice.TEMPLATE_PREVIEW)
            request.addTarget(target)
            request.addTarget(pictures.surface)
            request.set(CaptureRequest.CONTROL_AF_MODE, CaptureRequest.CONTROL_AF_MODE_CONTINUOUS_PICTURE)
            request.set(CaptureRequest.FLASH_MODE, if (isLit) CaptureRequest.FLASH_MODE_TORCH else CaptureRequest.FLASH_MODE_OFF)
            running.setRepeatingRequest(request.build(), null, handler)
        }

    private fun look(reader: ImageReader) {
        val image = reader.acquireLatestImage() ?: return
        val found =
            image.use {
                val plane = it.planes[0]
                val luma = ByteArray(plane.buffer.remaining()).also(plane.buffer::get)
                // The last row may end early: nothing is read beyond it.
                val whole = luma.copyOf(plane.rowStride * it.height)
                codes.read(whole, plane.rowStride, it.width, it.height)
            }
        if (found.isNotEmpty()) main.post { if (!isClosed) onCodes(found) }
    }

    companion object {
        /** Enough for a code of version 13 across a third of the picture, and decoded in time. */
        const val WIDTH = 1280
        const val HEIGHT = 720
    }
}
