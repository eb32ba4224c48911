package org.healthcode.app

import org.healthcode.app.checkpoint.CHECKPOINT_SCREENS
import org.healthcode.app.screen.Screen

/** Every screen of both apps: what holds for all is tested for all. */
val ALL_SCREENS: List<Screen> = CITIZEN_SCREENS + CHECKPOINT_SCREENS.map { Screen(it.name, it.states) { _, _ -> } }
