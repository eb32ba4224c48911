package org.healthcode.app.capability.code

import org.healthcode.ScreenWords
import org.healthcode.app.design.StateLook
import org.healthcode.app.screen.Screen
import org.healthcode.app.screen.drawings
import org.healthcode.app.screen.lookOf
import org.healthcode.app.screen.meaningOf
import org.healthcode.app.screen.modulesOf
import org.healthcode.app.screen.said
import org.healthcode.core.Colour
import org.healthcode.word

/** The code's screen. Landscape is green, drawn on its side. */
val codeScreen =
    Screen(
        "code",
        drawings("green", "yellow", "red", "none", "expired", "landscape", state = ::example) { CodeScreen(it) {} },
    ) { app, _ -> CodeContent(app) }

/** As long as a code, and none. */
private val EXAMPLE = "EXAMPLE OF A PICTURE, NOT A HEALTH CODE. ".replace(",", "").uppercase().repeat(9).take(352)

private fun example(
    name: String,
    words: ScreenWords,
): CodeState {
    val of = if (name == "landscape") CodeName.GREEN else CodeName.valueOf(name.uppercase())
    val colour = Colour.entries.find { it.name == of.name }
    val title = colour?.word(words.language) ?: if (of == CodeName.NONE) words["code-none-title"] else words["code-expired-title"]
    return CodeState(
        name = of,
        person = if (colour == null) "" else words.said("李*", "L*"),
        look = colour?.let { lookOf(it) } ?: StateLook.UNKNOWN,
        title = title,
        spoken = title,
        meaning = colour?.let { meaningOf(lookOf(it), words) },
        code = if (colour != null) modulesOf(EXAMPLE) else null,
        absence =
            when (of) {
                CodeName.NONE -> words["code-none-text"]
                CodeName.EXPIRED -> words["code-expired-text"]
                else -> null
            },
        next =
            when (of) {
                CodeName.NONE -> words["form-registration-title"]
                CodeName.EXPIRED -> words["code-connect"]
                else -> null
            },
        isSyncing = false,
        asOf = if (of == CodeName.NONE) null else words.format("code-as-of", "time" to "09:40"),
        elapsedFifths = 1,
    )
}
