package org.healthcode.app.design

import androidx.compose.foundation.Canvas
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.size
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.drawscope.DrawScope
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.role
import androidx.compose.ui.semantics.semantics

/** The dark modules of a code, without its quiet zone: row by row. */
class QrModules(
    /** Modules a side. */
    val side: Int,
    private val dark: BooleanArray,
) {
    init {
        require(side > 0 && dark.size == side * side)
    }

    fun isDark(
        x: Int,
        y: Int,
    ): Boolean = dark[y * side + x]
}

/**
 * The code, black on white with its quiet zone, as large as it may be in whole pixels a module.
 *
 * Invariant: one image node, whose [label] does not change when the code rotates; #000 and #FFF alone, in every theme, never
 * mirrored, never smoothed.
 */
@Composable
fun QrPlate(
    modules: QrModules,
    label: String,
    modifier: Modifier = Modifier,
) {
    BoxWithConstraints(modifier, contentAlignment = Alignment.Center) {
        val across = modules.side + 2 * QUIET_ZONE
        val pixels = minOf(constraints.maxWidth, constraints.maxHeight) / across
        val side = with(LocalDensity.current) { (pixels * across).toDp() }
        Canvas(
            Modifier.size(side).testTag("qr").semantics {
                contentDescription = label
                role = Role.Image
            },
        ) { plate(modules, pixels.toFloat()) }
    }
}

private const val QUIET_ZONE = 4

private fun DrawScope.plate(
    modules: QrModules,
    pixels: Float,
) {
    drawRect(Color.White)
    for (y in 0 until modules.side) {
        var x = 0
        while (x < modules.side) {
            val start = x
            while (x < modules.side && modules.isDark(x, y)) x++
            if (x > start) {
                val place = Offset((start + QUIET_ZONE) * pixels, (y + QUIET_ZONE) * pixels)
                drawRect(Color.Black, place, Size((x - start) * pixels, pixels))
            }
            x++
        }
    }
}
