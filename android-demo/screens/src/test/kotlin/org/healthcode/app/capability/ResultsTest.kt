package org.healthcode.app.capability

import androidx.compose.ui.test.ComposeUiTest
import androidx.compose.ui.test.ExperimentalTestApi
import kotlinx.coroutines.runBlocking
import org.healthcode.HealthCode
import org.healthcode.ScreenWords
import org.healthcode.app.SavedFile
import org.healthcode.app.support.PhoneClock
import org.healthcode.app.support.TestHost
import org.healthcode.app.support.awaitState
import org.healthcode.app.support.awaitText
import org.healthcode.app.support.awaitThat
import org.healthcode.app.support.bare
import org.healthcode.app.support.nodes
import org.healthcode.app.support.onPhone
import org.healthcode.app.support.reportOf
import org.healthcode.app.support.shows
import org.healthcode.app.support.stateName
import org.healthcode.app.support.tap
import org.healthcode.app.support.words
import org.healthcode.capability.resultProof
import org.healthcode.capability.results
import org.healthcode.core.Colour
import org.healthcode.core.consent
import org.healthcode.support.Authority
import org.healthcode.support.Phone
import org.healthcode.support.registration
import org.healthcode.support.residentId
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.test.Test
import kotlin.test.assertContentEquals
import kotlin.test.assertEquals
import kotlin.test.assertFalse

/** What laboratories reported, over the real core and a real authority. */
@OptIn(ExperimentalTestApi::class)
class ResultsTest {
    @TempDir
    lateinit var folder: Path

    private val words = ScreenWords("en")
    private val number = residentId("33010619900307411")

    @Test
    fun `a result is new until it was shown, is told with place and times, and its proof is kept as a file`() =
        reported(reportOf(number, "A-1", "negative", place = "Gate 3"), count = 1) { phone, _ ->
            val host = TestHost()
            onPhone(phone, "en", host = host) { app ->
                awaitThat("the notice") { shows(words["results-see"]) }
                tap(words["results-see"])
                awaitState("new")
                awaitText(words["results-new"])
                // Seen: home says it no more, and a second look finds nothing new.
                awaitThat("it was looked at") { runBlocking { app.health.results() }.new == 0u }
                assertEquals("new", stateName(), "it stays marked while it is seen")
                tap(words["common-back"])
                awaitThat("no notice") { !shows(words["results-see"]) }
                tap(words["home-results"])
                awaitState("list")
                tapResult("Negative")
                awaitState("counts")
                awaitText("First Hospital · Gate 3")
                awaitText("until ")
                awaitText("Sampled ")
                awaitText("Reported ")
                host.canSave = SavedFile.FAILED
                tap(words["results-proof-save"])
                awaitText(words["common-not-saved"])
                host.canSave = SavedFile.SAVED
                tap(words["results-proof-save"])
                awaitText(words["results-proof-saved"])
                assertContentEquals(runBlocking { app.health.resultProof("lab/A-1") }, host.saved.single().second)
                tap(words["appeal-see-colour"])
                assertEquals("why", app.navigator.shown.screen)
            }
        }

    @Test
    fun `it ends by time alone, and where the clock cannot be relied on that is said`() =
        reported(reportOf(number, "A-1", "negative"), count = 1) { phone, authority ->
            authority.stop()
            val clock = PhoneClock()
            onPhone(phone, "en", "results", clock = clock) { app ->
                awaitState("new")
                awaitThat("by which clock") { runBlocking { app.health.results() }.clockText == null || shows("clock of this phone") }
                awaitText("(46 h)")
                clock.advance(48 * HOUR_MS)
                mainClock.advanceTimeBy(31_000)
                awaitText(words["results-over"])
                awaitText(words["results-past"])
                tapResult("Negative")
                awaitState("past")
                tap(words["results-find-test"])
                assertEquals("clinics", app.navigator.shown.screen)
            }
        }

    @Test
    fun `what is awaited, what says nothing and what this version cannot tell have each a next step`() =
        reported(
            reportOf(number, "A-1", "pending"),
            reportOf(number, "A-2", "inconclusive", hoursAgo = 2.0),
            reportOf(number, "A-3", "glowing", kind = "breath_of_tomorrow", hoursAgo = 3.0),
            count = 3,
        ) { phone, authority ->
            authority.stop()
            val host = TestHost()
            onPhone(phone, "en", "results", host = host) { app ->
                awaitState("new")
                tapResult("No result yet")
                awaitState("awaited")
                tap(words["code-connect"])
                awaitThat("it has tried") { !app.isSyncing }
                tap(words["common-back"])
                tapResult("The sample told nothing")
                awaitState("unclear")
                awaitText(words["results-find-test"])
                tap(words["common-back"])
                tapResult("A result that this version cannot tell")
                awaitState("unclear")
                tap(words["why-call"])
                assertEquals(listOf("12320"), host.called)
                host.canCall = false
                tap(words["why-call"])
                awaitText(words.format("common-call-by-hand", "number" to "12320").bare())
            }
        }

    @Test
    fun `without any the screen says so and leads to the certificates`() =
        Authority(folder.resolve("authority")).use { authority ->
            onPhone(Phone(folder.resolve("phone"), authority), "en", "results") { app ->
                awaitState("empty")
                awaitText("No results of tests or vaccinations are here.")
                assertFalse(shows(words["results-past"]))
                tap(words["dcc-title"])
                assertEquals("dcc", app.navigator.shown.screen)
                awaitState("empty")
            }
        }

    @Test
    fun `a colour that stands on a report leads to it`() =
        reported(reportOf(number, "A-1", "positive"), count = 1) { phone, _ ->
            onPhone(phone, "en", "why") { app ->
                awaitThat("a red colour") {
                    val home = app.health.home.value
                    home.colour?.colour == Colour.RED
                }
                tap(words["results-see"])
                assertEquals("results", app.navigator.shown.screen)
                awaitText("Positive")
            }
        }

    /** A registered phone that has these reports by now. */
    private fun reported(
        vararg reports: String,
        count: Int,
        look: (Phone, Authority) -> Unit,
    ) = Authority(folder.resolve("authority")).use { authority ->
        reports.forEach(authority::report)
        val phone = Phone(folder.resolve("phone"), authority)
        runBlocking {
            phone.open().use { health ->
                health.register(registration(411), consent("en"))
                health.await(count)
            }
        }
        look(phone, authority)
    }

    /** The authority delivers after it answered the laboratory. */
    private suspend fun HealthCode.await(count: Int) {
        repeat(100) {
            sync()
            if (results().current.size == count) return
            Thread.sleep(100)
        }
        error("the results did not come")
    }

    /** A card is heard as one. */
    private fun ComposeUiTest.tapResult(outcome: String) {
        awaitThat("a result: $outcome") { nodes().any { node -> node.words().any { outcome in it } } }
        tap(outcome)
    }

    private companion object {
        const val HOUR_MS = 3_600_000L
    }
}
