package org.healthcode.app.android

import android.Manifest
import android.content.Intent
import android.content.pm.PackageManager
import android.os.Looper
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.isHeading
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.test.core.app.ActivityScenario
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.launch
import org.healthcode.ScreenWords
import org.healthcode.app.HostPosition
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config

/** What the citizen is asked for, and when: permissions in use, the phone's lock. */
@RunWith(RobolectricTestRunner::class)
@Config(qualifiers = "+zh-rCN")
class AskingTest {
    @get:Rule(order = 0)
    val phone = NewPhone()

    @get:Rule(order = 1)
    val rule = createEmptyComposeRule()

    private val words = ScreenWords("zh-Hans-CN")

    private fun launched() = ActivityScenario.launch<MainActivity>(MainActivity.intent(phone.application, Intent.ACTION_MAIN))

    private fun isSeen(text: String) = rule.onAllNodes(hasText(text)).fetchSemanticsNodes().isNotEmpty()

    /** Some screen of the app: who is new sees another than who is not. */
    private fun isOpen() = rule.onAllNodes(isHeading()).fetchSemanticsNodes().isNotEmpty() && !isSeen(words["lock-title"])

    private fun await(isSo: () -> Boolean) = rule.waitUntil(PATIENCE, isSo)

    /** What the activity has asked Android for so far. */
    private fun asked(activity: ActivityScenario<MainActivity>): List<String> {
        var asked = emptyList<String>()
        activity.onActivity {
            asked =
                shadowOf(it)
                    .lastRequestedPermission
                    ?.requestedPermissions
                    ?.toList()
                    .orEmpty()
        }
        return asked
    }

    @Test
    fun `notices are asked for once there is a colour that can change, and once only`() {
        launched().use { activity ->
            await { isOpen() }
            assertEquals("nothing to tell yet", emptyList<String>(), asked(activity))
            phone.turnGreen()
            await { asked(activity) == listOf(Manifest.permission.POST_NOTIFICATIONS) }
        }
        launched().use { activity ->
            await { isSeen(words["home-show-code"]) }
            rule.waitForIdle()
            assertEquals(emptyList<String>(), asked(activity))
        }
    }

    @Test
    fun `where the phone is stays unknown unless the citizen allows it`() {
        launched().use { activity ->
            await { isOpen() }
            assertFalse(Manifest.permission.ACCESS_COARSE_LOCATION in asked(activity))
            lateinit var host: AndroidHost
            activity.onActivity { host = AndroidHost(it, PreferencesFile(it)) }
            val answers = mutableListOf<HostPosition?>()
            CoroutineScope(Dispatchers.Main).launch { answers += host.position() }
            await { asked(activity) == listOf(Manifest.permission.ACCESS_COARSE_LOCATION) }
            activity.onActivity { it.answer(Manifest.permission.ACCESS_COARSE_LOCATION, PackageManager.PERMISSION_DENIED) }
            await {
                rule.waitForIdle()
                shadowOf(Looper.getMainLooper()).idle()
                answers.isNotEmpty()
            }
            assertEquals(listOf<HostPosition?>(null), answers)
        }
    }

    @Suppress("DEPRECATION")
    private fun MainActivity.answer(
        permission: String,
        answer: Int,
    ) = onRequestPermissionsResult(
        shadowOf(this).lastRequestedPermission.requestCode,
        arrayOf(permission),
        intArrayOf(answer),
    )

    @Test
    fun `a locked app shows nothing of the citizen's until the phone says who it is`() {
        phone.turnGreen()
        PreferencesFile(phone.application).write("locked", "true")
        secure(true)
        launched().use { activity ->
            await { isSeen(words["lock-title"]) }
            assertFalse(isSeen(words["home-title"]))
            activity.onActivity { it.lock.open() }
            await { isSeen(words["home-show-code"]) }
            activity.moveToState(androidx.lifecycle.Lifecycle.State.CREATED)
            activity.moveToState(androidx.lifecycle.Lifecycle.State.RESUMED)
            await { isSeen(words["lock-title"]) }
            assertFalse("left and come back", isSeen(words["home-show-code"]))
        }
    }

    @Test
    fun `a phone without a lock keeps nobody out`() {
        PreferencesFile(phone.application).write("locked", "true")
        secure(false)
        launched().use { await { isOpen() } }
    }

    private fun secure(isSecure: Boolean) =
        shadowOf(checkNotNull(phone.application.getSystemService(android.app.KeyguardManager::class.java))).setIsDeviceSecure(isSecure)

    @Test
    fun `an app that was built for nobody says so`() {
        TestedApplication.isForNobody = true
        launched().use { await { isSeen(words["opening-no-authority-title"]) } }
        assertTrue(phone.application.authority == null)
    }

    private companion object {
        const val PATIENCE = 30_000L
    }
}
