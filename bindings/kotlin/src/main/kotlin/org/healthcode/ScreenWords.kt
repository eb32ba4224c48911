package org.healthcode

import org.healthcode.core.MomentStyle
import org.healthcode.core.TextDirection
import org.healthcode.core.dateText
import org.healthcode.core.momentText
import org.healthcode.core.screenText
import org.healthcode.core.screenTexts
import org.healthcode.core.textDirection

/**
 * The words of the screens in one language (a BCP 47 tag, such as `HealthCode.language`). Made once a language: a look-up
 * is then a look-up in a map.
 */
public class ScreenWords(
    public val language: String,
) {
    private val texts = screenTexts(language)

    /** Which way the language is written. */
    public val direction: TextDirection = textDirection(language)

    /** The word with this id, or with `id.attribute`. A word that there is not is its id: seen, and no crash. */
    public operator fun get(id: String): String = texts[id] ?: id

    /**
     * The word with its arguments, in any form that prints. One in digits counts as a number: it takes the plural form
     * of the language.
     */
    public fun format(
        id: String,
        vararg arguments: Pair<String, Any>,
    ): String = screenText(id, arguments.associate { (name, value) -> name to value.toString() }, language) ?: id

    /** A moment [at] for somebody who reads it [now], both Unix seconds; now is that of [HealthCode.now]. */
    public fun moment(
        at: Long,
        now: Long,
        style: MomentStyle = MomentStyle.DAY_AND_TIME,
    ): String = momentText(at, now, style, language)

    /** A day `YYYY-MM-DD` with its year. */
    public fun date(date: String): String = dateText(date, language)

    override fun equals(other: Any?): Boolean = other is ScreenWords && other.language == language

    override fun hashCode(): Int = language.hashCode()

    override fun toString(): String = "ScreenWords($language)"
}
