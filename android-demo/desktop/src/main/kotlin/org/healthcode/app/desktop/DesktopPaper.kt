package org.healthcode.app.desktop

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import org.healthcode.app.capability.export.ExportPaper
import org.healthcode.app.capability.export.LaidBlock
import org.healthcode.app.capability.export.LaidLine
import org.healthcode.app.capability.export.PlacedLine
import org.healthcode.app.capability.export.pagesOf
import org.healthcode.core.ExportBlock
import org.healthcode.core.ExportBlockKind
import org.healthcode.core.ExportDocument
import org.healthcode.core.TextDirection

/** The export's paper as PDF: laid out by the Java platform, written by [PdfFile] and [GlyphFonts] (docs/adr/0082). */
internal class DesktopPaper private constructor(
    private val document: ExportDocument,
) {
    private val isRightToLeft = document.direction == TextDirection.RIGHT_TO_LEFT
    private val type = Typesetting(document.language, isRightToLeft)
    private val fonts = GlyphFonts()

    /** Beside one another: each with its place from the left margin. */
    private class Row(
        val parts: List<Pair<Typesetting.Line, Double>>,
    )

    private fun laid(block: ExportBlock): LaidBlock<Row> {
        val look = ExportPaper.look(block.kind)
        val width = ExportPaper.textWidth
        if (block.kind != ExportBlockKind.ROW || block.label.isEmpty()) {
            val lines = type.lines(block.text, width, look.size, look.isBold)
            return LaidBlock(block.kind, lines.map { row(listOf(it to startOf(it, 0.0, width))) })
        }
        val labelWidth = width * ExportPaper.LABEL_PART
        val textWidth = width - labelWidth - ExportPaper.GAP
        val labels = type.lines(block.label, labelWidth, look.size, isBold = true)
        val texts = type.lines(block.text, textWidth, look.size, look.isBold)
        val (labelLeft, textLeft) = if (isRightToLeft) width - labelWidth to 0.0 else 0.0 to width - textWidth
        val rows =
            (0 until maxOf(labels.size, texts.size)).map { place ->
                row(
                    listOfNotNull(
                        labels.getOrNull(place)?.let { it to startOf(it, labelLeft, labelWidth) },
                        texts.getOrNull(place)?.let { it to startOf(it, textLeft, textWidth) },
                    ),
                )
            }
        return LaidBlock(block.kind, rows)
    }

    private fun row(parts: List<Pair<Typesetting.Line, Double>>) = LaidLine(Row(parts), parts.maxOf { (line, _) -> line.height })

    /** On the reader's side of a column. */
    private fun startOf(
        line: Typesetting.Line,
        left: Double,
        width: Double,
    ) = if (isRightToLeft) left + width - line.width else left

    private fun write(
        pages: List<List<PlacedLine<Row>>>,
        feet: List<String>,
    ): ByteArray {
        val file = PdfFile()
        val tree = file.reserve()
        val resources = file.reserve()
        val numbers =
            pages.zip(feet).map { (lines, foot) ->
                val content = file.addStream(contentOf(lines, foot))
                file.add(
                    "<< /Type /Page /Parent $tree 0 R /MediaBox [0 0 ${number(ExportPaper.WIDTH)} ${number(ExportPaper.HEIGHT)}] " +
                        "/Resources $resources 0 R /Contents $content 0 R >>",
                )
            }
        file.put(tree, "<< /Type /Pages /Count ${numbers.size} /Kids [${numbers.joinToString(" ") { "$it 0 R" }}] >>")
        val named = fonts.write(file).mapIndexed { index, font -> "/F$index $font 0 R" }
        file.put(resources, "<< /Font << ${named.joinToString(" ")} >> >>")
        val side = if (isRightToLeft) "/R2L" else "/L2R"
        file.put(
            file.catalogue,
            "<< /Type /Catalog /Pages $tree 0 R /Lang ${pdfText(document.language)} " +
                "/ViewerPreferences << /DisplayDocTitle true /Direction $side >> >>",
        )
        return file.bytes(file.add("<< /Title ${pdfText(document.title)} >>"))
    }

    private fun contentOf(
        lines: List<PlacedLine<Row>>,
        foot: String,
    ): String {
        val out = StringBuilder("BT\n")
        for (placed in lines) {
            for ((line, left) in placed.line.parts) draw(out, line, left, ExportPaper.MARGIN + placed.top + line.ascent)
        }
        val look = ExportPaper.FOOT
        for (line in type.lines(foot, ExportPaper.textWidth, look.size, look.isBold).take(1)) {
            draw(out, line, startOf(line, 0.0, ExportPaper.textWidth), ExportPaper.HEIGHT - ExportPaper.MARGIN)
        }
        return out.append("ET").toString()
    }

    /** [base] is from the page's upper edge. */
    private fun draw(
        out: StringBuilder,
        line: Typesetting.Line,
        left: Double,
        base: Double,
    ) {
        var font = -1
        for (glyph in line.glyphs) {
            val placed = fonts.place(glyph.key, glyph.text, glyph.width.toDouble(), glyph.outline)
            if (placed.font != font) out.append("/F${placed.font} ${number(line.size)} Tf\n")
            font = placed.font
            val x = number(ExportPaper.MARGIN + left + glyph.x)
            val y = number(ExportPaper.HEIGHT - base + glyph.y)
            out.append("1 0 0 1 $x $y Tm <%02X> Tj\n".format(placed.code))
        }
    }

    companion object {
        /** The file's bytes; [foot] as `Host.pdf` has it. */
        suspend fun draw(
            document: ExportDocument,
            foot: suspend (Int, Int) -> String,
        ): ByteArray =
            withContext(Dispatchers.Default) {
                val paper = DesktopPaper(document)
                val pages = pagesOf(document.blocks.map(paper::laid), ExportPaper.textHeight)
                paper.write(pages, pages.indices.map { foot(it + 1, pages.size) })
            }
    }
}
