package org.healthcode.app.desktop

import java.awt.Font
import java.awt.Shape
import java.awt.font.FontRenderContext
import java.awt.font.GlyphVector
import java.awt.font.LineBreakMeasurer
import java.awt.font.TextAttribute
import java.awt.geom.AffineTransform
import java.awt.geom.GeneralPath
import java.text.AttributedString
import java.text.Bidi
import java.text.BreakIterator
import java.util.Locale
import kotlin.math.roundToInt

/**
 * Text in lines, each glyph in its place: shaped, ordered and broken by the Java platform with the fonts that the system has.
 * Points; what is said of one line is from its left end and its base line.
 *
 * Invariant: a letter that the language's own font lacks is drawn with another that has it.
 */
internal class Typesetting(
    language: String,
    private val isRightToLeft: Boolean,
) {
    /** A glyph; [key] tells it from others. */
    class Glyph(
        val key: Any,
        val text: String,
        val x: Double,
        val y: Double,
        val width: Float,
        val outline: () -> Shape,
    )

    class Line(
        val glyphs: List<Glyph>,
        val width: Double,
        val ascent: Double,
        val descent: Double,
        val size: Double,
    ) {
        val height get() = (ascent + descent) * LEADING
    }

    private val locale = Locale.forLanguageTag(language)
    private val context = FontRenderContext(null, true, true)
    private val plain = fontsFor(locale.language, Font.PLAIN)
    private val bold = fontsFor(locale.language, Font.BOLD)

    /** [text] in lines of [size] that are [width] wide at most; an empty one is one line. */
    fun lines(
        text: String,
        width: Double,
        size: Double,
        isBold: Boolean,
    ): List<Line> = text.split('\n').flatMap { Paragraph(it, size, if (isBold) bold else plain).lines(width) }

    private inner class Paragraph(
        private val text: String,
        private val size: Double,
        private val fonts: List<Font>,
    ) {
        private val chars = text.toCharArray()
        private val scale = size / UNITS
        private val metrics = fonts.first().getLineMetrics(text.ifEmpty { "x" }, context)

        /** Which font each char is drawn with. */
        private val chosen: List<Font> = fontsOf()
        private val direction = if (isRightToLeft) Bidi.DIRECTION_RIGHT_TO_LEFT else Bidi.DIRECTION_LEFT_TO_RIGHT

        fun lines(width: Double): List<Line> {
            if (text.isBlank()) return listOf(line(emptyList(), 0.0))
            val bidi = Bidi(text, direction)
            val styled = AttributedString(text)
            for ((start, end) in runs(0, chars.size) { chosen[it] }) styled.addAttribute(TextAttribute.FONT, chosen[start], start, end)
            styled.addAttribute(TextAttribute.RUN_DIRECTION, isRightToLeft)
            val measurer = LineBreakMeasurer(styled.iterator, BreakIterator.getLineInstance(locale), context)
            val lines = mutableListOf<Line>()
            while (measurer.position < chars.size) {
                val start = measurer.position
                val end = measurer.nextOffset((width / scale).toFloat())
                measurer.position = end
                lines += set(bidi, start, start + text.substring(start, end).trimEnd().length)
            }
            return lines
        }

        /** The runs of one direction and font, from the left to the right. */
        private fun set(
            bidi: Bidi,
            start: Int,
            end: Int,
        ): Line {
            if (start == end) return line(emptyList(), 0.0)
            val ordered = bidi.createLineBidi(start, end)
            val levels = ByteArray(ordered.runCount) { ordered.getRunLevel(it).toByte() }
            val places = Array<Any>(ordered.runCount) { it }
            Bidi.reorderVisually(levels, 0, places, 0, places.size)
            var x = 0.0
            val glyphs = mutableListOf<Glyph>()
            for (place in places) {
                val run = place as Int
                val isLeftwards = ordered.getRunLevel(run) % 2 == 1
                val parts = runs(start + ordered.getRunStart(run), start + ordered.getRunLimit(run)) { chosen[it] }
                for ((from, until) in if (isLeftwards) parts.reversed() else parts) {
                    val flags = if (isLeftwards) Font.LAYOUT_RIGHT_TO_LEFT else Font.LAYOUT_LEFT_TO_RIGHT
                    val vector = chosen[from].layoutGlyphVector(context, chars, from, until, flags)
                    glyphs += glyphsOf(vector, from, until, x, isLeftwards)
                    x += vector.getGlyphPosition(vector.numGlyphs).x * scale
                }
            }
            return line(glyphs, x)
        }

        private fun glyphsOf(
            vector: GlyphVector,
            from: Int,
            until: Int,
            left: Double,
            isLeftwards: Boolean,
        ): List<Glyph> {
            val firsts = (0 until vector.numGlyphs).map { vector.getGlyphCharIndex(it) }
            val starts = firsts.distinct().sorted()
            if (firsts.isEmpty()) return emptyList()
            // Several glyphs of one letter are drawn as one, which tells it.
            return runs(0, firsts.size) { firsts[it] }.flatMap { (index, end) ->
                val first = firsts[index]
                val next = starts.find { it > first } ?: (until - from)
                val stands = String(chars, from + first, next - first)
                // Marks that order directions are no letters.
                if (stands.all { Character.getType(it) == Character.FORMAT.toInt() }) return@flatMap emptyList()
                val at = vector.getGlyphPosition(index)
                val width = (vector.getGlyphPosition(end).x - at.x).toFloat()
                val key =
                    (index until end).map { place ->
                        val here = vector.getGlyphPosition(place)
                        listOf(vector.getGlyphCode(place), (here.x - at.x).roundToInt(), (here.y - at.y).roundToInt())
                    }
                // Who reads letters back from the left to the right turns them one by one: each one of a ligature for itself.
                val parts = if (isLeftwards) lettersOf(stands).reversed() else listOf(stands)
                val x = left + at.x * scale
                parts.dropLast(1).map { Glyph(NOTHING, it, x, 0.0, 0f, { GeneralPath() }) } +
                    Glyph(vector.font.fontName to key, parts.last(), x, -at.y * scale, width) { outlineOf(vector, index until end) }
            }
        }

        private fun line(
            glyphs: List<Glyph>,
            width: Double,
        ) = Line(glyphs, width, metrics.ascent * scale, metrics.descent * scale, size)

        private fun fontsOf(): List<Font> {
            val chosen = ArrayList<Font>(chars.size)
            var place = 0
            while (place < chars.size) {
                val letter = text.codePointAt(place)
                val length = Character.charCount(letter)
                // What joins letters belongs to the font of the one before it.
                val isMark = Character.getType(letter) in MARKS
                val font = chosen.lastOrNull()?.takeIf { isMark } ?: fonts.firstOrNull { it.canDisplay(letter) } ?: fonts.first()
                repeat(length) { chosen += font }
                place += length
            }
            return chosen
        }
    }

    private companion object {
        /** Between lines. */
        const val LEADING = 1.08

        /** Of a glyph that draws nothing. */
        const val NOTHING = "nothing"
        val MARKS =
            setOf(Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT, Character.SPACE_SEPARATOR).map { it.toInt() }
    }
}

