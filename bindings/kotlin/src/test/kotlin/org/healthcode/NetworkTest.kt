package org.healthcode

import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeoutOrNull
import org.healthcode.capability.submitAppeal
import org.healthcode.core.CitizenConfig
import org.healthcode.core.HealthCodeException
import org.healthcode.core.SyncReason
import org.healthcode.core.SyncResult
import org.healthcode.core.httpBuiltIn
import org.healthcode.support.Authority
import org.healthcode.support.CountingTransport
import org.healthcode.support.Phone
import org.healthcode.support.SilentServer
import org.healthcode.support.configOf
import org.healthcode.support.turnGreen
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertNull
import kotlin.test.assertTrue
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds
import kotlin.time.measureTime

/** Networks that fail, lie or say nothing: showing the code goes on. */
class NetworkTest {
    @TempDir
    lateinit var folder: Path

    private lateinit var authority: Authority

    @BeforeEach
    fun start() {
        authority = Authority(folder.resolve("authority"))
    }

    @AfterEach
    fun end() = authority.close()

    @Test
    fun `the library is the one that the run is about`() {
        val folder = System.getProperty("jna.library.path")
        assertEquals(!folder.endsWith("lib-without-https"), httpBuiltIn(), folder)
    }

    @Test
    fun `another certificate authority is refused, and the code goes on being shown`() =
        runBlocking {
            val phone = Phone(folder.resolve("phone"), authority)
            phone.open().use { it.turnGreen() }
            Authority(folder.resolve("stranger")).use { stranger ->
                val deceived = CitizenConfig(stranger.baseUrl, authority.rootKey, authority.caPem, "en")
                Phone(folder.resolve("phone"), deceived).open().use { health ->
                    val outcome = health.sync()
                    assertEquals(SyncResult.CERTIFICATE_REFUSED, outcome.result)
                    assertEquals("network_certificate_refused", outcome.problem)
                    assertTrue(health.currentCode().text.startsWith("JKM1:"))
                }
            }
        }

    @Test
    fun `a server that is gone leaves the phone as it was`() =
        runBlocking {
            Phone(folder.resolve("phone"), authority).open().use { health ->
                health.turnGreen()
                authority.stop()
                health.submitAppeal("请复核。")
                val outcome = health.sync()
                assertEquals(SyncResult.OFFLINE to "network_unreachable", outcome.result to outcome.problem)
                assertEquals(1u, health.home.value.uploadsWaiting)
                assertTrue(health.currentCode().text.startsWith("JKM1:"))
                authority.start()
                assertEquals(SyncResult.SYNCED, health.sync().result)
                assertEquals(0u, health.home.value.uploadsWaiting)
            }
        }

    @Test
    fun `cancelling the coroutine ends a sync in mid-call, in Rust too`() =
        runBlocking {
            SilentServer().use { server ->
                Phone(folder.resolve("phone"), server.config(authority)).open().use { health ->
                    val running = launch(start = CoroutineStart.UNDISPATCHED) { health.sync(deadline = 120.seconds) }
                    server.awaitCaller()
                    val took = measureTime { running.cancelAndJoin() }
                    assertTrue(took < 30.seconds, "$took")
                    // Rust has let go of the machine as well: another sync is not told that one is running.
                    assertEquals(SyncResult.DEADLINE_PASSED, awaitOwnSync(health))
                }
            }
        }

    @Test
    fun `a deadline is kept, and two syncs do not run at once`() =
        runBlocking {
            SilentServer().use { server ->
                Phone(folder.resolve("phone"), server.config(authority)).open().use { health ->
                    val first =
                        async(start = CoroutineStart.UNDISPATCHED) { health.sync(deadline = 1_500.milliseconds) }
                    server.awaitCaller()
                    assertEquals(SyncResult.ALREADY_RUNNING, health.sync().result)
                    val took = measureTime { assertEquals(SyncResult.DEADLINE_PASSED, first.await().result) }
                    // The deadline that was given, not the usual one of 20 seconds.
                    assertTrue(took < 15.seconds, "$took")
                }
            }
        }

