package org.healthcode.app.capability

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.requiredSize
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.getValue
import androidx.compose.runtime.key
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.test.ComposeUiTest
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.v2.runComposeUiTest
import androidx.compose.ui.text.TextLayoutResult
import androidx.compose.ui.unit.Density
import androidx.compose.ui.unit.dp
import org.healthcode.ScreenWords
import org.healthcode.app.CITIZEN_SCREENS
import org.healthcode.app.design.Appearance
import org.healthcode.app.design.HealthTheme
import org.healthcode.app.screen.StateDrawing
import org.healthcode.core.screenLanguages
import kotlin.test.Test
import kotlin.test.assertTrue

/** Everything that can be tapped can be hit, and large texts are not cut, where people type and decide. */
@OptIn(ExperimentalTestApi::class)
class SizesTest {
    @Test
    fun `whatever can be tapped is large enough`() {
        for ((isElder, least) in listOf(false to 48, true to 60)) {
            everyState(Appearance("zh", isElder = isElder), 1f) { name ->
                val found = onAllNodes(hasClickAction()).fetchSemanticsNodes()
                for (node in found) {
                    // What scrolls out of sight is cut off there, not small.
                    val (width, height) = node.size.width to node.size.height
                    val what =
                        node.config.getOrNull(SemanticsProperties.Text) ?: node.config.getOrNull(SemanticsProperties.ContentDescription)
                    assertTrue(width >= least && height >= least, "$name, elder $isElder: $what is $width × $height")
                }
            }
        }
    }

    @Test
    fun `texts of 200 percent are not cut on a narrow screen`() {
        for (language in screenLanguages()) {
            everyState(Appearance(language, isMirrored = language == "ar"), 2f) { name ->
                val any = SemanticsMatcher("any") { true }
                val texts = onAllNodes(any, useUnmergedTree = true).fetchSemanticsNodes()
                for (node in texts) {
                    val layouts = mutableListOf<TextLayoutResult>()
                    node.config
                        .getOrNull(SemanticsActions.GetTextLayoutResult)
                        ?.action
                        ?.invoke(layouts)
                    val isTyped = node.config.contains(SemanticsProperties.EditableText)
                    for (layout in layouts.filter { !isTyped }) {
                        val text = layout.layoutInput.text
                        val isCut = (0 until layout.lineCount).any { layout.isLineEllipsized(it) }
                        val isTall = layout.multiParagraph.height > layout.size.height + 1
                        val isWide =
                            (0 until layout.lineCount).any { line ->
                                layout.getLineRight(line) - layout.getLineLeft(line) > layout.size.width + 1
                            }
                        assertTrue(!isCut && !isTall && !isWide, "$name, $language: “$text” is cut")
                    }
                }
            }
        }
    }

    private fun everyState(
        appearance: Appearance,
        fontScale: Float,
        look: ComposeUiTest.(String) -> Unit,
    ) = runComposeUiTest {
        val words = ScreenWords(appearance.language)
        val states = CITIZEN_SCREENS.filter { it.name in OURS }.flatMap { screen -> screen.states.map { screen.name to it } }
        var shown: StateDrawing by mutableStateOf(states.first().second)
        setContent {
            // A pixel is a dp.
            CompositionLocalProvider(LocalDensity provides Density(1f, fontScale)) {
                Box(Modifier.requiredSize(320.dp, 720.dp)) {
                    HealthTheme(appearance, words) { key(shown) { shown.draw() } }
                }
            }
        }
        for ((screen, state) in states) {
            shown = state
            waitForIdle()
            look("$screen ${state.name}")
        }
    }

    private companion object {
        val OURS = setOf("onboarding", "form", "settings", "appeal", "proof", "itinerary")
    }
}
