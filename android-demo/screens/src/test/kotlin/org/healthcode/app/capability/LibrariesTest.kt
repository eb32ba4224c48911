package org.healthcode.app.capability

import org.healthcode.app.capability.settings.APP_LIBRARIES
import org.healthcode.support.projectRoot
import javax.xml.parsers.DocumentBuilderFactory
import kotlin.io.path.readLines
import kotlin.test.Test
import kotlin.test.assertEquals

/** Whose libraries the app contains stands in its settings: all of them, and nobody else's. */
class LibrariesTest {
    /** What Maven's names begin with, and the name that people know. */
    private val names =
        listOf(
            "androidx." to "androidx",
            "org.jetbrains.androidx." to "androidx",
            "org.jetbrains.compose." to "Compose Multiplatform",
            "org.jetbrains.kotlinx:kotlinx-coroutines" to "kotlinx.coroutines",
            "org.jetbrains.kotlinx:kotlinx-serialization" to "kotlinx.serialization",
            "org.jetbrains.kotlin:" to "Kotlin",
            "org.jetbrains.skiko" to "Skiko",
            "net.java.dev.jna" to "JNA",
            "com.google.zxing" to "ZXing",
            "com.google.guava" to "Guava",
            "com.drewnoakes:metadata-extractor" to "metadata-extractor",
            "org.jspecify" to "JSpecify",
            "org.jetbrains:" to "JetBrains annotations",
        )

    private fun nameOf(artifact: String) = names.firstOrNull { artifact.startsWith(it.first) }?.second ?: "unknown: $artifact"

    /** The desktop's, without what only tests need. */
    private fun inPom(): List<String> {
        val pom = projectRoot.resolve("android-demo/pom.xml").toFile()
        val all =
            DocumentBuilderFactory
                .newInstance()
                .newDocumentBuilder()
                .parse(pom)
                .getElementsByTagName("dependency")
        return (0 until all.length)
            .map { all.item(it) as org.w3c.dom.Element }
            .filter { it.parentNode.parentNode.nodeName == "project" }
            .filter { it.text("scope") != "test" && it.text("groupId") != "org.healthcode" }
            .map { "${it.text("groupId")}:${it.text("artifactId")}" }
    }

    private fun org.w3c.dom.Element.text(name: String): String? = getElementsByTagName(name).item(0)?.textContent

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
        val contained = (inPom() + inArtifacts()).map(::nameOf).toSortedSet()
        assertEquals(contained, APP_LIBRARIES.flatMap { it.names }.toSortedSet())
    }
}
