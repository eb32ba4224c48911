package org.healthcode.app.capability

import androidx.compose.ui.test.ComposeUiTest
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.assertCountEquals
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.onAllNodesWithText
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.v2.runComposeUiTest
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancel
import kotlinx.coroutines.runBlocking
import org.healthcode.HealthCode
import org.healthcode.ScreenWords
import org.healthcode.app.App
import org.healthcode.app.CitizenApp
import org.healthcode.app.HostPosition
import org.healthcode.app.Settings
import org.healthcode.app.checkpoint.DoorHost
import org.healthcode.app.screen.Destination
import org.healthcode.app.screen.Navigator
import org.healthcode.app.support.SettingsInMemory
import org.healthcode.capability.bulletins
import org.healthcode.support.Authority
import org.healthcode.support.Phone
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue

/** Bulletins and clinics that two officers published, on a phone that is offline by now. */
@OptIn(ExperimentalTestApi::class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublishedTest {
    private lateinit var folder: Path
    private lateinit var health: HealthCode
    private lateinit var bare: HealthCode
    private val words = ScreenWords("en")
    private val scope = CoroutineScope(Dispatchers.Default)

    @BeforeAll
    fun begin(
        @TempDir folder: Path,
    ) {
        this.folder = folder
        runBlocking {
            Authority(folder.resolve("authority")).use { authority ->
                bare = Phone(folder.resolve("bare"), authority).open()
                bare.sync()
                authority.publish("bulletins", BULLETINS)
                authority.publish("clinics", CLINICS)
                health = Phone(folder.resolve("phone"), authority).open()
                health.sync()
            }
        }
    }

    @AfterAll
    fun end() {
        scope.cancel()
        health.close()
        bare.close()
    }

    @Test
    fun `a bulletin is opened, read, called about, and is new no more`() {
        val host = DoorHost()
        shown("bulletins", host) {
            awaitText("Masks")
            val titles = onAllNodesWithText("New")
            titles.assertCountEquals(2)
            onNodeWithText("Urgent").assertExists()
            onNodeWithText("Masks").performClick()
            awaitText("Wear one.")
            onNodeWithText(words.format("common-call-number", "number" to "12320")).performClick()
            assertEquals(listOf("12320"), host.called)
            onNodeWithText("Read more").performClick()
            assertEquals(listOf("https://example.org/masks"), host.browsed)
            onNodeWithText("Back").performClick()
            awaitText("Water")
            onAllNodesWithText("New").assertCountEquals(1)
            assertEquals(1u, runBlocking { health.bulletins().unread })
        }
    }

    @Test
    fun `where nobody can call the number is said`() =
        shown("bulletins", DoorHost(canCall = false)) {
            awaitText("Masks")
            onNodeWithText("Masks").performClick()
            awaitText("Wear one.")
            onNodeWithText(words.format("common-call-number", "number" to "12320")).performClick()
            onNodeWithText(words.format("common-call-by-hand", "number" to "12320")).assertExists()
        }

    @Test
    fun `without a bulletin the screen says so`() = shown("bulletins", DoorHost(), bare) { awaitText("No news of your region.") }

    @Test
    fun `open ones come first, the nearest of them before the others`() {
        val host = DoorHost(here = HostPosition(30.25, 120.15))
        shown("clinics", host) {
            awaitText("Far open")
            onNodeWithText("Use my position").performScrollTo().performClick()
            waitUntil(timeoutMillis = 10_000) { onAllNodesWithText(" away", substring = true).fetchSemanticsNodes().isNotEmpty() }
            val names = listOf("Near open", "Far open", "Nearest closed")
            val tops = names.map { onNodeWithText(it).fetchSemanticsNode().positionInRoot.y }
            assertEquals(tops.sorted(), tops)
            onNodeWithContentDescription(words.format("clinics-call-spoken", "name" to "Near open")).performScrollTo().performClick()
            assertEquals(listOf("0571-12345671"), host.called)
        }
    }

    @Test
    fun `a district does where there is no position`() =
        shown("clinics", DoorHost()) {
            awaitText("Far open")
            onNodeWithText("Use my position").performScrollTo().performClick()
            awaitText("Choose your district; your position is not needed.")
            onNode(hasText("330102", substring = true)).performScrollTo().performClick()
            waitUntil(timeoutMillis = 10_000) { onAllNodesWithText("Near open").fetchSemanticsNodes().isEmpty() }
            onNodeWithText("Far open").assertExists()
            assertTrue(onAllNodesWithText(" away", substring = true).fetchSemanticsNodes().isEmpty())
        }

    @Test
    fun `without a clinic the screen says so`() = shown("clinics", DoorHost(), bare) { awaitText("No clinic is listed near here.") }

    private fun shown(
        screen: String,
        host: DoorHost,
        of: HealthCode = health,
        look: ComposeUiTest.() -> Unit,
    ) = runComposeUiTest {
        val app = App(of, Navigator(Destination(screen)), host, Settings(SettingsInMemory(), "en"), scope)
        setContent { CitizenApp(app, isDark = false) }
        look()
    }

    private fun ComposeUiTest.awaitText(text: String) =
        waitUntil(timeoutMillis = 10_000) {
            onAllNodes(hasText(text)).fetchSemanticsNodes().isNotEmpty()
        }

    private companion object {
        const val BULLETINS =
            """{"id": "hangzhou", "version": 1, "bulletins": [
            {"id": "water", "division": 330100, "urgency": "info", "publishedAt": 1583020800,
            "title": {"en": "Water", "zh": "水"}, "text": {"en": "Drink some.", "zh": "多喝水。"}},
            {"id": "masks", "division": 330100, "urgency": "urgent", "publishedAt": 1583020800, "phone": "12320",
            "link": "https://example.org/masks",
            "title": {"en": "Masks", "zh": "口罩"}, "text": {"en": "Wear one.", "zh": "请佩戴。"}}]}"""

        private fun clinic(
            number: Int,
            name: String,
            latitude: Double,
            division: Int,
            hours: String,
        ) = """{"id": "c$number", "name": {"en": "$name", "zh": "医院"}, "address": {"en": "$number Lake Road", "zh": "湖滨路"},
            "division": $division, "phone": "0571-1234567$number", "latitude": $latitude, "longitude": 120.15, "hours": $hours}"""

        val CLINICS =
            """{"id": "hangzhou", "version": 1, "utcOffsetMinutes": 480, "clinics": [
            ${clinic(3, "Nearest closed", 30.251, 330106, "{\"holiday\": []}")},
            ${clinic(2, "Far open", 30.60, 330102, "\"always\"")},
            ${clinic(1, "Near open", 30.27, 330106, "\"always\"")}]}"""
    }
}
