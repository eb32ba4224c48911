package org.healthcode.app.capability.code

import org.healthcode.ScreenWords
import org.healthcode.app.design.StateLook
import org.healthcode.app.screen.Screen
import org.healthcode.app.screen.drawings
import org.healthcode.app.screen.modulesOf
import org.healthcode.core.Colour
import org.healthcode.word

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
    words: ScreenWords,
): CodeState {
    val look = StateLook.entries.find { it.name == name.uppercase() } ?: StateLook.UNKNOWN
    val isCode = look != StateLook.UNKNOWN
    return CodeState(
        person = if (words.language.startsWith("zh")) "李*" else "L*",
        look = look,
        title = Colour.entries.find { it.name == look.name }?.word(words.language) ?: words["code-expired-title"],
        code = if (isCode) modulesOf(EXAMPLE) else null,
        absence = if (isCode) null else words["code-$name-text"],
        asOf = words.format("code-as-of", "time" to "09:40"),
        elapsedFifths = 1,
    )
}
