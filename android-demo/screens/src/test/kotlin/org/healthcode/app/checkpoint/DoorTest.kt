package org.healthcode.app.checkpoint

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.size
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.assertIsNotEnabled
import androidx.compose.ui.test.assertIsOff
import androidx.compose.ui.test.assertIsOn
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.onNodeWithTag
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performTextInput
import androidx.compose.ui.test.v2.runComposeUiTest
import androidx.compose.ui.unit.dp
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancel
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.healthcode.HealthCode
import org.healthcode.ScreenWords
import org.healthcode.app.App
import org.healthcode.app.Frame
import org.healthcode.app.Settings
import org.healthcode.app.Signal
import org.healthcode.app.capability.code.CodeName
import org.healthcode.app.capability.code.CodeScreen
import org.healthcode.app.capability.code.CodeState
import org.healthcode.app.design.Appearance
import org.healthcode.app.design.HealthTheme
import org.healthcode.app.design.StateLook
import org.healthcode.app.desktop.PictureCodes
import org.healthcode.app.picture
import org.healthcode.app.screen.Destination
import org.healthcode.app.screen.Navigator
import org.healthcode.app.screen.modulesOf
import org.healthcode.app.support.SettingsInMemory
import org.healthcode.app.support.turnOrange
import org.healthcode.core.VerdictLevel
import org.healthcode.support.Authority
import org.healthcode.support.Phone
import org.healthcode.support.turnGreen
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.api.io.TempDir
import java.awt.image.BufferedImage
import java.nio.file.Path
import javax.imageio.ImageIO
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertNotNull
import kotlin.test.assertNull
import kotlin.test.assertTrue
import kotlin.time.Duration.Companion.seconds
import kotlin.time.TestTimeSource

