package org.healthcode.app.screen

import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import org.healthcode.ScreenWords
import org.healthcode.app.App
import org.healthcode.app.design.Design

/**
 * A row of the table of screens: one a folder of `capability`, found by its name.
 *
 * Invariant: [states] are all that a person can meet there; previews, picture tests and the gallery draw these.
 */
class Screen(
    /** The folder's name, and the first part of its words' ids. */
    val name: String,
    /** Made-up states, each drawn by itself. */
    val states: List<StateDrawing>,
    /** The living screen; [argument] is the destination's. */
    val content: @Composable (app: App, argument: String?) -> Unit,
)

/** One state of a screen, drawn with made-up people. */
class StateDrawing(
    val name: String,
    val draw: @Composable () -> Unit,
)

/** A screen's named states: each is made for the reader's words, and drawn. */
fun <S> drawings(
    vararg names: String,
    state: (name: String, words: ScreenWords) -> S,
    draw: @Composable (S) -> Unit,
): List<StateDrawing> =
    names.map { name ->
        StateDrawing(name) {
            val words = Design.words
            draw(remember(words) { state(name, words) })
        }
    }

/** An example's text for a reader: what an authority wrote in English alone is English to others. */
internal fun ScreenWords.said(
    chinese: String,
    english: String,
    korean: String = english,
    arabic: String = english,
): String =
    when (language.substringBefore('-')) {
        "zh" -> chinese
        "ko" -> korean
        "ar" -> arabic
        else -> english
    }

/** Where a person can go: a screen's name, and what to show there where that is not all of it. */
data class Destination(
    val screen: String,
    val argument: String? = null,
)
