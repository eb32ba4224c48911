package org.healthcode.app.capability

import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.onNodeWithText
import org.healthcode.ScreenWords
import org.healthcode.app.screen.Destination
import org.healthcode.app.support.awaitText
import org.healthcode.app.support.awaitThat
import org.healthcode.app.support.onPhone
import org.healthcode.app.support.tap
import org.healthcode.core.Stage
import org.healthcode.core.consent
import org.healthcode.support.Authority
import org.healthcode.support.Phone
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue

/** Somebody new: finds their language, reads what is asked, agrees or does not. */
@OptIn(ExperimentalTestApi::class)
class OnboardingTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `a language is found in its own script, and agreeing leads to the form`() =
        Authority(folder.resolve("authority")).use { authority ->
            onPhone(Phone(folder.resolve("phone"), authority), "en") { app ->
                runOnIdle { app.navigator.restart(Destination("onboarding")) }
                tap("简体中文")
                val words = ScreenWords("zh")
                tap(words["onboarding-start"])
                awaitText(words["onboarding-consent-who"])
                awaitText(consent("zh").text)
                val (agree, notNow) = words["onboarding-consent-agree"] to words["onboarding-consent-not-now"]
                val sizes = listOf(agree, notNow).map { onNodeWithText(it).fetchSemanticsNode().size }
                assertEquals(sizes[0], sizes[1], "equal buttons")
                assertEquals(0, app.settings.agreedConsent)
                tap(agree)
                awaitText("姓名")
                assertEquals(consent("zh").version.toInt(), app.settings.agreedConsent)
                // Leaving the form leads home, not back to the welcome.
                runOnIdle { app.navigator.back() }
                awaitThat("it comes about") { app.navigator.shown.screen == "home" }
                assertEquals(Stage.NOT_REGISTERED, app.health.home.value.stage)
            }
        }

    @Test
    fun `not now agrees to nothing, and the form asks again before it sends`() =
        Authority(folder.resolve("authority")).use { authority ->
            onPhone(Phone(folder.resolve("phone"), authority), "en") { app ->
                val words = ScreenWords("en")
                runOnIdle { app.navigator.restart(Destination("onboarding")) }
                tap(words["onboarding-start"])
                runOnIdle { app.navigator.back() }
                awaitText(words["onboarding-lead"])
                tap(words["onboarding-start"])
                tap(words["onboarding-consent-not-now"])
                awaitThat("it comes about") { app.navigator.shown.screen == "home" }
                assertTrue(app.settings.isWelcomed)
                assertEquals(0, app.settings.agreedConsent)
                runOnIdle { app.navigator.open("form", "registration") }
                awaitText("Full name")
            }
        }
}
