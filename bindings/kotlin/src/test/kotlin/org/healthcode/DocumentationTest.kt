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
import org.healthcode.support.residentId
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Files
import java.nio.file.Path
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

    private val page = projectRoot.resolve("docs/KOTLIN.md").readText()

    @Test
    fun `every Kotlin block of the page is a source that is here`() {
        val region = Regex("""// region (\w+)\n+(.*?)\n// endregion""", RegexOption.DOT_MATCHES_ALL)
        val regions = sources("test").flatMap { source -> region.findAll(source).map { it.groupValues[2] } }.toSet()
        val android = sources("android")
        val block = Regex("""```kotlin\n(.*?)\n```""", RegexOption.DOT_MATCHES_ALL)
        val blocks = block.findAll(page).map { it.groupValues[1] }.toList()
        val (compiled, others) = blocks.partition { it in regions }
        assertEquals(regions, compiled.toSet(), "an example of the source is not on the page")
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
    fun `the examples do what the page says`() =
        runBlocking {
            Authority(folder.resolve("authority")).use { authority ->
                val password = "password".toCharArray()
                openHealthCode(folder, authority.baseUrl, authority.rootKey, authority.caPem, password).use { health ->
                    register(health, "欧阳振华", residentId("33010619900307615"))
                    declare(health)
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
                        objectTo(health, "请复核。") { error(it) }
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
