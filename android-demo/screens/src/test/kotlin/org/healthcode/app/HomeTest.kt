package org.healthcode.app

import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.test.ComposeUiTest
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.v2.runComposeUiTest
import kotlinx.coroutines.runBlocking
import org.healthcode.HealthCode
import org.healthcode.ScreenWords
import org.healthcode.app.support.TestPhone
import org.healthcode.app.support.awaitState
import org.healthcode.app.support.awaitText
import org.healthcode.app.support.awaitThat
import org.healthcode.app.support.isTagged
import org.healthcode.app.support.nodes
import org.healthcode.app.support.shows
import org.healthcode.app.support.tap
import org.healthcode.core.consent
import org.healthcode.support.Authority
import org.healthcode.support.Phone
import org.healthcode.support.registration
import org.healthcode.support.turnGreen
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertTrue

/** Home, why and history, as a person goes through them, over the real core and a real authority. */
@OptIn(ExperimentalTestApi::class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HomeTest {
    private lateinit var folder: Path
    private lateinit var authority: Authority
    private val words = ScreenWords("en")

    @BeforeAll
    fun start(
        @TempDir folder: Path,
    ) {
        this.folder = folder
        authority = Authority(folder.resolve("authority"))
    }

    @AfterAll
    fun stop() = authority.close()

    private fun phone(
        name: String,
        prepare: suspend (HealthCode) -> Unit = { it.turnGreen() },
    ): TestPhone {
        val phone = TestPhone(folder.resolve(name), authority)
        runBlocking { phone.open("en").use { prepare(it) } }
        return phone
    }

    private fun ComposeUiTest.start(phone: TestPhone) = setContent { CitizenRoot(phone, isDark = false) }

    private fun citizenOf(phone: TestPhone): String =
        runBlocking {
            phone.open("en").use {
                it.home.value.colour!!
                    .citizenId
            }
        }

    @Test
    fun `an alarm of the chain of changes stands on home until it was read, and leads to the history`() {
        val own = Authority(folder.resolve("forgetful"))
        val phone = TestPhone(folder.resolve("alarmed"), own)
        own.use {
            runBlocking {
                phone.open("en").use { health ->
                    health.turnGreen()
                    val citizen = checkNotNull(health.home.value.colour).citizenId
                    own.backUp()
                    own.changeColour(citizen, "red", "confirmed")
                    health.sync()
                    // The change is gone, as if nobody had ever entered it; another one comes in its place.
                    own.putBack()
                    own.changeColour(citizen, "yellow", "close_contact")
                    health.sync()
                }
            }
            runComposeUiTest {
                start(phone)
                awaitState("yellow")
                awaitThat("the alarm's strip") { isTagged("notice-colour_alarm") }
                tap(words["history-see"])
                awaitState("alarm")
                tap(words["history-alarm-read"])
                awaitState("alarms_read")
                tap(words["common-back"])
                awaitState("yellow")
                awaitThat("no strip any more") { !isTagged("notice-colour_alarm") }
            }
        }
    }

    @Test
    fun `a change of colour is a page to read, and stays one until it was read`() {
        val phone = phone("changed")
        val citizen = citizenOf(phone)
        runComposeUiTest {
            start(phone)
            awaitState("green")
            assertFalse(shows(words["home-news-title"]), "the first colour is no news")
            authority.changeColour(citizen, "yellow", "close_contact")
            tap(words["home-sync"])
            awaitText(words["home-news-title"])
            assertTrue(shows("You are a close contact of a confirmed case."))
        }
        runComposeUiTest {
            start(phone)
            awaitText(words["home-news-title"])
            tap(words["home-news-read"])
            awaitState("yellow")
            assertFalse(shows(words["home-news-title"]))
            tap(words["home-why"])
            awaitState("check_ins")
            awaitText(words["why-officer-text"])
            assertTrue(shows(words["why-dispute"]))
            tap(words["why-history"])
            awaitState("changes")
            assertTrue(shows("Green to Yellow"))
            assertTrue(shows("Checked"))
            assertTrue(shows("By an order of two officers: officer-1 ("))
            tap(words["common-back"])
            awaitState("check_ins")
            tap(words["why-call"])
            assertEquals(listOf(HEALTH_LINE), phone.host.called)
        }
        runComposeUiTest {
            start(phone)
            awaitState("yellow")
            assertFalse(shows(words["home-news-title"]), "it was read")
        }
    }

    @Test
    fun `what waits is told, refreshing says that it runs, and no network is said calmly`() {
        val phone = phone("waiting") { it.register(registration(501), consent("en")) }
        authority.stop()
        try {
            runComposeUiTest {
                start(phone)
                awaitState("registration_queued")
                awaitText(words["home-waiting-title"])
                awaitThat("offline") { isTagged("notice-offline") }
            }
        } finally {
            authority.start()
        }
        runComposeUiTest {
            start(phone)
            // After a failure it waits before it tries again by itself; a person need not.
            awaitState("registration_queued")
            tap("Connect")
            awaitState("awaiting_colour")
            awaitThat("all is sent") { !isTagged("notice-uploads_waiting") && !isTagged("notice-offline") }
        }
    }

    @Test
    fun `a refused registration is said with why, and the button leads to where it is mended`() {
        runBlocking {
            Phone(folder.resolve("before"), authority).open().use {
                it.register(registration(601), consent("en"))
                it.sync()
            }
        }
        val phone = phone("refused") { it.register(registration(601), consent("en")) }
        runComposeUiTest {
            start(phone)
            awaitState("registration_refused")
            awaitText(words["home-refused-title"])
            awaitText("This document is registered with another phone.")
        }
    }

    @Test
    fun `an elder has four things to do at most, large enough, and the rest one page further`() {
        val phone = phone("elder")
        phone.settingsFile.write("elder", "true")
        runComposeUiTest {
            start(phone)
            awaitState("green")
            val targets = nodes().filter { it.config.getOrNull(SemanticsActions.OnClick) != null }
            assertTrue(targets.size in 2..4, "${targets.size}")
            for (target in targets) {
                assertTrue(target.size.height >= 60 * density.density, "${target.config} ${target.size}")
                assertEquals(Role.Button, target.config.getOrNull(SemanticsProperties.Role))
            }
            tap(words["common-more"])
            awaitText(words["home-settings"])
            assertTrue(shows(words["home-sync"]))
        }
    }
}
