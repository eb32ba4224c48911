package org.healthcode.app.capability

import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.assertIsFocused
import androidx.compose.ui.test.onNodeWithTag
import kotlinx.coroutines.runBlocking
import org.healthcode.ScreenWords
import org.healthcode.app.support.PhoneClock
import org.healthcode.app.support.TestHost
import org.healthcode.app.support.awaitState
import org.healthcode.app.support.awaitText
import org.healthcode.app.support.awaitThat
import org.healthcode.app.support.evidence
import org.healthcode.app.support.isBusy
import org.healthcode.app.support.onPhone
import org.healthcode.app.support.photograph
import org.healthcode.app.support.shows
import org.healthcode.app.support.stateName
import org.healthcode.app.support.tap
import org.healthcode.app.support.texts
import org.healthcode.app.support.type
import org.healthcode.capability.appealDraft
import org.healthcode.capability.appeals
import org.healthcode.capability.submitAppeal
import org.healthcode.support.Authority
import org.healthcode.support.Phone
import org.healthcode.support.turnGreen
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertTrue

/** A citizen appeals: writes, adds, is refused, mends, sends, waits too long, calls, and has several. */
@OptIn(ExperimentalTestApi::class)
class AppealTest {
    @TempDir
    lateinit var folder: Path

    private val words = ScreenWords("en")

    @Test
    fun `what was written and added is still there after the app ended`() =
        Authority(folder.resolve("authority")).use { authority ->
            val phone = Phone(folder.resolve("phone"), authority)
            runBlocking { phone.open().use { it.turnGreen() } }
            val host = TestHost()
            onPhone(phone, "en", "appeal", host = host) { app ->
                awaitState("write")
                // Nothing was picked: nothing happens.
                tap(words["appeal-add-picture"])
                awaitThat("the picker has answered") { !app.isBusy }
                assertEquals("write", stateName())
                host.picked += evidence("photo")
                tap(words["appeal-add-picture"])
                awaitText("Photograph")
                host.picked += evidence("photo")
                tap(words["appeal-add-picture"])
                awaitState("problem")
                type("I was not there.")
                awaitThat("the draft is kept") { runBlocking { app.health.appealDraft() }.statement == "I was not there." }
            }
            onPhone(phone, "en", "appeal", host = host) { app ->
                awaitText("I was not there.")
                tap(words["appeal-remove"])
                awaitThat("it is gone") { runBlocking { app.health.appealDraft() }.evidence.isEmpty() }
                for (side in 1..5) {
                    host.picked += photograph(10 * side, 20)
                    tap(words["appeal-add-picture"])
                    awaitThat("$side were added") { !app.isBusy && runBlocking { app.health.appealDraft() }.evidence.size == side }
                }
                awaitThat("no more can be added") { !shows(words["appeal-add-picture"]) && !shows(words["appeal-add-document"]) }
                tap(words["form-continue"])
                awaitState("check")
                tap(words["common-edit"])
                awaitState("write")
                awaitText("I was not there.")
            }
        }

    @Test
    fun `what is wrong is said, and leads to the box`() =
        Authority(folder.resolve("authority")).use { authority ->
            val phone = Phone(folder.resolve("phone"), authority)
            runBlocking { phone.open().use { it.turnGreen() } }
            onPhone(phone, "en", "appeal") { app ->
                awaitState("write")
                tap(words["form-continue"])
                awaitState("problem")
                onNodeWithTag("problems").assertIsFocused()
                val most = runBlocking { app.health.appealDraft() }.maxStatementChars.toInt()
                for (tooLong in listOf(most + 1, 100_000)) {
                    type("长".repeat(tooLong))
                    tap(words["form-continue"])
                    awaitThat("the core's answer") { !app.isBusy }
                    awaitState("problem")
                }
                assertTrue(runBlocking { app.health.appeals() }.appeals.isEmpty())
            }
        }

    @Test
    fun `a deadline that passed is said loud, with whom to call`() =
        Authority(folder.resolve("authority")).use { authority ->
            val phone = Phone(folder.resolve("phone"), authority)
            val (clock, host) = PhoneClock() to TestHost()
            runBlocking {
                phone.open(clock = clock).use {
                    it.turnGreen()
                    it.submitAppeal("Look again.")
                    it.sync()
                }
            }
            onPhone(phone, "en", "appeal", host = host, clock = clock) {
                awaitState("received")
                clock.advance(5 * 3_600_000)
                mainClock.advanceTimeBy(31_000)
                awaitState("overdue")
                tap(words["why-call"])
                assertEquals(listOf("12320"), host.called)
                host.canCall = false
                tap(words["why-call"])
                awaitText("This device cannot call.")
            }
        }

    @Test
    fun `several are a list, the newest first, and each leads to its page and back`() =
        Authority(folder.resolve("authority")).use { authority ->
            val phone = Phone(folder.resolve("phone"), authority)
            runBlocking {
                phone.open().use {
                    it.turnGreen()
                    it.submitAppeal("The first one.")
                }
            }
            authority.stop()
            onPhone(phone, "en", "appeal") { app ->
                awaitState("queued")
                tap(words["appeal-again"])
                awaitState("write")
                type("The second one.")
                tap(words["form-continue"])
                awaitState("check")
                tap(words["appeal-send"])
                awaitState("queued")
                awaitText("The second one.")
                tap(words["common-back"])
                awaitState("list")
                assertTrue(texts().indexOf("The second one.") < texts().indexOf("The first one."))
                tap("The first one.")
                awaitState("queued")
                assertFalse(shows("The second one."))
                tap(words["appeal-withdraw"])
                awaitState("withdraw")
                tap(words["appeal-keep"])
                awaitState("queued")
                tap(words["appeal-withdraw"])
                tap(words["appeal-withdraw"])
                // One that was never sent goes at once; the other one stays.
                awaitThat("one is left") { runBlocking { app.health.appeals() }.appeals.size == 1 }
                awaitText("The second one.")
            }
        }

    @Test
    fun `without a colour there is nothing to appeal against`() =
        Authority(folder.resolve("authority")).use { authority ->
            onPhone(Phone(folder.resolve("phone"), authority), "en", "appeal") {
                awaitState("nothing")
                awaitText(words["appeal-no-colour"])
            }
        }
}
