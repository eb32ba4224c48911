package org.healthcode.app.capability.code

import org.healthcode.ScreenWords
import org.healthcode.app.design.StateLook
import org.healthcode.app.screen.Screen
import org.healthcode.app.screen.drawings
import org.healthcode.app.screen.lookOf
import org.healthcode.app.screen.meaningOf
import org.healthcode.app.screen.modulesOf
import org.healthcode.app.screen.said
import org.healthcode.capability.words
import org.healthcode.core.Colour
import org.healthcode.core.Scheme
import org.healthcode.core.textOfCode

/** The code's screen. Landscape is green, drawn on its side. */
val codeScreen =
    Screen(
        "code",
        drawings(
            "green",
            "yellow",
            "orange",
            "red",
            "none",
            "expired",
            "landscape",
            "several",
            "several_missing",
            state = ::example,
        ) { CodeScreen(it) {} },
    ) { app, argument -> CodeContent(app, argument) }

/** As long as a code, and none. */
private val EXAMPLE = "EXAMPLE OF A PICTURE, NOT A HEALTH CODE. ".replace(",", "").uppercase().repeat(9).take(352)

private fun example(
    name: String,
    words: ScreenWords,
): CodeState =
    when (name) {
        "landscape", "green" -> withCode(CodeName.GREEN, Colour.GREEN, words)
        "yellow" -> withCode(CodeName.YELLOW, Colour.YELLOW, words)
        "orange" -> withCode(CodeName.ORANGE, Colour.RED, words, Scheme.INTERNATIONAL)
        "red" -> withCode(CodeName.RED, Colour.RED, words)
        "several" -> several(withCode(CodeName.SEVERAL, Colour.GREEN, words), 1, words)
        "several_missing" ->
            several(without(CodeName.SEVERAL_MISSING, words, "code-none-title", null), 2, words)
                .copy(absence = textOfCode("no_code_yet", words.language), next = words["code-person"])
        "expired" ->
            without(
                CodeName.EXPIRED,
                words,
                "code-expired-title",
                words["code-connect"],
            ).copy(absence = words["code-expired-text"])
        else ->
            without(CodeName.NONE, words, "code-none-title", words["form-registration-title"])
                .copy(absence = words["code-none-text"], asOf = null)
    }

private fun withCode(
    name: CodeName,
    colour: Colour,
    words: ScreenWords,
    scheme: Scheme = Scheme.DOMESTIC,
): CodeState {
    val shown = colour.words(scheme, words.language)
    val look = lookOf(shown.tone)
    return CodeState(
        name = name,
        person = words.said("李*", "L*"),
        look = look,
        title = shown.word,
        spoken = shown.title,
        meaning = meaningOf(look, words),
        code = modulesOf(EXAMPLE),
        absence = null,
        next = null,
        isSyncing = false,
        asOf = words.format("code-as-of", "time" to "09:40"),
        elapsedFifths = 1,
    )
}

private fun without(
    name: CodeName,
    words: ScreenWords,
    title: String,
    next: String?,
) = CodeState(
    name = name,
    person = "",
    look = StateLook.UNKNOWN,
    title = words[title],
    spoken = words[title],
    meaning = null,
    code = null,
    absence = null,
    next = next,
    isSyncing = false,
    asOf = words.format("code-as-of", "time" to "09:40"),
    elapsedFifths = 1,
)

/** A mother, her child, and her own mother, who has no colour yet. */
private fun several(
    one: CodeState,
    shown: Int,
    words: ScreenWords,
): CodeState {
    val names =
        listOf(
            words.said("李小明", "Li Xiaoming"),
            words.said("欧阳小小", "Ouyang Xiaoxiao"),
            words.said("王桂英", "Wang Guiying"),
        )
    val tabs =
        names.mapIndexed { place, name ->
            val image = words.format("code-image", "name" to name, "colour" to one.title)
            CodeTab("$place", name, modulesOf(EXAMPLE).takeIf { place < 2 }, image)
        }
    val title = "${names[shown]} ${words.format("common-count-of", "done" to shown + 1, "total" to names.size)}"
    return one.copy(person = title, tabs = tabs, shown = shown)
}
