package org.healthcode

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.healthcode.core.FormKind
import org.healthcode.core.HealthCodeException
import org.healthcode.support.Authority
import org.healthcode.support.Phone
import org.healthcode.support.turnGreen
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import java.util.concurrent.atomic.AtomicInteger
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertTrue
import kotlin.time.Duration.Companion.seconds

/** Closing, at any time and from any thread. */
class ClosingTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `closing while eight coroutines use it ends every call normally or with closed`() =
        runBlocking {
            Authority(folder.resolve("authority")).use { authority ->
                val phone = Phone(folder.resolve("phone"), authority)
                phone.open().use { it.turnGreen() }
                repeat(5) { round ->
                    val health = phone.open()
                    val done = AtomicInteger()
                    val users =
                        List(8) { user ->
                            async(Dispatchers.Default) {
                                var code: String
                                while (true) {
                                    try {
                                        when (user % 4) {
                                            0 -> health.currentCode()
                                            1 -> health.form(FormKind.HEALTH_DECLARATION)
                                            2 -> health.syncWanted()
                                            else ->
                                                health.saveDraft(
                                                    FormKind.HEALTH_DECLARATION,
                                                    answers {
                                                        "contact" set
                                                            true
                                                    },
                                                )
                                        }
                                        done.incrementAndGet()
                                    } catch (refused: HealthCodeException) {
                                        code = refused.code
                                        break
                                    }
                                }
                                code
                            }
                        }
                    withTimeout(20.seconds) { while (done.get() < 200) delay(5) }
                    health.close()
                    val ends = withTimeout(20.seconds) { users.awaitAll() }
                    assertEquals(List(8) { "closed" }, ends, "round $round")
                    // The store is free again at once: the next round opens it.
                }
            }
        }

    @Test
    fun `closing twice is the same as once, and a checkpoint closes too`() =
        runBlocking {
            Authority(folder.resolve("authority")).use { authority ->
                val phone = Phone(folder.resolve("phone"), authority)
                val health = phone.open()
                health.turnGreen()
                val bundle = checkNotNull(health.publishedBundle(org.healthcode.core.BundleKind.TRUST))
                val checkpoint = Checkpoint.open(bundle, authority.rootKey)
                val text = health.currentCode().text
                repeat(2) { health.close() }
                assertEquals("closed", assertFailsWith<HealthCodeException> { health.currentCode() }.code)
                assertTrue(checkpoint.check(text).accepted)
                repeat(2) { checkpoint.close() }
                assertEquals("closed", assertFailsWith<HealthCodeException> { checkpoint.check(text) }.code)
                phone.open().use { assertEquals(text.take(5), it.currentCode().text.take(5)) }
            }
        }
}
