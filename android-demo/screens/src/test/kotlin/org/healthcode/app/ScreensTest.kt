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
        for ((name, frame) in frames) {
            for (screen in CITIZEN_SCREENS) {
                for (state in screen.states) {
                    val isWide = state.name == "landscape"
                    val turned =
                        if (isWide) {
                            frame.copy(
                                width = maxOf(frame.width, frame.height),
                                height = minOf(frame.width, frame.height),
                            )
                        } else {
                            frame
                        }
                    save("${screen.name}-${state.name}-$name", picture(turned, state.draw))
                }
            }
        }
    }

    /** With `-Dhealthcode.frames=all` also those that take a minute. */
    private val frames =
        buildMap {
            put("zh", Frame(Appearance("zh")))
            if (System.getProperty("healthcode.frames") == "all") {
                put("en-dark", Frame(Appearance("en", isDark = true)))
                put("zh-large", Frame(Appearance("zh"), 320, 640, fontScale = 2f))
                put("en-large", Frame(Appearance("en"), 320, 640, fontScale = 2f))
                put("en-elder", Frame(Appearance("en", isElder = true), 360, 740))
                put("zh-elder", Frame(Appearance("zh", isElder = true), 360, 740))
                put("zh-wide", Frame(Appearance("zh"), 740, 360))
                put("ar", Frame(Appearance("ar", isMirrored = true)))
            }
        }
}
