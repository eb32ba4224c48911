package org.healthcode

import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlinx.coroutines.withTimeoutOrNull
import org.healthcode.core.BundleKind
import org.healthcode.core.CancelToken
import org.healthcode.core.FormKind
import org.healthcode.core.HealthCodeException
import org.healthcode.core.HostHttpRequest
import org.healthcode.core.HostHttpResponse
import org.healthcode.core.HostKeyGuard
import org.healthcode.core.HostTransport
import org.healthcode.core.HostTransportException
import org.healthcode.core.Stage
import org.healthcode.support.Authority
import org.healthcode.support.Phone
import org.healthcode.support.turnGreen
import org.junit.jupiter.api.io.TempDir
import java.lang.ref.WeakReference
import java.nio.file.Path
import java.util.concurrent.CountDownLatch
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
                                runCatching {
                                    while (true) {
                                        useOnce(health, user % 4)
                                        done.incrementAndGet()
                                    }
                                }.exceptionOrNull().let { (it as? HealthCodeException)?.code ?: "$it" }
                            }
                        }
                    withTimeout(30.seconds) { while (done.get() < 200) delay(5) }
                    val closers = List(4) { async(Dispatchers.Default) { health.close() } }
                    val ends = withTimeout(30.seconds) { users.awaitAll() }
                    assertEquals(List(8) { "closed" }, ends, "round $round")
                    // The store is free again at once: the next round opens it.
                    closers.awaitAll()
                }
            }
        }

    private suspend fun useOnce(
        health: HealthCode,
        how: Int,
    ) {
        when (how) {
            0 -> health.currentCode()
            1 -> health.form(FormKind.HEALTH_DECLARATION)
            2 -> health.syncWanted()
            else -> health.saveDraft(FormKind.HEALTH_DECLARATION, answers { "contact" set true })
        }
    }

    @Test
    fun `who closes second finds the store free as well`() =
        runBlocking {
            Authority(folder.resolve("authority")).use { authority ->
                val phone = Phone(folder.resolve("phone"), authority)
                val entered = CountDownLatch(1)
                // A network that does not listen to its cancel token.
                val stubborn =
                    object : HostTransport {
                        override fun send(
                            request: HostHttpRequest,
                            timeoutMs: ULong,
                            cancel: CancelToken,
                        ): HostHttpResponse {
                            entered.countDown()
                            Thread.sleep(700)
                            throw HostTransportException.Unreachable()
                        }
                    }
                val health = phone.open(transport = stubborn)
                val running = async(Dispatchers.Default) { runCatching { health.sync() } }
                entered.await()
                val first = async(Dispatchers.Default) { health.close() }
                delay(100)
                health.close()
                phone.open().use { assertEquals(Stage.NOT_REGISTERED, it.home.value.stage) }
                first.await()
                assertTrue(withTimeout(30.seconds) { running.await() }.isSuccess)
            }
        }

    @Test
    fun `an opening that was cancelled leaves no store open`() =
        runBlocking {
            Authority(folder.resolve("authority")).use { authority ->
                val phone = Phone(folder.resolve("phone"), authority)
                phone.open().close()
                val entered = CountDownLatch(1)
                val goOn = CountDownLatch(1)
                val slow =
                    object : HostKeyGuard by phone.guard {
                        override fun unwrap(envelope: ByteArray): ByteArray {
                            entered.countDown()
                            goOn.await()
                            return phone.guard.unwrap(envelope)
                        }
                    }
                val opening = launch(Dispatchers.Default) { phone.open(guard = slow) }
                entered.await()
                opening.cancel()
                goOn.countDown()
                opening.join()
                phone.open().use { assertEquals(Stage.NOT_REGISTERED, it.home.value.stage) }
            }
        }

    @Test
    fun `who collects codes learns that it was closed, with a code and without`() =
        runBlocking {
            Authority(folder.resolve("authority")).use { authority ->
                for (hasCode in listOf(false, true)) {
                    val health = Phone(folder.resolve("phone-$hasCode"), authority).open()
                    if (hasCode) health.turnGreen()
                    val seen = CompletableDeferred<Unit>()
                    val end =
                        async(start = CoroutineStart.UNDISPATCHED) {
                            runCatching { health.codes.collect { seen.complete(Unit) } }.exceptionOrNull()
                        }
                    if (hasCode) withTimeout(30.seconds) { seen.await() } else delay(200)
                    health.close()
                    val told = withTimeout(30.seconds) { end.await() }
                    assertEquals("closed", (told as HealthCodeException).code, "has a code: $hasCode")
                    assertEquals("closed", assertFailsWith<HealthCodeException> { health.codes.first() }.code)
                    assertEquals("closed", assertFailsWith<HealthCodeException> { health.refresh() }.code)
                }
            }
        }

    @Test
    fun `what was closed is let go, on both sides`() =
        runBlocking {
            Authority(folder.resolve("authority")).use { authority ->
                val phone = Phone(folder.resolve("phone"), authority)
                val closed = List(3) { openedAndClosed(phone) }
                val allGone =
                    withTimeoutOrNull(30.seconds) {
                        while (closed.any { it.get() != null }) {
                            System.gc()
                            delay(50)
                        }
                        true
                    }
                // The core held the observer, the observer the object: the end of one must be the end of all.
                assertEquals(true, allGone, "${closed.count { it.get() != null }} are still held")
            }
        }

    private suspend fun openedAndClosed(phone: Phone): WeakReference<HealthCode> {
        val health = phone.open()
        health.codes.map { it.text }.let { withTimeoutOrNull(50) { it.first() } }
        health.sync()
        health.close()
        return WeakReference(health)
    }

    @Test
    fun `closing twice is the same as once, and a checkpoint closes too`() =
        runBlocking {
            Authority(folder.resolve("authority")).use { authority ->
                val phone = Phone(folder.resolve("phone"), authority)
                val health = phone.open()
                health.turnGreen()
                val bundle = checkNotNull(health.publishedBundle(BundleKind.TRUST))
                val checkpoint = Checkpoint.open(bundle, authority.rootKey)
                val text = health.currentCode().text
                repeat(2) { health.close() }
                assertEquals("closed", assertFailsWith<HealthCodeException> { health.currentCode() }.code)
                assertTrue(checkpoint.check(text).accepted)
                repeat(2) { checkpoint.close() }
                assertEquals("closed", assertFailsWith<HealthCodeException> { checkpoint.check(text) }.code)
                phone.open().use { assertTrue(it.home.value.codeAvailable) }
            }
        }
}