/** From where to where [of] is the same. */
private fun <T> runs(
    start: Int,
    end: Int,
    of: (Int) -> T,
): List<Pair<Int, Int>> {
    val edges = listOf(start) + (start + 1 until end).filter { of(it) != of(it - 1) } + end
    return edges.zipWithNext()
}

private fun lettersOf(text: String): List<String> = text.codePoints().toArray().map { String(Character.toChars(it)) }

/** Of these glyphs together, from where the first of them stands. */
private fun outlineOf(
    vector: GlyphVector,
    glyphs: IntRange,
): Shape {
    val at = vector.getGlyphPosition(glyphs.first)
    val whole = GeneralPath()
    for (glyph in glyphs) whole.append(vector.getGlyphOutline(glyph), false)
    return AffineTransform.getTranslateInstance(-at.x, -at.y).createTransformedShape(whole)
}

/** Of a language, which of its forms a shared Chinese character has; then whatever the system has for the rest. */
private fun fontsFor(
    language: String,
    style: Int,
): List<Font> {
    val named = FAMILIES[language].orEmpty().map { Font(it, style, 1) to it }
    // An unknown name gives another font.
    val found = named.firstOrNull { (font, name) -> font.getFamily(Locale.ROOT).equals(name, ignoreCase = true) }?.first
    return listOfNotNull(found, Font(Font.SANS_SERIF, style, 1)).map { it.deriveFont(UNITS) }
}

private val FAMILIES =
    mapOf(
        "zh" to listOf("Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei"),
        "ko" to listOf("Noto Sans CJK KR", "Noto Sans KR", "Apple SD Gothic Neo", "Malgun Gothic"),
        "ar" to listOf("Noto Sans Arabic", "Geeza Pro", "Segoe UI"),
        "en" to listOf("Noto Sans", "Helvetica Neue", "Segoe UI"),
    )
