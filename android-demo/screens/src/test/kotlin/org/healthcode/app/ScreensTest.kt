package org.healthcode.app

import org.healthcode.app.design.Appearance
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue

class ScreensTest {
    @Test
    fun `names are told apart`() {
        val names = CITIZEN_SCREENS.map { it.name }
        assertEquals(names.distinct(), names)
        for (screen in CITIZEN_SCREENS) {
            val states = screen.states.map { it.name }
            assertEquals(states.distinct(), states, screen.name)
            assertTrue(states.isNotEmpty(), screen.name)
        }
    }

    @Test
    fun `every state is drawn`() {
        for (screen in CITIZEN_SCREENS) {
            for (state in screen.states) {
                save("${screen.name}-${state.name}-zh", picture(Frame(Appearance("zh")), state.draw))
            }
        }
    }
}
