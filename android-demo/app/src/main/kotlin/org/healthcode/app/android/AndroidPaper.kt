package org.healthcode.app.android

import android.graphics.Canvas
import android.graphics.Color
import android.graphics.Typeface
import android.graphics.pdf.PdfDocument
import android.text.Layout
import android.text.StaticLayout
import android.text.TextDirectionHeuristics
import android.text.TextPaint
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
import java.io.ByteArrayOutputStream
import java.util.Locale
import kotlin.math.roundToInt

/** The export's paper by Android's own text and PDF: the phone's fonts, which have every script that it shows. */
internal class AndroidPaper(
    private val document: ExportDocument,
) {
    private val isRightToLeft = document.direction == TextDirection.RIGHT_TO_LEFT
    private val heuristic = if (isRightToLeft) TextDirectionHeuristics.RTL else TextDirectionHeuristics.LTR

    /** A line of a column that begins [left] of the left margin. */
    class Piece(
        val line: Layout,
        val left: Float,
    )

    /** The lines of each page. */
    val pages: List<List<PlacedLine<List<Piece>>>> = pagesOf(document.blocks.map(::laid), ExportPaper.textHeight)

    private fun laid(block: ExportBlock): LaidBlock<List<Piece>> {
        val look = ExportPaper.look(block.kind)
        val width = ExportPaper.textWidth
        if (block.kind != ExportBlockKind.ROW || block.label.isEmpty()) {
            return LaidBlock(block.kind, lines(block.text, paint(look), width, 0.0).map { (piece, high) -> LaidLine(listOf(piece), high) })
        }
        val labelWidth = width * ExportPaper.LABEL_PART
        val textWidth = width - labelWidth - ExportPaper.GAP
        val (labelLeft, textLeft) = if (isRightToLeft) width - labelWidth to 0.0 else 0.0 to width - textWidth
        val labels = lines(block.label, paint(look, isBold = true), labelWidth, labelLeft)
        val texts = lines(block.text, paint(look), textWidth, textLeft)
        val rows =
            (0 until maxOf(labels.size, texts.size)).map { place ->
                val parts = listOfNotNull(labels.getOrNull(place), texts.getOrNull(place))
                LaidLine(parts.map { it.first }, parts.maxOf { it.second })
            }
        return LaidBlock(block.kind, rows)
    }

    /** Each line with its height. */
    private fun lines(
        text: String,
        paint: TextPaint,
        width: Double,
        left: Double,
    ): List<Pair<Piece, Double>> {
        val whole = layout(text, 0, text.length, paint, width)
        return (0 until whole.lineCount).map { line ->
            // A layout of its own for each: so it is drawn once, on its page.
            val piece = layout(text, whole.getLineStart(line), whole.getLineVisibleEnd(line), paint, width)
            Piece(piece, left.toFloat()) to (whole.getLineBottom(line) - whole.getLineTop(line)).toDouble()
        }
    }

    private fun layout(
        text: String,
        start: Int,
        end: Int,
        paint: TextPaint,
        width: Double,
    ): Layout =
        StaticLayout.Builder
            .obtain(text, start, end, paint, width.toInt())
            .setTextDirection(heuristic)
            .setAlignment(Layout.Alignment.ALIGN_NORMAL)
            .setIncludePad(false)
            .build()

    private fun paint(
        look: ExportPaper.Look,
        isBold: Boolean = look.isBold,
    ) = TextPaint(TextPaint.ANTI_ALIAS_FLAG).apply {
        color = Color.BLACK
        textSize = look.size.toFloat()
        typeface = Typeface.create(Typeface.SANS_SERIF, if (isBold) Typeface.BOLD else Typeface.NORMAL)
        // Which forms of shared Chinese characters are meant.
        textLocale = Locale.forLanguageTag(document.language)
    }

    /** Draws a page with what stands at its foot, points. */
    fun draw(
        canvas: Canvas,
        page: List<PlacedLine<List<Piece>>>,
        foot: String,
    ) {
        val margin = ExportPaper.MARGIN.toFloat()
        for (placed in page) {
            for (piece in placed.line) piece.line.drawAt(canvas, margin + piece.left, margin + placed.top.toFloat())
        }
        val line = layout(foot, 0, foot.length, paint(ExportPaper.FOOT), ExportPaper.textWidth)
        line.drawAt(canvas, margin, ExportPaper.HEIGHT.toFloat() - margin - line.height)
    }

    companion object {
        /** The file's bytes; [foot] as `Host.pdf` has it. */
        suspend fun pdf(
            document: ExportDocument,
            foot: suspend (Int, Int) -> String,
        ): ByteArray =
            withContext(Dispatchers.Default) {
                val paper = AndroidPaper(document)
                val feet = paper.pages.indices.map { foot(it + 1, paper.pages.size) }
                val out = ByteArrayOutputStream()
                val file = PdfDocument()
                try {
                    paper.pages.zip(feet).forEachIndexed { index, (lines, foot) ->
                        val size = ExportPaper.WIDTH.roundToInt() to ExportPaper.HEIGHT.roundToInt()
                        val page = file.startPage(PdfDocument.PageInfo.Builder(size.first, size.second, index + 1).create())
                        paper.draw(page.canvas, lines, foot)
                        file.finishPage(page)
                    }
                    file.writeTo(out)
                } finally {
                    file.close()
                }
                out.toByteArray()
            }
    }
}

private fun Layout.drawAt(
    canvas: Canvas,
    left: Float,
    top: Float,
) {
    canvas.save()
    canvas.translate(left, top)
    draw(canvas)
    canvas.restore()
}
