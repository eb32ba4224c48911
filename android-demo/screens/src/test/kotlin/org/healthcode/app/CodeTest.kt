package org.healthcode.app

import androidx.compose.ui.graphics.toPixelMap
import androidx.compose.ui.test.ComposeUiTest
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.captureToImage
import androidx.compose.ui.test.onNodeWithTag
import androidx.compose.ui.test.v2.runComposeUiTest
import kotlinx.coroutines.runBlocking
import org.healthcode.ScreenWords
import org.healthcode.app.support.PhoneClock
import org.healthcode.app.support.TestPhone
import org.healthcode.app.support.awaitState
import org.healthcode.app.support.awaitThat
import org.healthcode.app.support.focused
import org.healthcode.app.support.images
import org.healthcode.app.support.isTagged
import org.healthcode.app.support.liveRegions
import org.healthcode.app.support.shows
import org.healthcode.app.support.tap
import org.healthcode.app.support.texts
import org.healthcode.app.support.words
import org.healthcode.support.Authority
import org.healthcode.support.turnGreen
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.test.Test
import kotlin.test.assertContains
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertTrue

private const val HOUR_MS = 3_600_000L

/** The code on the screen, as somebody has it who listens to the phone, over the real core. */
@OptIn(ExperimentalTestApi::class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CodeTest {
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

    private fun green(
        name: String,
        clock: PhoneClock = PhoneClock(),
    ): TestPhone {
        val phone = TestPhone(folder.resolve(name), authority, clock = clock)
        runBlocking { phone.open("en").use { it.turnGreen() } }
        return phone
    }

    private fun ComposeUiTest.openCode(phone: TestPhone) {
        setContent { CitizenRoot(phone, isDark = false) }
        awaitState("green")
        tap(words["home-show-code"])
        awaitThat("the code") { isTagged("qr") }
    }

    /** The picture in few words. */
    private fun ComposeUiTest.picture(): Int {
        val pixels = onNodeWithTag("qr").captureToImage().toPixelMap()
        return pixels.buffer.contentHashCode()
    }

    @Test
    fun `a minute of rotation says nothing and moves nothing but the picture`() {
        val phone = green("rotation", PhoneClock(isStill = true))
        runComposeUiTest {
            openCode(phone)
            val (live, focus, image) = Triple(liveRegions(), focused(), images().single())
            assertEquals(1, focus.size)
            assertContains(image.words().single(), "Hold to the scanner")
            val seen = texts().sorted()
            var (last, swaps) = picture() to 0
            repeat(60) { second ->
                phone.clock.advance(1_000)
                mainClock.advanceTimeBy(1_000)
                // The next code comes from a thread of the core's.
                if (second % 5 == 4) Thread.sleep(100)
                waitForIdle()
                val now = picture()
                if (now != last) swaps++
                last = now
                assertEquals(live, liveRegions())
                assertEquals(focus, focused())
                assertEquals(image.id to image.words(), images().single().let { it.id to it.words() })
                assertEquals(seen, texts().sorted())
            }
            assertEquals(2, swaps)
        }
    }

    @Test
    fun `nothing on the code screen says that it is good, and the screen is given back`() {
        val phone = green("given-back")
        for (language in listOf("en", "zh")) {
            phone.settingsFile.write("language", language)
            runComposeUiTest {
                setContent { CitizenRoot(phone, isDark = false) }
                val said = ScreenWords(language)
                awaitState("green")
                assertNothingVouches()
                tap(said["home-show-code"])
                awaitThat("the code") { isTagged("qr") }
                assertEquals(true, phone.host.shown.last())
                assertNothingVouches()
                tap(said["code-why"])
                awaitThat("why") { shows(said["why-reason"]) }
                assertEquals(false, phone.host.shown.last())
                assertNothingVouches()
                tap(said["common-back"])
                awaitThat("the code") { isTagged("qr") }
                assertEquals(true, phone.host.shown.last())
            }
            assertEquals(false, phone.host.shown.last(), "the window was closed over the code")
        }
    }

    private fun ComposeUiTest.assertNothingVouches() {
        for (text in texts()) {
            for (word in listOf("valid", "有效", "✓", "✔", "☑")) assertFalse(text.contains(word, ignoreCase = true), text)
        }
    }

    @Test
    fun `a phone clock that is a day off shows the code and a strip`() {
        for (hours in listOf(-26L, 26L)) {
            val phone = green("clock$hours")
            runComposeUiTest {
                setContent { CitizenRoot(phone, isDark = false) }
                awaitState("green")
                phone.clock.set(hours * HOUR_MS)
                mainClock.advanceTimeBy(31_000)
                awaitThat("the strip") { isTagged("notice-clock_wrong") }
                tap(words["home-show-code"])
                awaitThat("the code") { isTagged("qr") }
            }
        }
    }

    @Test
    fun `an expired code is gone, with a way to have one again`() {
        val phone = green("expired")
        runComposeUiTest {
            openCode(phone)
            authority.stop()
            phone.clock.advance(48 * HOUR_MS)
            mainClock.advanceTimeBy(31_000)
            awaitState("expired")
            assertFalse(isTagged("qr"))
            assertTrue(images().isEmpty())
            assertEquals(false, phone.host.shown.last())
            tap(words["code-connect"])
            awaitThat("the try has ended") { !shows(words["home-syncing"]) }
            awaitState("expired")
            authority.start()
            tap(words["code-connect"])
            awaitThat("the code") { isTagged("qr") }
        }
    }

    @Test
    fun `a code that was shown before says so below it`() {
        val phone = green("shown-before")
        authority.stop()
        val said = "This code was shown before: doors that pool what they scan can tell that both times it was this phone."
        runComposeUiTest {
            openCode(phone)
            assertFalse(shows(said))
            var showings = 1
            while (!shows(said)) {
                tap(words["common-back"])
                awaitState("green")
                phone.clock.advance(3 * 60_000)
                tap(words["home-show-code"])
                awaitThat("the code") { isTagged("qr") }
                assertTrue(++showings <= 17, "as many showings as a phone holds codes, and one")
            }
            assertTrue(showings > 2, "a batch has more codes than one")
        }
        authority.start()
    }
}
