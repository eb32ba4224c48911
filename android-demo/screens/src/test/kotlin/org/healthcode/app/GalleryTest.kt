package org.healthcode.app

import org.healthcode.app.design.Appearance
import org.healthcode.app.screen.Screen
import org.healthcode.app.screen.StateDrawing
import java.awt.image.BufferedImage
import java.nio.file.Path
import kotlin.io.path.createDirectories
import kotlin.io.path.exists
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.readText
import kotlin.io.path.writeBytes
import kotlin.io.path.writeText
import kotlin.math.abs
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue

/**
 * The pictures that are kept in docs/images/screens and shown in docs/SCREENS.md are what the screens look like now.
 * `HEALTH_CODE_WRITE=1` writes them anew: look at each before it is committed.
 */
class GalleryTest {
    private val docs: Path = Path.of(System.getProperty("healthcode.root")).resolve("docs").toRealPath()
    private val folder: Path = docs.resolve("images/screens").createDirectories()
    private val writes = System.getenv("HEALTH_CODE_WRITE") == "1"

    @Test
    fun `the kept pictures are what the screens look like`() {
        val drawn = KEPT.associate { it.name to picture(it.frame, it.state.draw) }
        if (writes) {
            folder
                .listDirectoryEntries("*.png")
                .filter {
                    it.name !in
                        drawn.keys.map { name ->
                            "$name.png"
                        }
                }.forEach { it.toFile().delete() }
            drawn.forEach { (name, png) -> folder.resolve("$name.png").writeBytes(png) }
        }
        val wrong =
            drawn.mapNotNull { (name, png) ->
                val file = folder.resolve("$name.png")
                val difference = if (file.exists()) differenceOf(readPicture(file), readPicture(png)) else "is not kept yet"
                difference?.let {
                    save("gallery-$name", png)
                    "$name $it"
                }
            }
        assertTrue(wrong.isEmpty(), "look at ${pictures.toAbsolutePath()}, then HEALTH_CODE_WRITE=1:\n" + wrong.joinToString("\n"))
        assertEquals(drawn.keys.map { "$it.png" }.sorted(), folder.listDirectoryEntries("*.png").map { it.name }.sorted())
    }

    @Test
    fun `enough states are kept`() {
        fun count(select: (Appearance) -> Boolean) = KEPT.count { select(it.frame.appearance) }
        assertTrue(count { it.language == "zh" && !it.isMirrored } >= 24)
        assertTrue(count { it.language == "en" && !it.isMirrored } >= 8)
        assertTrue(count { it.isMirrored && it.language == "ar" } >= 4)
        assertTrue(count { it.language == "ko" } >= 4)
    }

    @Test
    fun `the page shows them all`() {
        val page = docs.resolve("SCREENS.md")
        if (writes) page.writeText(gallery())
        assertEquals(gallery(), page.readText(), "HEALTH_CODE_WRITE=1 writes it")
    }

    private fun gallery() =
        buildString {
            appendLine("# Screens")
            appendLine()
            appendLine("Every state of every screen, as the tests draw it from the sources in android-demo/screens; made by them.")
            for (screen in ALL_SCREENS) {
                appendLine()
                appendLine("## ${screen.name}")
                appendLine()
                val kept = KEPT.filter { it.screen == screen }
                for (row in kept.chunked(PICTURES_A_ROW)) {
                    appendLine("| " + row.joinToString(" | ") { it.title } + " |")
                    appendLine("|" + "---|".repeat(row.size))
                    appendLine("| " + row.joinToString(" | ") { "![${screen.name}, ${it.title}](images/screens/${it.name}.png)" } + " |")
                    appendLine()
                }
            }
        }.trimEnd() + "\n"

    private companion object {
        const val PICTURES_A_ROW = 4
    }
}

/** One kept picture. */
private class Kept(
    val screen: Screen,
    val state: StateDrawing,
    val frame: Frame,
    val look: String,
) {
    val name = "${screen.name}-${state.name}-$look"
    val title = "${state.name}, $look"
}

private fun frame(appearance: Appearance) = Frame(appearance, width = 360, height = 720, density = 1f)

/** All states in Chinese; what a newcomer looks at in English, in Arabic from right to left, in Korean, in the dark, and large. */
private val KEPT: List<Kept> =
    buildList {
        for (screen in ALL_SCREENS) {
            for ((number, state) in screen.states.withIndex()) {
                val isFirst = if (screen.name == "home") state.name == "green" else number == 0
                // The door's window is always dark.
                val isDark = screen.name == "checkpoint"
                add(Kept(screen, state, frame(Appearance("zh", isDark)), "zh"))
                if (isFirst) add(Kept(screen, state, frame(Appearance("en", isDark)), "en"))
                if (isFirst && screen.name in setOf("home", "code", "why", "form")) {
                    add(Kept(screen, state, frame(Appearance("ar", isMirrored = true)), "ar"))
                    add(Kept(screen, state, frame(Appearance("ko")), "ko"))
                    add(Kept(screen, state, frame(Appearance("zh", isDark = true)), "dark"))
                    add(Kept(screen, state, frame(Appearance("zh", isElder = true)), "elder"))
                }
            }
        }
    }

/** In a sentence; none where a person would not see it. */
private fun differenceOf(
    kept: BufferedImage,
    drawn: BufferedImage,
): String? {
    if (kept.width != drawn.width || kept.height != drawn.height) return "has another size"
    var different = 0
    for (y in 0 until kept.height) {
        for (x in 0 until kept.width) {
            val (before, now) = kept.getRGB(x, y) to drawn.getRGB(x, y)
            val isOff = listOf(0, 8, 16).any { abs((before shr it and 0xff) - (now shr it and 0xff)) > 40 }
            if (isOff) different++
        }
    }
    val share = different.toDouble() / (kept.width * kept.height)
    return if (share > 0.005) "differs in %.1f %% of its pixels".format(share * 100) else null
}
