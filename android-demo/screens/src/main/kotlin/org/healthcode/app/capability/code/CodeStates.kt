package org.healthcode.app.capability.code

import org.healthcode.app.Words
import org.healthcode.app.design.StateLook
import org.healthcode.app.screen.Screen
import org.healthcode.app.screen.drawings
import org.healthcode.app.screen.modulesOf

/** The code's screen. */
val codeScreen =
    Screen(
        "code",
        drawings("green", "yellow", "red", "none", "expired", state = ::example) { CodeScreen(it) {} },
    ) { app, _ -> CodeContent(app) }

/** As long as a code, and none. */
private val EXAMPLE = "EXAMPLE OF A PICTURE, NOT A HEALTH CODE. ".replace(",", "").uppercase().repeat(9).take(352)

private fun example(
    name: String,
    words: Words,
): CodeState {
    val look = StateLook.entries.find { it.name == name.uppercase() } ?: StateLook.UNKNOWN
    val isCode = look != StateLook.UNKNOWN
    return CodeState(
        person = if (words.language.startsWith("zh")) "李*" else "L*",
        look = look,
        title = words["state-${look.name.lowercase()}"],
        code = if (isCode) modulesOf(EXAMPLE) else null,
        absence = if (isCode) null else words["code-$name"],
        asOf = words.format("common-as_of", "time" to "09:40"),
        elapsedFifths = 1,
    )
}
