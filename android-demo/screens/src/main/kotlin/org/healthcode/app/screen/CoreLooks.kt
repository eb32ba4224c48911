package org.healthcode.app.screen

import org.healthcode.ScreenWords
import org.healthcode.app.design.QrModules
import org.healthcode.app.design.StateLook
import org.healthcode.core.CodeModules
import org.healthcode.core.Colour
import org.healthcode.core.ColourTone
import org.healthcode.core.codeModules

// The core's values as the drawings take them.

/** How a colour of a scheme looks, by what the core says is painted. */
fun lookOf(tone: ColourTone): StateLook =
    when (tone) {
        ColourTone.GREEN -> StateLook.GREEN
        ColourTone.YELLOW -> StateLook.YELLOW
        ColourTone.ORANGE -> StateLook.ORANGE
        ColourTone.RED -> StateLook.RED
    }

/** How a colour of the domestic scheme looks. */
fun lookOf(colour: Colour): StateLook =
    when (colour) {
        Colour.GREEN -> StateLook.GREEN
        Colour.YELLOW -> StateLook.YELLOW
        Colour.RED -> StateLook.RED
    }

/** What the colour means, in a few words. */
fun meaningOf(
    look: StateLook,
    words: ScreenWords,
): String? =
    when (look) {
        StateLook.GREEN -> words["common-green-means"]
        StateLook.YELLOW -> words["common-yellow-means"]
        StateLook.RED -> words["common-red-means"]
        StateLook.ORANGE -> words["common-orange-means"]
        StateLook.UNKNOWN -> null
    }

/** A code's modules. */
fun modulesOf(text: String): QrModules = modulesOf(codeModules(text))

private fun modulesOf(code: CodeModules): QrModules {
    val side = code.side.toInt()
    val bytes = (side + 7) / 8
    return QrModules(
        side,
        BooleanArray(side * side) { place ->
            val (y, x) = place / side to place % side
            code.rows[y * bytes + x / 8].toInt() shr (7 - x % 8) and 1 == 1
        },
    )
}
