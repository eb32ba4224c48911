package org.healthcode.app.capability.opening

import org.healthcode.app.screen.Screen
import org.healthcode.app.screen.drawings

/** What is drawn before there is an app: nothing leads here from within. */
val openingScreen =
    Screen(
        "opening",
        drawings("opening", "key_lost", "store_damaged", "store_newer", "failed", "reset", state = { name, words ->
            when (name) {
                "opening" -> OpeningState(OpeningName.OPENING, words["opening-title"], words["opening-loading"])
                "key_lost" -> failed("store_key_refused", words)
                "store_damaged" -> failed("store_damaged", words)
                "store_newer" -> failed("store_newer_schema", words)
                "failed" -> failed("store_disk_full", words)
                else -> failed("store_damaged", words).copy(asksReset = true)
            }
        }) { OpeningScreen(it) {} },
    ) { _, _ -> OpeningScreen(OpeningState(OpeningName.OPENING, "")) {} }
