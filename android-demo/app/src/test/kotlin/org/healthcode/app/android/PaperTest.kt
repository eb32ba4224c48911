package org.healthcode.app.android

import android.graphics.Bitmap
import android.graphics.Canvas
import android.graphics.Color
import org.healthcode.app.capability.export.ExportPaper
import org.healthcode.core.ExportBlock
import org.healthcode.core.ExportBlockKind
import org.healthcode.core.ExportDocument
import org.healthcode.core.TextDirection
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.GraphicsMode
import java.io.File
import kotlin.math.roundToInt

/** The export's paper by Android's own text, as pictures: `PdfDocument` is not to be had on a computer. */
@RunWith(RobolectricTestRunner::class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
class PaperTest {
    private fun document(
        language: String,
        direction: TextDirection,
        rows: Int,
    ) = ExportDocument(
        "a.pdf",
        "本手机保存的您的信息",
        language,
        direction,
        listOf(
            ExportBlock(ExportBlockKind.TITLE, "", "本手机保存的您的信息"),
            ExportBlock(ExportBlockKind.HEADING, "", "Who you are"),
        ) + (1..rows).map { ExportBlock(ExportBlockKind.ROW, "姓名 $it", "欧阳振华 ".repeat(it % 30 + 1)) },
    )

    @Test
    fun `every line is on a page in its order, none across an edge`() {
        val paper = AndroidPaper(document("zh", TextDirection.LEFT_TO_RIGHT, 120))
        assertTrue(paper.pages.size > 3)
        // A layout's text is the whole that its line is taken from.
        val lines =
            paper.pages
                .flatten()
                .flatMap { it.line }
                .map { it.line }
        val drawn = lines.joinToString("") { it.text.subSequence(it.getLineStart(0), it.getLineEnd(0)) }
        for (row in 1..120) assertTrue("姓名 $row", "姓名 $row" in drawn)
        assertEquals((1..120).sumOf { it % 30 + 1 }, drawn.split("欧阳振华").size - 1)
        for (page in paper.pages) {
            for (placed in page) {
                val height = placed.line.maxOf { it.line.height }
                assertTrue(placed.top + height <= ExportPaper.textHeight + 1)
                assertTrue(placed.line.all { it.line.lineCount == 1 })
            }
        }
    }

    @Test
    fun `ink is within the margins, at the side on which one begins to read`() {
        for (direction in TextDirection.entries) {
            val paper = AndroidPaper(document(if (direction == TextDirection.RIGHT_TO_LEFT) "ar" else "zh", direction, 3))
            val page = Bitmap.createBitmap(ExportPaper.WIDTH.roundToInt(), ExportPaper.HEIGHT.roundToInt(), Bitmap.Config.ARGB_8888)
            page.eraseColor(Color.WHITE)
            paper.draw(Canvas(page), paper.pages.single(), "1")
            File(System.getProperty("healthcode.pictures"), "paper-$direction.png").outputStream().use {
                page.compress(Bitmap.CompressFormat.PNG, 100, it)
            }
            val columns = (0 until page.width).filter { x -> (0 until page.height).any { y -> page.getPixel(x, y) != Color.WHITE } }
            val (left, right) = columns.first() to columns.last()
            val margin = ExportPaper.MARGIN.roundToInt()
            assertTrue("$direction: $left, $right", left >= margin - 2 && right <= page.width - margin + 2)
            val isLeft = direction == TextDirection.LEFT_TO_RIGHT
            assertTrue("$direction: $left, $right", if (isLeft) left < margin + 6 else right > page.width - margin - 6)
        }
    }
}
