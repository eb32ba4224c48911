package org.healthcode.app.capability

import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.assertIsNotEnabled
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.performClick
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.runBlocking
import org.healthcode.ScreenWords
import org.healthcode.app.Host
import org.healthcode.app.SavedFile
import org.healthcode.app.support.TestHost
import org.healthcode.app.support.awaitState
import org.healthcode.app.support.awaitText
import org.healthcode.app.support.awaitThat
import org.healthcode.app.support.isTagged
import org.healthcode.app.support.onPhone
import org.healthcode.app.support.shows
import org.healthcode.app.support.tap
import org.healthcode.app.support.type
import org.healthcode.core.textOfCode
import org.healthcode.support.Authority
import org.healthcode.support.Phone
import org.healthcode.support.turnGreen
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.test.Test
import kotlin.test.assertContentEquals
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertTrue

/** What is taken along: a sheet of paper, and everything that is held. */
@OptIn(ExperimentalTestApi::class)
class RightsTest {
    @TempDir
    lateinit var folder: Path

    private val words = ScreenWords("en")

    @Test
    fun `a sheet is kept as a picture, said to be replaced before it is, and left where that is cancelled`() =
        Authority(folder.resolve("authority")).use { authority ->
            val phone = Phone(folder.resolve("phone"), authority)
            runBlocking { phone.open().use { it.turnGreen() } }
            val host = TestHost()
            onPhone(phone, "en", "paper", host = host) { app ->
                awaitState("none")
                type("many")
                tap(words["paper-ask"])
                awaitState("problem")
                type("30")
                tap(words["paper-ask"])
                awaitState("ready")
                awaitThat("its picture") { isTagged("qr") }
                assertFalse(shows(words["common-green-means"]), "no colour beside it")
                tap(words["paper-save"])
                awaitText(words["paper-saved"])
                val (name, bytes) = host.saved.single()
                assertEquals("health-code-paper.png", name)
                assertContentEquals(byteArrayOf(0x50, 0x4e, 0x47), bytes.copyOfRange(1, 4))
                tap(words["paper-ask-newer"])
                awaitState("replace")
                tap(words["common-cancel"])
                awaitState("ready")
                assertEquals(0u, app.health.home.value.uploadsWaiting)
            }
        }

    @Test
    fun `who is not green is told so, and nothing is made`() =
        Authority(folder.resolve("authority")).use { authority ->
            val phone = Phone(folder.resolve("phone"), authority)
            runBlocking {
                phone.open().use {
                    it.turnGreen()
                    authority.changeColour(checkNotNull(it.home.value.colour).citizenId, "yellow", "close_contact")
                    it.sync()
                }
            }
            onPhone(phone, "en", "paper") {
                awaitState("none")
                tap(words["paper-ask"])
                awaitState("problem")
                awaitText(checkNotNull(textOfCode("paper_not_green", "en")))
            }
        }

    @Test
    fun `what is held is read without a network, kept in a file, and a refused place is said`() =
        Authority(folder.resolve("authority")).use { authority ->
            val phone = Phone(folder.resolve("phone"), authority)
            runBlocking { phone.open().use { it.turnGreen() } }
            authority.stop()
            val host = TestHost()
            onPhone(phone, "en", "settings", "erase_confirm", host = host) {
                awaitState("erase_confirm")
                tap(words["settings-erase-export"])
                awaitState("not_requested")
                awaitText("欧阳振华")
                host.canSave = SavedFile.FAILED
                tap(words["export-save-file"])
                awaitState("problem")
                host.canSave = SavedFile.CANCELLED
                tap(words["export-save-file"])
                awaitThat("it was cancelled") { host.saves == 2 }
                awaitState("not_requested")
                host.canSave = SavedFile.SAVED
                tap(words["export-save-file"])
                awaitState("saved")
                val (name, bytes) = host.saved.single()
                assertEquals("health-code-export.json", name)
                assertTrue("欧阳振华" in bytes.decodeToString())
                tap(words["export-save-page"])
                awaitThat("the paper") { host.saved.size == 2 }
                awaitState("saved")
                val (paper, pages) = host.saved.last()
                assertTrue(paper.startsWith("health-code-") && paper.endsWith(".pdf"), paper)
                assertEquals("%PDF-", pages.copyOf(5).decodeToString())
                tap(words["export-ask"])
                awaitState("requested")
                tap(words["common-back"])
                awaitState("erase_confirm")
            }
        }

    @Test
    fun `while a file is being kept no other is made, and what came of it is what is said`() =
        Authority(folder.resolve("authority")).use { authority ->
            val phone = Phone(folder.resolve("phone"), authority)
            runBlocking { phone.open().use { it.turnGreen() } }
            authority.stop()
            val host = SlowHost()
            onPhone(phone, "en", "export", host = host) {
                awaitState("not_requested")
                tap(words["export-save-file"])
                awaitThat("the dialog") { host.asked == 1 }
                // The buttons wait; one that is tapped all the same does nothing.
                onNode(hasText(words["export-save-page"]) and hasClickAction()).assertIsNotEnabled()
                onNode(hasText(words["export-save-file"]) and hasClickAction()).assertIsNotEnabled().performClick()
                waitForIdle()
                host.answer.complete(SavedFile.CANCELLED)
                awaitThat("it is over") { host.answered == 1 }
                awaitState("not_requested")
                host.answer = CompletableDeferred(SavedFile.SAVED)
                tap(words["export-save-page"])
                awaitState("saved")
                assertEquals(2, host.asked)
            }
        }

    /** A place that takes its time to be chosen. */
    private class SlowHost : Host by TestHost() {
        var answer = CompletableDeferred<SavedFile>()
        var asked = 0
        var answered = 0

        override suspend fun save(
            name: String,
            type: String,
            bytes: ByteArray,
        ): SavedFile {
            asked += 1
            return answer.await().also { answered += 1 }
        }
    }
}
