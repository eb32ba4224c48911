package org.healthcode.app.capability.home

import org.healthcode.app.design.StateLook
import org.healthcode.app.screen.Screen
import org.healthcode.app.screen.drawings

/** Home. */
val homeScreen =
    Screen(
        "home",
        drawings("green", "yellow", "red", state = { name, words ->
            val look = StateLook.valueOf(name.uppercase())
            HomeState(look, words["state-$name"], null, words.format("common-as_of", "time" to "09:40"), true)
        }) { HomeScreen(it) {} },
    ) { app, _ -> HomeContent(app) }
