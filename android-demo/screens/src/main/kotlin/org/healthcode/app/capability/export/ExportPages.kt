package org.healthcode.app.capability.export

import org.healthcode.core.ExportBlockKind

/** The size and margin of a page, points: A4, 20 mm; the foot stands in the lower margin's place. */
object ExportPaper {
    const val WIDTH = 595.28
    const val HEIGHT = 841.89
    const val MARGIN = 56.7
    const val FOOT_HEIGHT = 24.0

    /** Of a row: how much of the width is for what it is. */
    const val LABEL_PART = 0.32

    /** Between label and text. */
    const val GAP = 8.0

    val textWidth get() = WIDTH - 2 * MARGIN
    val textHeight get() = HEIGHT - 2 * MARGIN - FOOT_HEIGHT

    /** Points of the letters, and above the block. */
    fun look(kind: ExportBlockKind): Look =
        when (kind) {
            ExportBlockKind.TITLE -> Look(22.0, true, 0.0)
            ExportBlockKind.HEADING -> Look(15.0, true, 20.0)
            ExportBlockKind.SUBHEADING -> Look(11.0, true, 12.0)
            ExportBlockKind.NOTE -> Look(10.0, false, 6.0)
            ExportBlockKind.ROW -> Look(10.0, false, 4.0)
        }

    /** Of the foot. */
    val FOOT = Look(9.0, false, 0.0)

    class Look(
        val size: Double,
        val isBold: Boolean,
        val above: Double,
    )
}

/** A block in lines [L], each as high as it was measured. */
class LaidBlock<out L>(
    val kind: ExportBlockKind,
    val lines: List<LaidLine<L>>,
) {
    val above get() = ExportPaper.look(kind).above
    val height get() = lines.sumOf { it.height }
    val isHeading get() = kind == ExportBlockKind.TITLE || kind == ExportBlockKind.HEADING || kind == ExportBlockKind.SUBHEADING
}

class LaidLine<out L>(
    val line: L,
    val height: Double,
)

/** A line and how far below the page's upper margin it begins. */
class PlacedLine<out L>(
    val line: L,
    val top: Double,
)

/**
 * Puts the export's blocks on pages that have room for [height].
 *
 * Invariant: nothing is left out and nothing changes its place; no line is cut, and no page ends with a heading. A block that fits
 * on a page is not parted.
 */
fun <L> pagesOf(
    blocks: List<LaidBlock<L>>,
    height: Double,
): List<List<PlacedLine<L>>> {
    val pages = mutableListOf<MutableList<PlacedLine<L>>>()
    var top = height
    val begin = {
        pages += mutableListOf<PlacedLine<L>>()
        top = 0.0
    }
    for (group in groupsOf(blocks)) {
        val isFirst = pages.isEmpty()
        val whole = group.sumOf { it.above + it.height }
        val least =
            if (whole <= height) {
                whole
            } else {
                whole - group.last().height + (
                    group
                        .last()
                        .lines
                        .firstOrNull()
                        ?.height ?: 0.0
                )
            }
        if (isFirst || top + least > height) begin()
        for (block in group) {
            if (top > 0) top += block.above
            for (line in block.lines) {
                if (top > 0 && top + line.height > height) begin()
                pages.last() += PlacedLine(line.line, top)
                top += line.height
            }
        }
    }
    return pages
}

/** Headings and the block that they stand above. */
private fun <L> groupsOf(blocks: List<LaidBlock<L>>): List<List<LaidBlock<L>>> {
    val groups = mutableListOf<List<LaidBlock<L>>>()
    var open = emptyList<LaidBlock<L>>()
    for (block in blocks) {
        open = open + block
        if (!block.isHeading) {
            groups += open
            open = emptyList()
        }
    }
    return if (open.isEmpty()) groups else groups.apply { add(open) }
}
