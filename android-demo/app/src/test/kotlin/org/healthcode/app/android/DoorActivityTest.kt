package org.healthcode.app.android

import android.Manifest
import android.content.ComponentName
import android.content.Intent
import android.content.pm.PackageManager
import android.graphics.Bitmap
import android.os.Looper
import android.view.WindowManager.LayoutParams
import androidx.compose.ui.graphics.asAndroidBitmap
import androidx.compose.ui.test.captureToImage
import androidx.compose.ui.test.hasTestTag
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.isRoot
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.lifecycle.Lifecycle
import androidx.test.core.app.ActivityScenario
import kotlinx.coroutines.runBlocking
import org.healthcode.ScreenWords
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotEquals
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import java.io.File

/** The door's app on Android's own classes: pictures go in, the real core judges them against a real authority's lists. */
@RunWith(RobolectricTestRunner::class)
@Config(qualifiers = "+zh-rCN")
class DoorActivityTest {
    @get:Rule(order = 0)
    val phone = NewPhone()

    @get:Rule(order = 1)
    val rule = createEmptyComposeRule()

    private val words = ScreenWords("zh-Hans-CN")
    private val camera get() = checkNotNull(phone.application.camera)

    private fun allowCamera() = shadowOf(phone.application).grantPermissions(Manifest.permission.CAMERA)

    private fun launched(): ActivityScenario<DoorActivity> = ActivityScenario.launch(DoorActivity::class.java)

    private fun await(holds: () -> Boolean) =
        rule.waitUntil(PATIENCE) {
            shadowOf(Looper.getMainLooper()).idle()
            holds()
        }

    private fun isState(name: String) = rule.onAllNodes(hasTestTag("state-$name")).fetchSemanticsNodes().isNotEmpty()

    private fun awaitState(name: String) = await { isState(name) }

    private fun isSeen(text: String) = rule.onAllNodes(hasText(text)).fetchSemanticsNodes().isNotEmpty()

    private fun picture(name: String) {
        val bitmap = rule.onNode(isRoot()).captureToImage().asAndroidBitmap()
        val file = File(System.getProperty("healthcode.pictures"), "$name.png")
        file.outputStream().use { bitmap.compress(Bitmap.CompressFormat.PNG, 100, it) }
    }

    /** Holds the picture to the camera, which looks again and again, until the lists are there and it has a [state]. */
    private fun holdUntil(
        state: String,
        vararg texts: String,
    ) = await {
        if (!isState(state)) camera.sees(*texts)
        rule.waitForIdle()
        isState(state)
    }

    @Test
    fun `it has an entry and a sign of its own, and keeps the screen on`() {
        val manager = phone.application.packageManager
        val entries = manager.queryIntentActivities(Intent(Intent.ACTION_MAIN).addCategory(Intent.CATEGORY_LAUNCHER), 0)
        val signs = entries.filter { it.activityInfo.packageName == phone.application.packageName }.map { it.activityInfo }
        assertEquals(2, signs.size)
        assertEquals(2, signs.map { it.iconResource }.toSet().size)
        val own = manager.getActivityInfo(ComponentName(phone.application, DoorActivity::class.java), 0)
        assertNotEquals("among the recent apps it stands by itself", phone.application.packageName, own.taskAffinity)
        allowCamera()
        launched().use { door ->
            awaitState("scanning")
            door.onActivity { assertTrue(it.window.attributes.flags and LayoutParams.FLAG_KEEP_SCREEN_ON != 0) }
            picture("door")
        }
    }

    @Test
    fun `without the camera it says so, and leads to where a refusal is taken back`() {
        shadowOf(phone.application).denyPermissions(Manifest.permission.CAMERA)
        launched().use { door ->
            lateinit var activity: DoorActivity
            door.onActivity { activity = it }
            await { shadowOf(activity).lastRequestedPermission != null }
            door.onActivity { it.refuse() }
            await { isSeen(words["checkpoint-camera-denied-title"]) }
            rule.onNodeWithText(words["checkpoint-camera-settings"]).performScrollTo().performClick()
            assertTrue(camera.settingsWereOpened)
        }
    }

    @Suppress("DEPRECATION")
    private fun DoorActivity.refuse() =
        onRequestPermissionsResult(
            shadowOf(this).lastRequestedPermission.requestCode,
            arrayOf(Manifest.permission.CAMERA),
            intArrayOf(PackageManager.PERMISSION_DENIED),
        )

    @Test
    fun `a picture of a code has a verdict, which is gone when the door is left`() {
        phone.turnGreen()
        val code = runBlocking { phone.health.currentCode().text }
        allowCamera()
        launched().use { door ->
            awaitState("scanning")
            await { camera.isRunning }
            holdUntil("pass", code)
            picture("door-pass")
            door.moveToState(Lifecycle.State.CREATED)
            door.moveToState(Lifecycle.State.RESUMED)
            awaitState("scanning")
            assertFalse(isSeen(words["checkpoint-pass"]))
        }
        assertTrue("a store of its own", phone.application.doorFolder.isDirectory)
    }

    @Test
    fun `of two people's codes in one picture none is checked`() {
        phone.turnGreen()
        val code = runBlocking { phone.health.currentCode().text }
        // Another code of the same look: which of the two is meant nobody can tell.
        val other = code.dropLast(1) + (if (code.last() == '0') '1' else '0')
        allowCamera()
        launched().use {
            awaitState("scanning")
            await { camera.isRunning }
            holdUntil("several", code, other)
        }
    }

    private companion object {
        const val PATIENCE = 30_000L
    }
}