/** A door over the real core: citizens' codes, drawn by their screen, read from the picture, checked; what the guard sees. */
@OptIn(ExperimentalTestApi::class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorTest {
    private lateinit var folder: Path
    private lateinit var authority: Authority
    private lateinit var citizen: HealthCode
    private val words = ScreenWords("en")
    private val time = TestTimeSource()
    private val scope = CoroutineScope(Dispatchers.Default)
    private var doors = 0

    @BeforeAll
    fun begin(
        @TempDir folder: Path,
    ) {
        this.folder = folder
        runBlocking {
            authority = Authority(folder.resolve("authority"))
            citizen = Phone(folder.resolve("citizen"), authority).open()
            citizen.turnGreen()
        }
    }

    @AfterAll
    fun end() {
        scope.cancel()
        citizen.close()
        authority.close()
    }

    @Test
    fun `a code is read from the screen's picture and passes, once`() =
        atDoor { model, host ->
            val drawn = draw(code(citizen))
            val texts = PictureCodes.read(drawn)
            assertEquals(1, texts.size)
            model.read(texts)
            val verdict = assertNotNull(model.state.verdict)
            assertEquals(VerdictLevel.PASS, verdict.level)
            val person = assertNotNull(verdict.person)
            assertTrue('*' in assertNotNull(person.name), "a masked name")
            assertEquals(4, assertNotNull(person.documentTail).length)
            assertNotNull(verdict.age)
            assertEquals(listOf(Signal.PASS), host.signals)

            // The next person: a friend with a copy of it. As long as it is in the picture it is the same scan.
            model.act(CheckpointAction.Next)
            assertNull(model.state.verdict)
            time += 2.seconds
            model.read(texts)
            time += 2.seconds
            model.read(texts)
            assertNull(model.state.verdict)
            time += 3.seconds
            model.read(texts)
            val again = assertNotNull(model.state.verdict)
            assertEquals(VerdictLevel.CHECK, again.level)
            assertNull(again.person, "a refusal tells nobody's name")
            assertNotNull(again.act)
            assertEquals(listOf(Signal.PASS, Signal.CHECK), host.signals)
            assertEquals(mapOf(VerdictLevel.PASS to 1, VerdictLevel.CHECK to 1), model.state.counts)
        }

    @Test
    fun `a changed code is stopped, what is no code cannot be told`() =
        atDoor { model, _ ->
            val genuine = code(citizen)
            model.read(listOf(genuine.dropLast(1) + if (genuine.last() == '0') '1' else '0'))
            val stopped = assertNotNull(model.state.verdict)
            assertEquals(VerdictLevel.STOP, stopped.level)
            assertNull(stopped.person)
            model.act(CheckpointAction.Next)
            model.read(listOf("https://example.org/menu"))
            val other = assertNotNull(model.state.verdict)
            assertEquals(VerdictLevel.CANNOT_TELL, other.level)
            assertNotNull(other.act)
            model.act(CheckpointAction.Next)
            model.read(listOf("JKM1:~"))
            assertEquals("Hold the phone closer and scan again.", model.state.verdict?.act)
        }

    @Test
    fun `yellow needs more, red is stopped`() =
        atDoor { model, _ ->
            Phone(folder.resolve("restricted"), authority).open().use { other ->
                other.turnGreen()
                for ((colour, level) in listOf("yellow" to VerdictLevel.CHECK, "red" to VerdictLevel.STOP)) {
                    authority.changeColour(checkNotNull(other.home.value.colour).citizenId, colour, "close_contact")
                    other.sync()
                    model.read(listOf(code(other)))
                    assertEquals(level, model.state.verdict?.level, model.state.verdict?.reason)
                    model.act(CheckpointAction.Next)
                }
            }
        }

    @Test
    fun `of two people's codes in one picture none is checked, of a poster beside one the code is`() =
        atDoor { model, host ->
            Phone(folder.resolve("companion"), authority).open().use { other ->
                other.turnGreen()
                val (ours, theirs) = code(citizen) to code(other)
                val both = PictureCodes.read(beside(draw(ours), draw(theirs)))
                assertEquals(setOf(ours, theirs), both.toSet())
                model.read(both)
                assertTrue(model.state.isSeveral)
                assertNull(model.state.verdict)
                assertEquals(emptyList(), host.signals)
                model.read(listOf("https://example.org/menu", theirs))
                assertEquals(VerdictLevel.PASS, model.state.verdict?.level)
                assertFalse(model.state.isSeveral)
            }
        }

    @Test
    fun `the word is heard at once and before the name, and goes after half a minute`() =
        atDoor { model, _ ->
            val app = model.app
            runComposeUiTest {
                mainClock.autoAdvance = false
                setContent { AtDoor { CheckpointLiving(app, model) } }
                mainClock.advanceTimeBy(500)
                runBlocking { model.read(listOf(code(citizen))) }
                mainClock.advanceTimeBy(500)
                val live = SemanticsMatcher.expectValue(SemanticsProperties.LiveRegion, LiveRegionMode.Assertive)
                val word = onNode(live).fetchSemanticsNode()
                assertTrue(word.config[SemanticsProperties.ContentDescription].single().startsWith("Pass"))
                val person = checkNotNull(model.state.verdict?.person)
                val name = onNode(hasText(checkNotNull(person.name), substring = true)).fetchSemanticsNode()
                assertTrue(word.boundsInRoot.bottom <= name.boundsInRoot.top)
                assertTrue(word.id < name.id || word.config.getOrElse(SemanticsProperties.TraversalIndex) { 0f } < 0)
                mainClock.advanceTimeBy(29_000)
                onNode(live).assertExists()
                mainClock.advanceTimeBy(1_500)
                onNode(live).assertDoesNotExist()
                onNodeWithText("Hold the code into the frame").assertExists()
            }
        }

    @Test
    fun `a verdict is gone on the next person and on the lock`() =
        atDoor { model, _ ->
            runComposeUiTest {
                setContent { AtDoor { CheckpointLiving(model.app, model) } }
                runBlocking { model.read(listOf(code(citizen))) }
                onNodeWithText("Next").performClick()
                onNodeWithText("Next").assertDoesNotExist()
                assertNull(model.state.verdict)
                time += 4.seconds
                runBlocking { model.read(listOf("JKM1:~~")) }
                onNodeWithText("Next").assertExists()
                isInFront = false
                waitForIdle()
                assertNull(model.state.verdict)
                onNodeWithText("Next").assertDoesNotExist()
            }
        }

    @Test
    fun `the torch is spoken, a place is set, the counters say no names`() =
        atDoor { model, _ ->
            runComposeUiTest {
                setContent { AtDoor { CheckpointLiving(model.app, model) } }
                val torch = SemanticsMatcher.keyIsDefined(SemanticsProperties.ToggleableState)
                onNode(torch)
                    .performScrollTo()
                    .assertIsOff()
                    .performClick()
                    .assertIsOn()
                onNode(SemanticsMatcher.expectValue(SemanticsProperties.StateDescription, "Torch on")).assertExists()
                onNodeWithText("Place").performScrollTo().performClick()
                val field = SemanticsMatcher.keyIsDefined(SemanticsActions.SetText)
                onNode(field).performScrollTo().performTextInput("west gate!")
                onNodeWithText("Save").performScrollTo().performClick()
                waitUntil(timeoutMillis = 5_000) { model.state.placeDraft?.isWrong == true }
                onNodeWithText(words["checkpoint-place-wrong"]).assertExists()
                model.act(CheckpointAction.TypePlace("west-gate"))
                onNodeWithText("Save").performScrollTo().performClick()
                waitUntil(timeoutMillis = 5_000) { model.state.place == "WEST-GATE" }
                assertEquals("WEST-GATE", model.app.settings.place)
                val none = words.format("checkpoint-counters", "pass" to 0, "check" to 0, "stop" to 0, "unknown" to 0)
                onNode(hasContentDescription(none)).assertExists()
            }
        }

    @Test
    fun `a code that is typed or pasted is checked as one that is seen`() =
        atDoor { model, host ->
            runComposeUiTest {
                setContent { AtDoor { CheckpointLiving(model.app, model) } }
                onNodeWithText(words["checkpoint-type"]).performScrollTo().performClick()
                assertEquals("typing", model.state.name)
                onNodeWithText(words["checkpoint-type-check"]).performScrollTo().assertIsNotEnabled()
                onNodeWithTag("typed").performScrollTo().performTextInput("JKM1:~")
                onNodeWithText(words["checkpoint-type-check"]).performScrollTo().performClick()
                waitUntil(timeoutMillis = 5_000) { model.state.verdict != null }
                assertEquals(VerdictLevel.CANNOT_TELL, model.state.verdict?.level)
                onNodeWithText("Next").performClick()
                assertNull(model.state.typed, "nothing of it stays")
                onNodeWithText(words["checkpoint-type"]).performScrollTo().performClick()
                val text = runBlocking { code(citizen) }
                onNodeWithTag("typed").performScrollTo().performTextInput("  $text\n")
                onNodeWithText(words["checkpoint-type-check"]).performScrollTo().performClick()
                waitUntil(timeoutMillis = 5_000) { model.state.verdict != null }
                assertEquals(VerdictLevel.PASS, model.state.verdict?.level, model.state.verdict?.reason)
                assertEquals(listOf(Signal.CANNOT_TELL, Signal.PASS), host.signals)
            }
        }

    @Test
    fun `a visitor in the days after the entry is orange, and stopped as that`() =
        atDoor { model, _ ->
            Phone(folder.resolve("visitor"), authority).open().use { visitor ->
                visitor.turnOrange()
                runComposeUiTest {
                    setContent { AtDoor { CheckpointLiving(model.app, model) } }
                    runBlocking { model.read(listOf(code(visitor))) }
                    waitForIdle()
                    assertEquals("orange", model.state.name)
                    assertEquals(VerdictLevel.STOP, model.state.verdict?.level)
                    val colour = assertNotNull(model.state.verdict?.colour)
                    onNode(hasText(colour.lines().first(), substring = true)).assertExists()
                    assertNull(model.state.verdict?.person, "a refusal tells nobody's name")
                }
            }
        }

    @Test
    fun `without a camera the settings are offered`() =
        atDoor { model, host ->
            host.camera.isAllowed = false
            runComposeUiTest {
                setContent { AtDoor { CheckpointLiving(model.app, model) } }
                onNodeWithText("Open settings").performScrollTo().performClick()
                assertEquals(1, host.camera.settingsOpened)
                assertEquals("camera_denied", model.state.name)
            }
        }

    @Test
    fun `without lists nothing is checked until they are fetched`(): Unit =
        runBlocking {
            authority.stop()
            val open = openDoor(isFetched = false)
            try {
                val model = open.first
                assertEquals("lists_old", model.state.name)
                assertFalse(model.state.lists.areThere)
                model.read(listOf(code(citizen)))
                assertNull(model.state.verdict)
                authority.start()
                model.act(CheckpointAction.FetchLists)
                await { model.state.lists.isFresh && !model.state.lists.isFetching }
                assertEquals("scanning", model.state.name)
                assertNotNull(model.state.lists.asOf)
            } finally {
                open.first.close()
                open.first.app.health
                    .close()
            }
        }

    private var isInFront by mutableStateOf(true)

    /** A door's phone that nobody registered on. */
    private fun atDoor(work: suspend (CheckpointModel, DoorHost) -> Unit) =
        runBlocking {
            val (model, host) = openDoor(isFetched = true)
            try {
                work(model, host)
            } finally {
                model.close()
                model.app.health.close()
            }
        }

    private suspend fun openDoor(isFetched: Boolean): Pair<CheckpointModel, DoorHost> {
        isInFront = true
        val health = Phone(folder.resolve("door-${doors++}"), authority).open()
        val host = DoorHost()
        val app = App(health, Navigator(Destination("checkpoint")), host, Settings(SettingsInMemory(), "en"), scope, { isInFront })
        val model = CheckpointModel(app, Door(authority.rootKey, 330106u), time)
        val following = scope.launch { model.follow() }
        await { !model.state.lists.isFetching && (model.state.lists.isFresh == isFetched) && (isFetched || model.state.lists.hasFailed) }
        following.cancel()
        return model to host
    }

    private suspend fun await(isSo: () -> Boolean) {
        repeat(600) { if (isSo()) return else delay(50) }
        error("not within 30 s")
    }

    private suspend fun code(health: HealthCode) = health.currentCode().text

    /** As the citizen's screen shows it. */
    private fun draw(text: String): BufferedImage {
        val state = CodeState(CodeName.GREEN, "L*", StateLook.GREEN, "Green", "Green", null, modulesOf(text), null, null, false, null, 0)
        return ImageIO.read(picture(Frame(Appearance("en"))) { CodeScreen(state) {} }.inputStream())
    }

    private fun beside(
        left: BufferedImage,
        right: BufferedImage,
    ) = BufferedImage(left.width + right.width, left.height, BufferedImage.TYPE_INT_RGB).apply {
        createGraphics().run {
            drawImage(left, 0, 0, null)
            drawImage(right, left.width, 0, null)
            dispose()
        }
    }

    @Composable
    private fun AtDoor(content: @Composable () -> Unit) =
        HealthTheme(Appearance("en", isDark = true), words) { Box(Modifier.size(400.dp, 740.dp)) { content() } }
}
