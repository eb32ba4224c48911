package org.healthcode.app

import androidx.compose.runtime.getValue
import androidx.compose.runtime.key
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.v2.runComposeUiTest
import org.healthcode.ScreenWords
import org.healthcode.app.design.Appearance
import org.healthcode.app.design.HealthTheme
import org.healthcode.app.screen.StateDrawing
import org.healthcode.app.support.bare
import org.healthcode.app.support.words
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue

/** Everything that can be tapped, on every screen in every state: large enough, with a name and a role. */
@OptIn(ExperimentalTestApi::class)
class TargetsTest {
    @Test
    fun `targets are large enough, named, and say what they are`() =
        runComposeUiTest {
            var shown by mutableStateOf<Pair<StateDrawing, Appearance>?>(null)
            setContent {
                shown?.let { (drawing, looks) ->
                    key(drawing, looks) { HealthTheme(looks, ScreenWords(looks.language)) { drawing.draw() } }
                }
            }
            val faults = mutableSetOf<String>()
            for (looks in listOf(Appearance("en"), Appearance("zh", isElder = true))) {
                val least = if (looks.isElder) 60 else 48
                for (screen in CITIZEN_SCREENS) {
                    for (drawing in screen.states) {
                        shown = drawing to looks
                        waitForIdle()
                        val targets = onAllNodes(SemanticsMatcher.keyIsDefined(SemanticsActions.OnClick)).fetchSemanticsNodes(false)
                        for (target in targets) {
                            val what = "${screen.name}/${drawing.name}${if (looks.isElder) " (elder)" else ""}: ${target.words()}"
                            // What is scrolled half out of sight is cut: then its own size tells.
                            val tall = maxOf(target.touchBoundsInRoot.height, target.size.height.toFloat())
                            if (tall < least * density.density - 1) faults += "$what is ${target.size}"
                            if (target.words().all { it.bare().isBlank() }) faults += "$what has no name"
                            val hasRole = target.config.getOrNull(SemanticsProperties.Role) != null
                            val isEntry = target.config.getOrNull(SemanticsActions.SetText) != null
                            if (!hasRole && !isEntry) faults += "$what has no role"
                        }
                    }
                }
            }
            assertEquals("", faults.joinToString("\n"))
            assertTrue(CITIZEN_SCREENS.size > 4)
        }
}
