package org.healthcode.app.design

import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.font.FontFamily
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.text.intl.LocaleList
import androidx.compose.ui.text.style.LineBreak
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.text.style.TextDirection
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.TextUnit
import androidx.compose.ui.unit.dp
import androidx.compose.ui.unit.sp

/**
 * Sizes of texts, targets and spaces; the elder ones are larger. All texts scale with the system on top of it.
 *
 * Invariant: nothing in the apps has a size of its own but what stands here.
 */
data class Sizes(
    val verdict: TextStyle,
    val colourWord: TextStyle,
    val title: TextStyle,
    val body: TextStyle,
    val small: TextStyle,
    val touch: Dp,
    val gap: Dp,
    val isElder: Boolean,
) {
    /**
     * The same sizes in a language's own shapes of letters, and in these fonts. A paragraph runs as its own letters do, on the
     * page's side: a name in Latin letters keeps its star, an English bulletin its stop, on an Arabic page.
     */
    fun with(
        locale: LocaleList,
        fonts: FontFamily,
        isMirrored: Boolean,
    ): Sizes {
        val side = if (isMirrored) TextAlign.Right else TextAlign.Left

        fun TextStyle.dressed() = copy(localeList = locale, fontFamily = fonts, textDirection = TextDirection.Content, textAlign = side)
        return copy(
            verdict = verdict.dressed(),
            colourWord = colourWord.dressed(),
            title = title.dressed(),
            body = body.dressed(),
            small = small.dressed(),
        )
    }

    companion object {
        /** The sizes for a reader of [language], BCP 47: some scripts need more air between lines. */
        fun forReader(
            language: String,
            isElder: Boolean,
        ): Sizes {
            fun style(
                size: Int,
                line: Int,
                weight: FontWeight = FontWeight.Normal,
                larger: Boolean = true,
            ): TextStyle {
                val script = SCRIPTS[language.substringBefore('-')] ?: Script(0f, 0)
                val points = size + if (larger) script.larger else 0
                return TextStyle(
                    fontSize = points.sp,
                    lineHeight = maxOf(line.toFloat(), points * script.lineFactor).sp,
                    fontWeight = weight,
                    letterSpacing = TextUnit.Unspecified,
                    lineBreak = LineBreak.Paragraph,
                )
            }
            return if (isElder) {
                Sizes(
                    verdict = style(57, 68, FontWeight.Bold, false),
                    colourWord = style(34, 46, FontWeight.Bold),
                    title = style(30, 42, FontWeight.Medium),
                    body = style(24, 36),
                    small = style(20, 30),
                    touch = 60.dp,
                    gap = 12.dp,
                    isElder = true,
                )
            } else {
                Sizes(
                    verdict = style(45, 56, FontWeight.Bold, false),
                    colourWord = style(28, 38, FontWeight.Bold),
                    title = style(22, 30, FontWeight.Medium),
                    body = style(17, 26),
                    small = style(15, 22),
                    touch = 48.dp,
                    gap = 8.dp,
                    isElder = false,
                )
            }
        }
    }
}

private class Script(
    val lineFactor: Float,
    /** Scaled points on top. */
    val larger: Int,
)

private val SCRIPTS = mapOf("zh" to Script(1.5f, 0), "ko" to Script(1.55f, 0), "ar" to Script(1.7f, 2))

/** Spaces between things. */
object Space {
    val tiny = 4.dp
    val small = 8.dp
    val medium = 12.dp
    val page = 16.dp
    val large = 24.dp
    val huge = 32.dp
}
