package org.healthcode.app.design

import androidx.compose.material3.LocalTextStyle
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.semantics.text
import androidx.compose.ui.text.AnnotatedString
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.material3.Text as PlatformText

/**
 * A text of a screen.
 *
 * Invariant: Korean breaks between words alone; what is read aloud, found and compared is [text] as it is.
 */
@Composable
fun Text(
    text: String,
    modifier: Modifier = Modifier,
    style: TextStyle = LocalTextStyle.current,
    color: Color = Color.Unspecified,
    textAlign: TextAlign? = null,
    maxLines: Int = Int.MAX_VALUE,
) {
    val drawn = unbrokenWords(text)
    // The platforms break Korean at any syllable: Skia knows no other way, Android only from version 13 on.
    val said = if (drawn == text) modifier else modifier.semantics { this.text = AnnotatedString(text) }
    PlatformText(drawn, said, color = color, textAlign = textAlign, maxLines = maxLines, style = style)
}

/**
 * [text] with a word joiner wherever a line could end within a Korean word: a word is what stands between spaces. A word that is
 * wider than the screen still breaks, and the marks after which a line may end in any language stay as they are.
 */
internal fun unbrokenWords(text: String): String {
    if (text.none(::isSyllable)) return text
    return buildString(text.length * 2) {
        text.forEachIndexed { place, letter ->
            val before = text.getOrNull(place - 1)
            if (before != null && isWithinWord(before, letter)) append(WORD_JOINER)
            append(letter)
        }
    }
}

private fun isWithinWord(
    before: Char,
    next: Char,
): Boolean {
    val isKorean = isSyllable(before) || isSyllable(next)
    val isJoined = before == WORD_JOINER || next == WORD_JOINER
    return isKorean && !isJoined && !before.isWhitespace() && !next.isWhitespace() && before !in ENDS_A_LINE
}

private fun isSyllable(letter: Char) = letter in '\uAC00'..'\uD7A3'

private const val WORD_JOINER = '\u2060'
private const val ENDS_A_LINE = "-/\u00b7\u200b"
