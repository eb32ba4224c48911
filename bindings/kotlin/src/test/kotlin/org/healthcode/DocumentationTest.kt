package org.healthcode

import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.job
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.healthcode.core.Colour
import org.healthcode.support.Authority
import org.healthcode.support.projectRoot
import org.junit.jupiter.api.io.TempDir
import quickstart.becomeGreen
import quickstart.openHealthCode
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption.REPLACE_EXISTING
import kotlin.io.path.createDirectories
import kotlin.io.path.readText
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertNotNull
import kotlin.test.assertTrue
import kotlin.time.Duration.Companion.seconds

/** The examples of docs/KOTLIN.md are what is compiled and run here. */
class DocumentationTest {
    @TempDir
    lateinit var folder: Path

    private val source = projectRoot.resolve("bindings/kotlin/src/test/kotlin/quickstart/Main.kt")

    private val quickStart = source.readText().trimEnd()

    private val page = projectRoot.resolve("docs/KOTLIN.md").readText()

    @Test
    fun `every Kotlin block of the page is a source that is here`() {
        val region = Regex("""// region (\w+)\n+(.*?)\n// endregion""", RegexOption.DOT_MATCHES_ALL)
        val regions = sources("test").flatMap { source -> region.findAll(source).map { it.groupValues[2] } }.toSet()
        val android = sources("android")
        val block = Regex("""```kotlin\n(.*?)\n```""", RegexOption.DOT_MATCHES_ALL)
        val blocks = block.findAll(page).map { it.groupValues[1] }.toList()
        val sources = regions + quickStart
        val (compiled, others) = blocks.partition { it in sources }
        assertEquals(sources, compiled.toSet(), "an example of the source is not on the page")
        // The rest are for Android: each stands, word for word, in a source that is kept for it.
        for (block in others) {
            assertTrue(block.startsWith("// Android"), "neither compiled nor marked:\n$block")
            val body = block.substringAfter('\n')
            assertTrue(android.any { body in it }, "not in the Android sources:\n$body")
        }
    }

    private fun sources(kind: String): List<String> =
        Files.walk(projectRoot.resolve("bindings/kotlin/src/$kind")).use { files ->
            files.filter { "$it".endsWith(".kt") }.map { it.readText() }.toList()
        }

    @Test
    fun `the quick start runs as the page says, with nothing but the artifact`() {
        val authority = Authority(folder.resolve("authority"))
        authority.use {
            val phone = folder.resolve("phone")
            // Off: it says what did not work, what was declared is kept, and the next run sends it.
            authority.stop()
            val (failed, told) = quickStart(phone, authority)
            assertEquals(1, failed, told)
            assertTrue("not synced: " in told && "network_" in told, told)
            authority.start()
            val (ended, said) = quickStart(phone, authority)
            assertEquals(0, ended, said)
            val picture = phone.resolve("code.png")
            assertTrue("$picture" in said && Files.size(picture) > 0, said)
            // A certificate of somebody else's.
            val other = folder.resolve("other").createDirectories()
            Authority(other).use { stranger ->
                Files.copy(authority.data.resolve("root-key.hex"), other.resolve("root-key.hex"), REPLACE_EXISTING)
                stranger.stop()
                val (refused, why) = quickStart(folder.resolve("another phone"), authority, other)
                assertEquals(1, refused, why)
                assertTrue("network_certificate_refused" in why, why)
            }
        }
    }

    /** Its exit code and all that it says, in a process that knows no path of the library. */
    private fun quickStart(
        phone: Path,
        authority: Authority,
        files: Path = authority.data,
    ): Pair<Int, String> {
        val java = Path.of(System.getProperty("java.home"), "bin", "java").toString()
        val classes = System.getProperty("surefire.test.class.path") ?: System.getProperty("java.class.path")
        val process =
            ProcessBuilder(java, "-Duser.language=en", "-cp", classes, "quickstart.MainKt")
                .apply { command() += listOf("$phone", authority.baseUrl, "$files") }
                .redirectErrorStream(true)
                .start()
        val said = process.inputReader().readText()
        return process.waitFor() to said
    }

    @Test
    fun `the examples do what the page says`() =
        runBlocking {
            Authority(folder.resolve("authority")).use { authority ->
                openHealthCode(folder, authority.baseUrl, authority.data).use { health ->
                    assertTrue(becomeGreen(health, folder))
                    val colour = assertNotNull(health.home.value.colour)
                    assertEquals(Colour.GREEN, colour.colour)
                    val shown = CompletableDeferred<String>()
                    val alerted = CompletableDeferred<String>()
                    coroutineScope {
                        val screen = CoroutineScope(coroutineContext + SupervisorJob())
                        show(health, screen, { code, png -> if (png.isNotEmpty()) shown.complete(code.text) }, {})
                        alertOnChanges(health, screen) { title, text -> alerted.complete("$title: $text") }
                        val text = withTimeout(30.seconds) { shown.await() }
                        assertTrue(checkOffline(health, authority.rootKey, text))
                        delay(200)
                        authority.changeColour(colour.citizenId, "red", "confirmed")
                        appeal(health, "请复核。") { error(it) }
                        health.sync()
                        val alert = withTimeout(30.seconds) { alerted.await() }
                        assertTrue(alert.startsWith(Colour.RED.word(health.language)), alert)
                        assertTrue(syncInBackground(health))
                        screen.coroutineContext.job.cancel()
                    }
                }
            }
        }
}
