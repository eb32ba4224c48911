package org.healthcode.app.desktop

import kotlinx.coroutines.runBlocking
import org.apache.pdfbox.Loader
import org.apache.pdfbox.pdmodel.PDDocument
import org.apache.pdfbox.rendering.PDFRenderer
import org.apache.pdfbox.text.PDFTextStripper
import org.apache.pdfbox.text.TextPosition
import org.healthcode.app.capability.export.ExportPaper
import org.healthcode.app.pictures
import org.healthcode.capability.exportDocument
import org.healthcode.capability.exportPageText
import org.healthcode.core.ExportBlock
import org.healthcode.core.ExportBlockKind
import org.healthcode.core.ExportDocument
import org.healthcode.core.TextDirection
import org.healthcode.support.Authority
import org.healthcode.support.Phone
import org.healthcode.support.turnGreen
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import java.text.Normalizer
import javax.imageio.ImageIO
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue

/** The export's PDF, read back by a program that is not ours. */
class DesktopPaperTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `a real phone's export is on its pages in every language, within the margins, with a foot on each`() =
        Authority(folder.resolve("authority")).use { authority ->
            val phone = Phone(folder.resolve("phone"), authority)
            runBlocking {
                phone.open().use { health ->
                    health.turnGreen()
                    for (language in listOf("zh", "en", "ko", "ar")) {
                        health.setLanguage(language)
                        val document = health.exportDocument()
                        val bytes = DesktopPaper.draw(document) { page, pages -> health.exportPageText(page, pages) }
                        Loader.loadPDF(bytes).use { file ->
                            assertTrue(file.numberOfPages > 1, language)
                            picture(file, "export-$language")
                            assertEquals(language, file.documentCatalog.language)
                            assertEquals(document.title, file.documentInformation.title)
                            val read = lettersOf(textOf(file))
                            // In one piece, too, and in the order in which it is spoken.
                            for (text in listOf("欧阳振华", document.title, document.blocks.first { it.label.isNotEmpty() }.label)) {
                                assertTrue(text in textOf(file), "$language: “$text”")
                            }
                            for (block in document.blocks) {
                                for (text in listOf(block.label, block.text)) assertHas(read, text, language)
                            }
                            for (page in 1..file.numberOfPages) {
                                assertHas(lettersOf(textOf(file, page)), health.exportPageText(page, file.numberOfPages), language)
                            }
                            assertWithinMargins(file, language)
                        }
                    }
                }
            }
        }

    @Test
    fun `lines from right to left begin at the right, with what is written from left to right within`() =
        runBlocking {
            val document =
                ExportDocument(
                    "a.pdf",
                    "بياناتي",
                    "ar",
                    TextDirection.RIGHT_TO_LEFT,
                    listOf(
                        ExportBlock(ExportBlockKind.TITLE, "", "بياناتي"),
                        ExportBlock(ExportBlockKind.ROW, "الاسم", "欧阳振华 (Li) في 2026"),
                    ),
                )
            Loader.loadPDF(DesktopPaper.draw(document) { _, _ -> "١" }).use { file ->
                picture(file, "export-mixed")
                val seen = positions(file)
                // Shaped: no letter of it stands in its form of its own beside the next.
                val right = seen.maxOf { it.xDirAdj + it.widthDirAdj }
                assertTrue(right in ExportPaper.WIDTH - ExportPaper.MARGIN - 2..ExportPaper.WIDTH - ExportPaper.MARGIN + 0.5, "$right")
                val latin = seen.filter { it.unicode in setOf("L", "i") }
                assertTrue(latin.first().xDirAdj < latin.last().xDirAdj)
                val name = seen.filter { it.unicode in setOf("欧", "华") }
                assertTrue(name.first { it.unicode == "欧" }.xDirAdj < name.first { it.unicode == "华" }.xDirAdj)
                val year = seen.first { it.unicode == "6" }
                assertTrue(year.xDirAdj < latin.first().xDirAdj, "what comes later stands further left")
            }
        }

    private fun textOf(
        file: PDDocument,
        page: Int? = null,
    ): String {
        val stripper = PDFTextStripper()
        stripper.sortByPosition = true
        if (page != null) {
            stripper.startPage = page
            stripper.endPage = page
        }
        return stripper.getText(file)
    }

    private fun positions(file: PDDocument): List<TextPosition> {
        val found = mutableListOf<TextPosition>()
        object : PDFTextStripper() {
            override fun processTextPosition(text: TextPosition) {
                found += text
            }
        }.getText(file)
        return found
    }

    private fun assertWithinMargins(
        file: PDDocument,
        language: String,
    ) {
        for (at in positions(file)) {
            val isWithin = at.xDirAdj >= ExportPaper.MARGIN - 3 && at.xDirAdj + at.widthDirAdj <= ExportPaper.WIDTH - ExportPaper.MARGIN + 3
            assertTrue(
                isWithin && at.yDirAdj in ExportPaper.MARGIN..ExportPaper.HEIGHT - ExportPaper.MARGIN + 1,
                "$language: ${at.unicode}",
            )
        }
    }

    /** Lines are broken within a text, and columns are read beside one another: its letters count, as they may be parted. */
    private fun assertHas(
        read: Map<Char, Int>,
        text: String,
        language: String,
    ) {
        for ((letter, count) in lettersOf(text)) assertTrue((read[letter] ?: 0) >= count, "$language: $letter of “$text”")
    }

    /** How often each letter is there. */
    private fun lettersOf(text: String): Map<Char, Int> =
        Normalizer
            .normalize(text, Normalizer.Form.NFKC)
            .filter { it.isLetterOrDigit() }
            .groupingBy { it }
            .eachCount()

    private fun picture(
        file: PDDocument,
        name: String,
    ) {
        for (page in 0 until minOf(file.numberOfPages, 3)) {
            ImageIO.write(PDFRenderer(file).renderImageWithDPI(page, 80f), "png", pictures.resolve("$name-${page + 1}.png").toFile())
        }
        file.save(pictures.resolve("$name.pdf").toFile())
    }
}
