package org.healthcode

import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeoutOrNull
import org.healthcode.core.BundleKind
import org.healthcode.support.Authority
import org.healthcode.support.HandClock
import org.healthcode.support.Phone
import org.healthcode.support.longLived
import org.healthcode.support.turnGreen
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.CopyOnWriteArrayList
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertNotEquals
import kotlin.test.assertNotNull
import kotlin.test.assertNull
import kotlin.test.assertTrue
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds
import kotlin.time.TimeSource

/** The rotating code: on time, only while somebody looks, and without growth. */
class RotationTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `a thousand rotations make a thousand codes, all accepted, and no growth`() =
        runBlocking {
            Authority(folder.resolve("authority"), longLived).use { authority ->
                val clock = HandClock()
                Phone(folder.resolve("phone"), authority).open(clock = clock).use { health ->
                    health.turnGreen()
                    val trust = assertNotNull(health.publishedBundle(BundleKind.TRUST))
                    Checkpoint.open(trust, authority.rootKey).use { checkpoint ->
                        val texts = HashSet<String>()
                        val period = health.currentCode().rotationSecs * 1_000u

                        suspend fun rotate(times: Int) =
                            repeat(times) {
                                clock.advance(period.toLong())
                                val code = health.currentCode()
                                assertEquals(period, code.remainingMs)
                                assertTrue(code.png().isNotEmpty())
                                val verdict = checkpoint.check(code.text, health.now().atMs / 1_000)
                                assertTrue(verdict.accepted, verdict.reason)
                                texts += code.text
                            }
                        rotate(200)
                        texts.clear()
                        val before = memory()
                        rotate(1_000)
                        assertEquals(1_000, texts.size)
                        texts.clear()
                        val after = memory()
                        val heapGrowth = after.first - before.first
                        assertTrue(heapGrowth < 4_000_000, "heap grew by $heapGrowth bytes")
                        val residentGrowth = after.second - before.second
                        assertTrue(residentGrowth < 48_000_000, "the process grew by $residentGrowth bytes")
                    }
                }
            }
        }

    @Test
    fun `the flow ticks with the rotation and rests while nobody collects`() =
        runBlocking {
            Authority(folder.resolve("authority")).use { authority ->
                val clock = HandClock()
                Phone(folder.resolve("phone"), authority).open(clock = clock).use { health ->
                    // Nobody has a code yet: the flow waits instead of failing.
                    assertNull(withTimeoutOrNull(500) { health.codes.take(1).toList() })
                    health.turnGreen()

                    // One look, then 200 ms before the next rotation: the next code comes by itself.
                    val first = health.currentCode()
                    clock.advance(first.remainingMs.toLong() - 200)
                    val collected = CopyOnWriteArrayList<String>()
                    var shown = TimeSource.Monotonic.markNow()
                    var waited = Duration.ZERO
                    val collector =
                        launch(start = CoroutineStart.UNDISPATCHED) {
                            health.codes.collect {
                                collected += it.text
                                waited = shown.elapsedNow()
                                shown = TimeSource.Monotonic.markNow()
                                if (collected.size == 1) clock.advance(200)
                            }
                        }
                    withTimeoutOrNull(30.seconds) { while (collected.size < 2) delay(10) }
                    assertEquals(first.text, collected[0])
                    assertNotEquals(first.text, collected[1])
                    assertTrue(waited in 190.milliseconds..10.seconds, "the next code came after $waited")
                    collector.cancelAndJoin()

                    val readings = clock.readings.get()
                    delay(1_000)
                    assertEquals(readings, clock.readings.get(), "the core was asked although nobody looks")
                }
            }
        }

    /** Heap after a collection, and the process's resident memory, bytes; 0 where the system has no /proc. */
    private fun memory(): Pair<Long, Long> {
        // Cleaners run between two collections, on a busy machine late: the least of several is what is held.
        val heap =
            (1..10).minOf {
                System.gc()
                Thread.sleep(50)
                Runtime.getRuntime().run { totalMemory() - freeMemory() }
            }
        val status = Path.of("/proc/self/status")
        val lines = if (Files.exists(status)) Files.readAllLines(status) else emptyList()
        val resident = lines.firstOrNull { it.startsWith("VmRSS:") }?.filter { it.isDigit() }?.toLong() ?: 0
        return heap to resident * 1_024
    }
}