    @Test
    fun `a deadline of nothing or less passes at once`() =
        runBlocking {
            SilentServer().use { server ->
                Phone(folder.resolve("phone"), server.config(authority)).open().use { health ->
                    for (deadline in listOf(Duration.ZERO, (-1).seconds, -Duration.INFINITE)) {
                        val outcome = withTimeoutOrNull(15.seconds) { health.sync(deadline = deadline) }
                        assertEquals(SyncResult.DEADLINE_PASSED, outcome?.result, "$deadline")
                    }
                }
                // One without end is one that the server ends.
                Phone(folder.resolve("other"), authority).open().use { health ->
                    val outcome = withTimeoutOrNull(30.seconds) { health.sync(deadline = Duration.INFINITE) }
                    assertEquals(SyncResult.SYNCED, outcome?.result)
                }
            }
        }

    /** A sync against a silent server, once the one before has let go. */
    private suspend fun awaitOwnSync(health: HealthCode): SyncResult? =
        withTimeoutOrNull(30.seconds) {
            var outcome = health.sync(deadline = 300.milliseconds)
            while (outcome.result == SyncResult.ALREADY_RUNNING) {
                delay(20)
                outcome = health.sync(deadline = 300.milliseconds)
            }
            outcome.result
        }

    @Test
    fun `closing ends a sync with the error closed`() =
        runBlocking {
            SilentServer().use { server ->
                val health = Phone(folder.resolve("phone"), server.config(authority)).open()
                val running =
                    async(start = CoroutineStart.UNDISPATCHED) { runCatching { health.sync(deadline = 120.seconds) } }
                server.awaitCaller()
                health.close()
                val ended = withTimeoutOrNull(30.seconds) { running.await() }
                val outcome = checkNotNull(ended) { "it hangs" }
                val told = outcome.map { it.result.name }.recover { (it as HealthCodeException).code }
                assertTrue(told.getOrThrow() in setOf("CANCELLED", "closed"), "$told")
                assertEquals("closed", assertFailsWith<HealthCodeException> { health.sync() }.code)
            }
        }

    @Test
    fun `the platform's network carries the main job`() =
        runBlocking {
            val transport = CountingTransport(HttpsTransport(configOf(authority)))
            Phone(folder.resolve("phone"), authority).open(transport = transport).use { health ->
                health.turnGreen()
                assertTrue(transport.requests.get() >= 4, "${transport.requests}")
                assertTrue(health.home.value.codeAvailable)
                val scheduled = health.sync(SyncReason.SCHEDULED)
                assertEquals(SyncResult.NOT_NEEDED, scheduled.result)
                assertNull(scheduled.problem)
            }
        }

    @Test
    fun `the platform's network tells what failed as the core's does`() =
        runBlocking {
            val phone = Phone(folder.resolve("phone"), authority)
            Authority(folder.resolve("stranger")).use { stranger ->
                phone.open(transport = HttpsTransport(configOf(stranger))).use { health ->
                    assertEquals(SyncResult.CERTIFICATE_REFUSED, health.sync().result)
                }
            }
            SilentServer().use { server ->
                val silent = Phone(folder.resolve("silent"), server.config(authority))
                silent.open(transport = HttpsTransport(configOf(authority))).use { health ->
                    val running =
                        async(start = CoroutineStart.UNDISPATCHED) { health.sync(deadline = 120.seconds) }
                    server.awaitCaller()
                    val took = measureTime { running.cancelAndJoin() }
                    assertTrue(took < 30.seconds, "$took")
                    assertEquals(SyncResult.DEADLINE_PASSED, awaitOwnSync(health))
                }
            }
            authority.stop()
            phone.open(transport = HttpsTransport(configOf(authority))).use { health ->
                assertEquals(SyncResult.OFFLINE, health.sync().result)
            }
        }
}
