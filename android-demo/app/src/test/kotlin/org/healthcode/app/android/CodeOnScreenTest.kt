package org.healthcode.app.android

import android.content.Intent
import android.graphics.Bitmap
import android.graphics.Insets
import android.view.WindowInsets
import android.view.WindowManager.LayoutParams
import androidx.compose.ui.graphics.asAndroidBitmap
import androidx.compose.ui.test.captureToImage
import androidx.compose.ui.test.hasTestTag
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.isRoot
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.lifecycle.Lifecycle
import androidx.test.core.app.ActivityScenario
import kotlinx.coroutines.runBlocking
import org.healthcode.Checkpoint
import org.healthcode.ScreenWords
import org.healthcode.core.BundleKind
import org.healthcode.core.SyncResult
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import java.io.File
import java.util.concurrent.TimeUnit

/** The main job on Android's own classes: the real activity, the real core, a real authority, another program's scanner. */
@RunWith(RobolectricTestRunner::class)
@Config(qualifiers = "+zh-rCN")
class CodeOnScreenTest {
    @get:Rule(order = 0)
    val phone = NewPhone()

    @get:Rule(order = 1)
    val rule = createEmptyComposeRule()

    private val words = ScreenWords("zh-Hans-CN")

    private fun launched(action: String = Intent.ACTION_MAIN): ActivityScenario<MainActivity> =
        ActivityScenario.launch(MainActivity.intent(phone.application, action))

    private fun awaitText(text: String) = rule.waitUntil(PATIENCE) { rule.onAllNodes(hasText(text)).fetchSemanticsNodes().isNotEmpty() }

    private fun awaitCode() = rule.waitUntil(PATIENCE) { rule.onAllNodes(hasTestTag("qr")).fetchSemanticsNodes().isNotEmpty() }

    private fun picture(name: String): File {
        val bitmap = rule.onNode(isRoot()).captureToImage().asAndroidBitmap()
        val file = File(System.getProperty("healthcode.pictures"), "$name.png")
        file.outputStream().use { bitmap.compress(Bitmap.CompressFormat.PNG, 100, it) }
        return file
    }

    private fun ActivityScenario<MainActivity>.isSecret(): Boolean {
        var flags = 0
        onActivity { flags = it.window.attributes.flags }
        return flags and LayoutParams.FLAG_SECURE != 0
    }

    private fun ActivityScenario<MainActivity>.light(): Float {
        var light = 0f
        onActivity { light = it.window.attributes.screenBrightness }
        return light
    }

    @Test
    fun `a code on the screen is read by zbar and accepted at the door`() {
        phone.turnGreen()
        launched().use {
            awaitText(words["home-show-code"])
            picture("home")
            rule.onNodeWithText(words["home-show-code"]).performClick()
            awaitCode()
            val text = scanned(picture("code"))
            assertTrue(accepted(text))
            assertFalse("altered", accepted(text.dropLast(1)))
        }
    }

    /** What another program reads out of the picture. */
    private fun scanned(picture: File): String {
        val zbar = ProcessBuilder("zbarimg", "--quiet", "--raw", picture.path).start()
        val text = zbar.inputReader().readText().trim()
        assertTrue(zbar.waitFor(30, TimeUnit.SECONDS))
        assertTrue("zbar reads no code in $picture", text.startsWith("JKM1:"))
        return text
    }

    private fun accepted(text: String): Boolean =
        runBlocking {
            val health = phone.health
            health.setChecksOthers(true)
            assertEquals(SyncResult.SYNCED, health.sync().result)
            val trust = checkNotNull(health.publishedBundle(BundleKind.TRUST))
            Checkpoint.open(trust, TestedApplication.AUTHORITY.rootKey).use { door ->
                health.statusLists().forEach { door.addStatusList(it) }
                door.check(text).accepted
            }
        }

    @Test
    fun `the window is secret and bright while the code is on it, and neither after`() {
        phone.turnGreen()
        launched().use { activity ->
            awaitText(words["home-show-code"])
            assertFalse(activity.isSecret())
            rule.onNodeWithText(words["home-show-code"]).performClick()
            awaitCode()
            assertTrue(activity.isSecret())
            assertEquals(LayoutParams.BRIGHTNESS_OVERRIDE_FULL, activity.light())
            activity.onActivity { it.onBackPressedDispatcher.onBackPressed() }
            awaitText(words["home-show-code"])
            assertFalse(activity.isSecret())
            assertEquals(LayoutParams.BRIGHTNESS_OVERRIDE_NONE, activity.light())
            activity.onActivity { assertFalse("back leads out of the app, not to the code", it.isFinishing) }
        }
    }

    @Test
    fun `nothing lies under the system's bars`() {
        launched().use { activity ->
            awaitText(words["onboarding-start"])
            val bars = WindowInsets.Builder().setInsets(WindowInsets.Type.systemBars(), Insets.of(0, 90, 0, 140)).build()
            activity.onActivity { it.window.decorView.dispatchApplyWindowInsets(bars) }
            rule.waitForIdle()
            val (all, button) =
                listOf(rule.onNode(isRoot()), rule.onNodeWithText(words["onboarding-start"])).map {
                    it.fetchSemanticsNode().boundsInRoot
                }
            assertTrue("$button in $all", button.bottom <= all.bottom - 140)
        }
    }

    @Test
    fun `who comes back to an app that Android ended finds the screen that was left`() {
        phone.turnGreen()
        launched(MainActivity.SHOW_CODE).use { activity ->
            awaitCode()
            activity.recreate()
            awaitCode()
            activity.onActivity { it.onBackPressedDispatcher.onBackPressed() }
            awaitText(words["home-show-code"])
        }
    }

    @Test
    fun `who wants no bright screen gets none`() {
        phone.turnGreen()
        PreferencesFile(phone.application).write("bright", "false")
        launched(MainActivity.SHOW_CODE).use { activity ->
            awaitCode()
            assertTrue(activity.isSecret())
            assertEquals(LayoutParams.BRIGHTNESS_OVERRIDE_NONE, activity.light())
        }
    }

    @Test
    fun `one tap from outside shows the code, and leaving gives the light back`() {
        phone.turnGreen()
        val activity = launched(MainActivity.SHOW_CODE)
        awaitCode()
        activity.moveToState(Lifecycle.State.CREATED)
        activity.moveToState(Lifecycle.State.RESUMED)
        awaitCode()
        activity.close()
        // The store is the process's: what works in the background goes on with it.
        assertEquals(SyncResult.SYNCED, runBlocking { phone.health.sync().result })
    }

    private companion object {
        const val PATIENCE = 30_000L
    }
}
