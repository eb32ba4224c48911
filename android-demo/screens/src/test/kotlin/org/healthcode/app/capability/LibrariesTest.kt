package org.healthcode.app.capability

import org.healthcode.app.capability.settings.APP_LIBRARIES
import org.healthcode.support.projectRoot
import java.io.File
import java.nio.file.Path
import kotlin.io.path.readLines
import kotlin.io.path.readText
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue

/** Whose libraries the app contains stands in its settings: all of them, and nobody else's. */
class LibrariesTest {
    /** What Maven's names begin with, and the name that people know. */
    private val names =
        listOf(
            "androidx." to "androidx",
            "org.jetbrains.androidx." to "androidx",
            "org.jetbrains.compose." to "Compose Multiplatform",
            "org.jetbrains.kotlinx:kotlinx-coroutines" to "kotlinx.coroutines",
            "org.jetbrains.kotlinx:kotlinx-datetime" to "kotlinx.datetime",
            "org.jetbrains.kotlinx:atomicfu" to "kotlinx.atomicfu",
            "org.jetbrains.runtime:jbr-api" to "JetBrains Runtime API",
            "org.jetbrains.kotlinx:kotlinx-serialization" to "kotlinx.serialization",
            "org.jetbrains.kotlin:" to "Kotlin",
            "org.jetbrains.skiko" to "Skiko",
            "net.java.dev.jna" to "JNA",
            "com.google.zxing" to "ZXing",
            "com.google.guava" to "Guava",
            "com.drewnoakes:metadata-extractor" to "metadata-extractor",
            "com.adobe.xmp:xmpcore" to "XMP Core",
            "org.jspecify" to "JSpecify",
            "org.jetbrains:" to "JetBrains annotations",
        )

    private fun nameOf(artifact: String) = names.firstOrNull { artifact.startsWith(it.first) }?.second ?: "unknown: $artifact"

    /** The desktop's: all that Maven found it to need, what its libraries need included; not what tests need. */
    private fun inClassPath(): List<String> {
        val repository = Path.of(System.getProperty("healthcode.repository"))
        return projectRoot
            .resolve("android-demo/target/class-path.txt")
            .readText()
            .trim()
            .split(File.pathSeparatorChar)
            .map { Path.of(it) }
            // Our own jar lies elsewhere.
            .filter { it.startsWith(repository) }
            .map { jar ->
                // group/in/folders/artifact/version/file
                val folders = repository.relativize(jar).map { "$it" }.dropLast(2)
                "${folders.dropLast(1).joinToString(".")}:${folders.last()}"
            }
    }

    /** Android's. */
    private fun inArtifacts(): List<String> =
        projectRoot
            .resolve("android-demo/artifacts.txt")
            .readLines()
            .map { it.split(' ', ':') }
            .filter { it.first() in listOf("aar", "jar") }
            .map { "${it[1]}:${it[2]}" }

    @Test
    fun `the list is what the app is made of`() {
        val contained = (inClassPath() + inArtifacts()).map(::nameOf).toSortedSet()
        assertTrue("XMP Core" in contained, "what libraries need is there too")
        assertEquals(contained, APP_LIBRARIES.flatMap { it.names }.toSortedSet())
    }
}
