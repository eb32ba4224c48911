package org.healthcode.app.capability

import org.healthcode.app.capability.export.LaidBlock
import org.healthcode.app.capability.export.LaidLine
import org.healthcode.app.capability.export.pagesOf
import org.healthcode.core.ExportBlockKind
import kotlin.random.Random
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue

/** Where the export's pages end. */
class ExportPagesTest {
    private val heights = mapOf(ExportBlockKind.TITLE to 20.0, ExportBlockKind.HEADING to 20.0, ExportBlockKind.SUBHEADING to 15.0)

    private fun block(
        kind: ExportBlockKind,
        name: String,
        lines: Int,
    ) = LaidBlock(kind, (1..lines).map { LaidLine("$name.$it", heights[kind] ?: 10.0) })

    @Test
    fun `what fits stays together, what does not goes to the next page with its headings`() {
        val blocks =
            listOf(
                block(ExportBlockKind.ROW, "a", 6),
                block(ExportBlockKind.HEADING, "h", 1),
                block(ExportBlockKind.SUBHEADING, "s", 1),
                block(ExportBlockKind.ROW, "b", 1),
            )
        val pages = pagesOf(blocks, 100.0).map { page -> page.map { it.line } }
        assertEquals(listOf(listOf("a.1", "a.2", "a.3", "a.4", "a.5", "a.6"), listOf("h.1", "s.1", "b.1")), pages)
    }

    @Test
    fun `a row that is longer than a page is broken between lines, and no heading is left alone`() {
        val blocks = listOf(block(ExportBlockKind.ROW, "a", 7), block(ExportBlockKind.HEADING, "h", 1), block(ExportBlockKind.ROW, "b", 25))
        val pages = pagesOf(blocks, 100.0).map { page -> page.map { it.line } }
        assertEquals("a.7", pages.first().last())
        assertEquals(listOf("h.1", "b.1"), pages[1].take(2))
        assertEquals((1..25).map { "b.$it" }, pages.drop(1).flatten().drop(1))
    }

    @Test
    fun `of anything, all is there in its order, no line is cut and no page ends with a heading`() {
        val random = Random(12)
        repeat(300) {
            val kinds = ExportBlockKind.entries
            val blocks =
                List(random.nextInt(1, 60)) {
                    block(
                        kinds.random(random),
                        "$it",
                        random.nextInt(
                            1,
                            if (random.nextInt(9) ==
                                0
                            ) {
                                40
                            } else {
                                5
                            },
                        ),
                    )
                } +
                    block(ExportBlockKind.NOTE, "end", 1)
            val height = random.nextDouble(120.0, 300.0)
            val all = blocks.flatMap { one -> one.lines.map { it to one } }.associate { (line, one) -> line.line to (line.height to one) }
            val pages = pagesOf(blocks, height)
            assertEquals(blocks.flatMap { one -> one.lines.map { it.line } }, pages.flatten().map { it.line })
            for (page in pages) {
                var below = 0.0
                for (placed in page) {
                    assertTrue(placed.top >= below, "nothing lies upon another")
                    below = placed.top + all.getValue(placed.line).first
                }
                assertTrue(below <= height, "$below of $height")
                val last = all.getValue(page.last().line).second
                val follows = last.lines.last().line != page.last().line
                assertTrue(
                    !last.isHeading || follows || last.lines.size > 1 || headingsAbove(blocks, last) > height - 30,
                    "${page.last().line}",
                )
            }
        }
    }

    /** Headings that are higher than a page with all that they stand above cannot stay with it. */
    private fun headingsAbove(
        blocks: List<LaidBlock<String>>,
        last: LaidBlock<String>,
    ): Double {
        val place = blocks.indexOf(last)
        val from = (0..place).reversed().takeWhile { blocks[it].isHeading }.last()
        val until = (place until blocks.size).first { !blocks[it].isHeading }
        return (from..until).sumOf { blocks[it].height + blocks[it].above }
    }
}
