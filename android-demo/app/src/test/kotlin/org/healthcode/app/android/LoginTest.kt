package org.healthcode.app.android

import android.app.Activity
import android.content.Intent
import android.net.Uri
import androidx.test.core.app.ActivityScenario
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeoutOrNull
import org.healthcode.ScreenWords
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf

/** A login's page goes out to the browser, and what the browser comes back with reaches who waits for it, and nobody else. */
@RunWith(RobolectricTestRunner::class)
class LoginTest {
    @get:Rule
    val phone = NewPhone()

    private val words = ScreenWords("en")

    @Test
    fun `the page is shown by the browser, and the answer comes back to the app`() {
        ActivityScenario.launch<MainActivity>(MainActivity.intent(phone.application, Intent.ACTION_MAIN)).use { activity ->
            lateinit var host: AndroidHost
            activity.onActivity { host = AndroidHost(it, PreferencesFile(it)) }
            val back = checkNotNull(host.logins.open(words))
            assertEquals("org.healthcode.app:/login", back.address)
            activity.onActivity {
                host.browse("https://login.example.org/authorize?state=1")
                val out = shadowOf(it).nextStartedActivity
                assertEquals(Intent.ACTION_VIEW to "https://login.example.org/authorize?state=1", out.action to out.dataString)
            }
            val answer = "${back.address}?code=a&state=1"
            val opened = led(answer)
            assertEquals(MainActivity::class.java.name, opened.component?.className)
            assertEquals(answer, runBlocking { back.answer() })
            back.close()
        }
    }

    @Test
    fun `an answer that nobody waits for is dropped`() {
        val logins = phone.application.logins
        val first = logins.open(words)
        first.close()
        led("${first.address}?code=old&state=1")
        val second = logins.open(words)
        assertNull(runBlocking { withTimeoutOrNull(SHORT) { first.answer() } })
        assertNull(runBlocking { withTimeoutOrNull(SHORT) { second.answer() } })
        led("${second.address}?code=new&state=2")
        assertEquals("${second.address}?code=new&state=2", runBlocking { second.answer() })
        second.close()
    }

    /** The browser leads to [address]: what Android opens for it, and what that opens in its turn. */
    private fun led(address: String): Intent {
        val intent = Intent(Intent.ACTION_VIEW, Uri.parse(address)).addCategory(Intent.CATEGORY_BROWSABLE)
        val found = checkNotNull(phone.application.packageManager.resolveActivity(intent, 0)) { "nobody has this scheme" }
        assertEquals(LoginAnswerActivity::class.java.name, found.activityInfo.name)
        val opened: Activity = Robolectric.buildActivity(LoginAnswerActivity::class.java, intent).create().get()
        assertEquals("it shows nothing", true, opened.isFinishing)
        return shadowOf(opened).nextStartedActivity
    }

    private companion object {
        const val SHORT = 300L
    }
}
