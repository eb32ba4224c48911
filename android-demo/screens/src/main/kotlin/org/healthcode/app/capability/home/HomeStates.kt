package org.healthcode.app.capability.home

import org.healthcode.app.design.StateLook
import org.healthcode.app.screen.Screen
import org.healthcode.app.screen.drawings
import org.healthcode.core.Colour
import org.healthcode.word

/** Home. */
val homeScreen =
    Screen(
        "home",
        drawings("green", "yellow", "red", state = { name, words ->
            val look = StateLook.valueOf(name.uppercase())
            HomeState(look, Colour.valueOf(look.name).word(words.language), null, words.format("home-as-of", "time" to "09:40"), true)
        }) { HomeScreen(it) {} },
    ) { app, _ -> HomeContent(app) }
