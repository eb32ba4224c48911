package org.healthcode.app

import androidx.compose.ui.test.ComposeUiTest
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.v2.runComposeUiTest
import kotlinx.coroutines.runBlocking
import org.healthcode.ScreenWords
import org.healthcode.app.support.TestPhone
import org.healthcode.app.support.awaitState
import org.healthcode.app.support.awaitText
import org.healthcode.app.support.shows
import org.healthcode.app.support.tap
import org.healthcode.support.Authority
import org.healthcode.support.turnGreen
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.exists
import kotlin.io.path.writeBytes
import kotlin.test.Test
import kotlin.test.assertContentEquals
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertTrue

/** A store that does not open: said, and nothing deleted without asking. */
@OptIn(ExperimentalTestApi::class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpeningTest {
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

    private fun registered(name: String): TestPhone {
        val phone = TestPhone(folder.resolve(name), authority)
        runBlocking { phone.open("en").use { it.turnGreen() } }
        return phone
    }

    private fun ComposeUiTest.start(phone: TestPhone) = setContent { CitizenRoot(phone, isDark = false) }

    @Test
    fun `a lost key deletes nothing, and what is given up is given up after asking`() {
        val phone = registered("key")
        Files.delete(phone.keyFile)
        val store = files(phone)
        runComposeUiTest {
            start(phone)
            awaitState("key_lost")
            tap(words["opening-get-help"])
            assertEquals(listOf(HEALTH_LINE), phone.host.called)
            tap(words["opening-reset"])
            awaitText(words["opening-reset-effects"])
            tap(words["common-cancel"])
            assertFalse(shows(words["opening-reset-effects"]))
            assertEquals(store, files(phone))
            tap(words["opening-reset"])
            tap(words["opening-reset-confirm"])
            awaitState("welcome")
        }
    }

    @Test
    fun `a damaged store is left as it is`() {
        val phone = registered("damaged")
        val anchor = Path.of(phone.storeFolder).resolve("anchor")
        assertTrue(anchor.exists())
        anchor.writeBytes(ByteArray(16))
        phone.host.canCall = false
        runComposeUiTest {
            start(phone)
            awaitState("store_damaged")
            tap(words["opening-get-help"])
            awaitText(words.format("common-call-by-hand", "number" to HEALTH_LINE))
        }
        assertContentEquals(ByteArray(16), Files.readAllBytes(anchor))
    }

    @Test
    fun `a key store that fails in its own way ends nothing`() {
        val phone = TestPhone(folder.resolve("broken"), authority)
        phone.keyFile.writeBytes(byteArrayOf(1, 2, 3))
        runComposeUiTest {
            start(phone)
            awaitState("failed")
            Files.delete(phone.keyFile)
            tap(words["opening-retry"])
            awaitState("welcome")
        }
    }

    @Test
    fun `a second app on the same store waits and may try again`() {
        val phone = registered("twice")
        val first = runBlocking { phone.open("en") }
        runComposeUiTest {
            start(phone)
            awaitState("failed")
            first.close()
            tap(words["opening-retry"])
            awaitState("green")
        }
    }

    private fun files(phone: TestPhone) =
        Files.walk(Path.of(phone.storeFolder)).use { all ->
            all
                .filter(Files::isRegularFile)
                .map { it.fileName.toString() }
                .sorted()
                .toList()
        }
}
