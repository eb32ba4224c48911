package org.healthcode.app

import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.SkikoComposeUiTest
import androidx.compose.ui.test.isRoot
import androidx.compose.ui.test.v2.runSkikoComposeUiTest
import androidx.compose.ui.text.TextLayoutResult
import androidx.compose.ui.unit.Density
import org.healthcode.ScreenWords
import org.healthcode.app.design.Appearance
import org.healthcode.app.design.HealthTheme
import org.healthcode.app.design.Sizes
import org.healthcode.app.screen.StateDrawing
import org.healthcode.core.screenLanguages
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue

/** What holds for every state of every screen: nothing is cut, everything can be reached and is named. */
@OptIn(ExperimentalTestApi::class)
class EveryScreenTest {
    @Test
    fun `names are told apart`() {
        val names = ALL_SCREENS.map { it.name }
        assertEquals(names.distinct(), names)
        for (screen in ALL_SCREENS) {
            val states = screen.states.map { it.name }
            assertEquals(states.distinct(), states, screen.name)
            assertTrue(states.isNotEmpty(), screen.name)
        }
    }

    @Test
    fun `no text is cut at 200 percent on a narrow screen`() {
        val cut = mutableListOf<String>()
        everywhere(
            Frame(Appearance("zh"), 320, 640, 2f),
            Frame(Appearance("en"), 320, 640, 2f),
            Frame(Appearance("ko"), 320, 640, 2f),
            Frame(Appearance("ar", isMirrored = true), 320, 640, 2f),
            Frame(Appearance("en", isElder = true), 320, 640, 1.3f),
            Frame(Appearance("ar", isElder = true, isMirrored = true), 320, 640, 1.3f),
        ) { where, node, _ ->
            val layout = layoutOf(node) ?: return@everywhere
            // Half pixels are rounding.
            val isTooHigh = layout.multiParagraph.height > layout.size.height + 1
            // Not from its ends: in a row that scrolls they lie too far out to be told apart.
            val isTooWide = (0 until layout.lineCount).any { layout.multiParagraph.getLineWidth(it) > layout.size.width + 1 }
            val isEllipsized = layout.multiParagraph.didExceedMaxLines || (0 until layout.lineCount).any(layout::isLineEllipsized)
            if (isTooHigh || isTooWide || isEllipsized) cut += "$where: ${layout.layoutInput.text}"
        }
        assertTrue(cut.isEmpty(), cut.joinToString("\n"))
    }

    @Test
    fun `every control is large enough, named, and says what it is`() {
        val wrong = mutableListOf<String>()
        everywhere(Frame(Appearance("zh")), Frame(Appearance("zh", isElder = true))) { where, node, frame ->
            if (SemanticsActions.OnClick !in node.config || SemanticsProperties.Disabled in node.config) return@everywhere
            val touch = Sizes.forReader("zh", frame.appearance.isElder).touch.value * frame.density
            val named = namesOf(node)
            // A text field is named by its label and takes its role from being one.
            val isField = SemanticsActions.SetText in node.config
            if (node.size.height + 0.5f < touch || node.size.width + 0.5f < touch) wrong += "$where: ${node.size} is too small: $named"
            if (named.isBlank() && !isField) wrong += "$where: a control without a name"
            if (SemanticsProperties.Role !in node.config && !isField) wrong += "$where: a control without a role: $named"
        }
        assertTrue(wrong.isEmpty(), wrong.joinToString("\n"))
    }

    @Test
    fun `nothing on a citizen's screen can be taken for a verdict`() {
        val taken = mutableListOf<String>()
        val frames = screenLanguages().map { Frame(Appearance(it)) }.toTypedArray()
        everywhere(CITIZEN_SCREENS, *frames) { where, node, _ ->
            val said = namesOf(node)
            val verdicts = Regex("\\bvalid\\b", RegexOption.IGNORE_CASE)
            if (verdicts.containsMatchIn(said) || FORBIDDEN.any { it in said }) taken += "$where: $said"
        }
        assertTrue(taken.isEmpty(), taken.joinToString("\n"))
    }

    @Test
    fun `a Korean word is broken only where it is wider than its line`() {
        val broken = mutableListOf<String>()
        everywhere(Frame(Appearance("ko"), 320, 640), Frame(Appearance("ko"), 320, 640, 2f)) { where, node, _ ->
            // What is typed breaks as the system has it.
            if (SemanticsActions.SetText in node.config) return@everywhere
            val layout = layoutOf(node) ?: return@everywhere
            val text = layout.layoutInput.text.text
            for (line in 0 until layout.lineCount - 1) {
                val (start, end) = layout.getLineStart(line) to layout.getLineEnd(line)
                val isWithinWord = text.substring(end - 1, end + 1).all { it in SYLLABLES || it == WORD_JOINER }
                val word = text.lastIndexOf(' ', end - 1) + 1 until (text.indexOf(' ', end).takeIf { it >= 0 } ?: text.length)
                val isWider = word.sumOf { layout.getBoundingBox(it).width.toDouble() } > layout.layoutInput.constraints.maxWidth
                if (isWithinWord && !isWider) broken += "$where: ${text.substring(start, end)}|${text.substring(end)}"
            }
        }
        assertTrue(broken.isEmpty(), broken.joinToString("\n"))
    }

    private fun everywhere(
        vararg frames: Frame,
        look: (where: String, node: SemanticsNode, frame: Frame) -> Unit,
    ) = everywhere(ALL_SCREENS, *frames, look = look)

    private fun everywhere(
        screens: List<org.healthcode.app.screen.Screen>,
        vararg frames: Frame,
        look: (where: String, node: SemanticsNode, frame: Frame) -> Unit,
    ) {
        for (frame in frames) {
            for (screen in screens) {
                for (state in screen.states) {
                    val where = "${screen.name}/${state.name} ${frame.appearance.language} ${frame.fontScale}"
                    drawn(frame, state) { nodes -> nodes.forEach { look(where, it, frame) } }
                }
            }
        }
    }

    private fun drawn(
        frame: Frame,
        state: StateDrawing,
        look: SkikoComposeUiTest.(List<SemanticsNode>) -> Unit,
    ) = runSkikoComposeUiTest(Size(frame.width * frame.density, frame.height * frame.density), Density(frame.density, frame.fontScale)) {
        setContent {
            CompositionLocalProvider(LocalDensity provides Density(frame.density, frame.fontScale)) {
                HealthTheme(frame.appearance, ScreenWords(frame.appearance.language), pictureFonts(frame.appearance.language), state.draw)
            }
        }
        look(onAllNodes(isRoot()).fetchSemanticsNodes().flatMap(::all))
    }

    private fun all(node: SemanticsNode): List<SemanticsNode> = listOf(node) + node.children.flatMap(::all)

    private fun layoutOf(node: SemanticsNode): TextLayoutResult? {
        val results = mutableListOf<TextLayoutResult>()
        node.config
            .getOrNull(SemanticsActions.GetTextLayoutResult)
            ?.action
            ?.invoke(results)
        return results.firstOrNull()
    }

    /** What is read aloud of it. */
    private fun namesOf(node: SemanticsNode): String {
        val texts =
            node.config
                .getOrNull(SemanticsProperties.Text)
                .orEmpty()
                .map { it.text }
        return (texts + node.config.getOrNull(SemanticsProperties.ContentDescription).orEmpty()).joinToString(" ")
    }

    private companion object {
        val SYLLABLES = '\uAC00'..'\uD7A3'
        const val WORD_JOINER = '\u2060'
        val FORBIDDEN = listOf("有效", "유효", "صالح", "صلاحي", "✓", "✔", "可通行")
    }
}
