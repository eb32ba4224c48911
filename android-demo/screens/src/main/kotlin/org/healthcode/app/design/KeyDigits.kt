package org.healthcode.app.design

import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.font.FontFamily

/** A sentence with the hexadecimal digits of a key or an entry, which two people compare. */
data class KeyDigits(
    /** In fours: a line ends between two of them. */
    val shown: String,
    /** Digit by digit, with a pause after each four. */
    val spoken: String,
) {
    companion object {
        /** [sentence] puts the digits into words. */
        fun of(
            digits: String,
            sentence: (String) -> String,
        ): KeyDigits {
            val fours = digits.filterNot(Char::isWhitespace).chunked(4)
            return KeyDigits(
                sentence(fours.joinToString(" ")),
                sentence(fours.joinToString(", ") { four -> four.toList().joinToString(" ") }),
            )
        }
    }
}

/** All digits are equally wide, so that two lines are compared at a glance. */
@Composable
fun KeyDigitsText(
    digits: KeyDigits,
    modifier: Modifier = Modifier,
) = Text(
    digits.shown,
    modifier.semantics { contentDescription = digits.spoken },
    style = Design.sizes.small.copy(fontFamily = FontFamily.Monospace),
    color = Design.palette.second,
)
