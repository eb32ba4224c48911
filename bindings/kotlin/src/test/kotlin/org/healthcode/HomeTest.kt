package org.healthcode

import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.healthcode.core.ItineraryLeg
import org.healthcode.core.SyncResult
import org.healthcode.support.Authority
import org.healthcode.support.HandClock
import org.healthcode.support.Phone
import org.healthcode.support.longLived
import org.healthcode.support.turnGreen
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import java.util.concurrent.CopyOnWriteArrayList
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertNotEquals
import kotlin.test.assertNotNull
import kotlin.test.assertTrue
import kotlin.time.Duration.Companion.seconds

/** The home view and the code keep up with what happens. */
class HomeTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `what only time changes is new after a refresh`() =
        runBlocking {
            Authority(folder.resolve("authority")).use { authority ->
                val clock = HandClock()
                Phone(folder.resolve("phone"), authority).open(clock = clock).use { health ->
                    health.turnGreen()
                    clock.advance(25 * 3_600_000L)
                    assertTrue(health.home.value.codeAvailable, "nothing has asked yet")
                    val view = health.refresh()
                    assertFalse(view.codeAvailable, "the credential lives for 24 hours at most")
                    assertTrue(assertNotNull(view.dataAgeSecs) in 90_000..90_100, "${view.dataAgeSecs}")
                    assertEquals(view, health.home.value)
                }
            }
        }

    @Test
    fun `a sync that sets the clock right changes the code at once`() =
        runBlocking {
            Authority(folder.resolve("authority"), longLived).use { authority ->
                val phone = Phone(folder.resolve("phone"), authority)
                phone.open().use { it.turnGreen() }
                // The phone was off, and its clock runs three hours fast since.
                val fast = HandClock(System.currentTimeMillis() + 3 * 3_600_000L, boot = 2u)
                phone.open(clock = fast).use { health ->
                    val codes = CopyOnWriteArrayList<String>()
                    val collector =
                        launch(start = CoroutineStart.UNDISPATCHED) { health.codes.collect { codes += it.text } }
                    withTimeout(30.seconds) { while (codes.isEmpty()) delay(10) }
                    val before = assertNotNull(health.home.value.credentialExpiresAt)
                    assertFalse(health.home.value.timeIsAnchored)
                    assertEquals(SyncResult.SYNCED, health.sync().result)
                    // Far less than a rotation, and the credential is the same.
                    withTimeout(10.seconds) { while (codes.size < 2) delay(10) }
                    assertEquals(before, health.home.value.credentialExpiresAt)
                    assertNotEquals(codes[0], codes[1])
                    assertTrue(health.home.value.timeIsAnchored)
                    collector.cancelAndJoin()
                }
            }
        }

    @Test
    fun `many changes at once leave the view of the last`() =
        runBlocking {
            Authority(folder.resolve("authority")).use { authority ->
                Phone(folder.resolve("phone"), authority).open().use { health ->
                    health.turnGreen()
                    val leg = ItineraryLeg(420100u, "2026-11-20", "2026-11-22", "train", "G590")
                    repeat(5) {
                        val ids = List(8) { async(Dispatchers.IO) { health.submitItinerary(listOf(leg)) } }.awaitAll()
                        assertEquals(8u, health.home.value.uploadsWaiting)
                        ids.map { async(Dispatchers.IO) { health.dismissUpload(it) } }.awaitAll()
                        assertEquals(0u, health.home.value.uploadsWaiting)
                    }
                }
            }
        }
}
