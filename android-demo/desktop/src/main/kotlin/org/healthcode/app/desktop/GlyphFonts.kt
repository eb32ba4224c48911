package org.healthcode.app.desktop

import java.awt.Shape
import java.awt.geom.PathIterator
import kotlin.math.ceil
import kotlin.math.floor

/** How many units of a glyph are as high as its letters: what [GlyphFonts] takes outlines in. */
internal const val UNITS = 1_000f

/**
 * Type 3 fonts of a PDF (ISO 32000-1, 9.6.5), made of the outlines that the system's own fonts have. So whatever the system can
 * draw stands in the file, each glyph once: no font file is looked for, and none has to be of a kind that PDF knows.
 *
 * Invariant: a glyph says which text it stands for, so that what is drawn can be searched, copied and read aloud.
 */
internal class GlyphFonts {
    /** A glyph that is in the file. */
    class Placed(
        val font: Int,
        val code: Int,
        val width: Double,
    )

    private class Drawn(
        val placed: Placed,
        val text: String,
        val outline: Shape,
    )

    private val known = mutableMapOf<Any, Drawn>()

    /** The glyph of [key], which is drawn as [outline] of [UNITS] units to the letters' size and stands for [text]. */
    fun place(
        key: Any,
        text: String,
        width: Double,
        outline: () -> Shape,
    ): Placed =
        known
            .getOrPut(key to text) {
                Drawn(Placed(known.size / PER_FONT, known.size % PER_FONT, width), text, outline())
            }.placed

    /** Writes them; the numbers of the fonts, in order. */
    fun write(file: PdfFile): List<Int> =
        known.values
            .groupBy { it.placed.font }
            .values
            .map { font(file, it) }

    private fun font(
        file: PdfFile,
        glyphs: List<Drawn>,
    ): Int {
        val drawings = glyphs.map { "/g${it.placed.code} ${file.addStream(drawing(it))} 0 R" }
        val names = glyphs.joinToString(" ") { "/g${it.placed.code}" }
        val widths = glyphs.joinToString(" ") { number(it.placed.width) }
        return file.add(
            "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 0 0] /FontMatrix [0.001 0 0 0.001 0 0] /Resources << >> " +
                "/CharProcs << ${drawings.joinToString(" ")} >> /Encoding << /Type /Encoding /Differences [0 $names] >> " +
                "/FirstChar 0 /LastChar ${glyphs.size - 1} /Widths [$widths] /ToUnicode ${file.addStream(texts(glyphs))} 0 R >>",
        )
    }

    private fun drawing(glyph: Drawn): String {
        val box = glyph.outline.bounds2D
        val edges = listOf(floor(box.minX), floor(-box.maxY), ceil(box.maxX), ceil(-box.minY)).joinToString(" ") { number(it) }
        return "${number(glyph.placed.width)} 0 $edges d1\n${path(glyph.outline)}"
    }

    /** Which text each code stands for (9.10.3). */
    private fun texts(glyphs: List<Drawn>): String {
        val lines = glyphs.filter { it.text.isNotEmpty() }.map { "<%02X> <%s>".format(it.placed.code, hexOf(it.text)) }
        val parts = lines.chunked(MOST_LINES).joinToString("\n") { "${it.size} beginbfchar\n${it.joinToString("\n")}\nendbfchar" }
        return "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapType 2 def\n/CMapName /Texts def\n" +
            "1 begincodespacerange\n<00> <FF>\nendcodespacerange\n$parts\nendcmap\nend\nend"
    }

    private companion object {
        const val PER_FONT = 256

        /** Of a part of such a table, by its specification. */
        const val MOST_LINES = 100
    }
}

/** An outline whose y grows downwards, as it is filled; nothing for one that is empty. */
private fun path(outline: Shape): String {
    val steps = outline.getPathIterator(null)
    val at = DoubleArray(6)
    val out = StringBuilder()
    var (x, y) = 0.0 to 0.0

    fun add(
        operator: String,
        vararg points: Double,
    ) {
        points.forEachIndexed { index, value -> out.append(number(if (index % 2 == 0) value else -value)).append(' ') }
        out.append(operator).append('\n')
        if (points.isNotEmpty()) {
            x = points[points.size - 2]
            y = points[points.size - 1]
        }
    }
    while (!steps.isDone) {
        when (steps.currentSegment(at)) {
            PathIterator.SEG_MOVETO -> add("m", at[0], at[1])
            PathIterator.SEG_LINETO -> add("l", at[0], at[1])
            // A quadratic curve as the cubic one that it is.
            PathIterator.SEG_QUADTO ->
                add(
                    "c",
                    x + (at[0] - x) * 2 / 3,
                    y + (at[1] - y) * 2 / 3,
                    at[2] + (at[0] - at[2]) * 2 / 3,
                    at[3] + (at[1] - at[3]) * 2 / 3,
                    at[2],
                    at[3],
                )
            PathIterator.SEG_CUBICTO -> add("c", at[0], at[1], at[2], at[3], at[4], at[5])
            PathIterator.SEG_CLOSE -> add("h")
        }
        steps.next()
    }
    return if (out.isEmpty()) "" else "${out}f"
}
