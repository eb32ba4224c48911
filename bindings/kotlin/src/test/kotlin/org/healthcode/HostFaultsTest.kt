package org.healthcode

import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.healthcode.core.CancelToken
import org.healthcode.core.ClockReading
import org.healthcode.core.Colour
import org.healthcode.core.CoreHealthCode
import org.healthcode.core.HealthCodeEvent
import org.healthcode.core.HealthCodeException
import org.healthcode.core.HostClock
import org.healthcode.core.HostDeviceSigner
import org.healthcode.core.HostHttpRequest
import org.healthcode.core.HostHttpResponse
import org.healthcode.core.HostKeyGuard
import org.healthcode.core.HostObserver
import org.healthcode.core.HostTransport
import org.healthcode.core.SyncReason
import org.healthcode.core.SyncResult
import org.healthcode.support.Authority
import org.healthcode.support.Phone
import org.healthcode.support.configOf
import org.healthcode.support.turnGreen
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import java.util.concurrent.CopyOnWriteArrayList
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertFalse
import kotlin.test.assertTrue
import kotlin.time.Duration.Companion.seconds

/** Callbacks of the app's that throw what they should not: a named error, none of their text, and life goes on. */
class HostFaultsTest {
    @TempDir
    lateinit var folder: Path

    private lateinit var authority: Authority

    @BeforeEach
    fun start() {
        authority = Authority(folder.resolve("authority"))
    }

    @AfterEach
    fun end() = authority.close()

    private val secret = "王小明 11010519491231002X"

    private fun HealthCodeException.tellsNothing() {
        for (told in listOf(toString(), "$message", text("en"), code)) {
            assertFalse(told.contains("王小明") || told.contains("IllegalState") || told.contains(".kt:"), told)
        }
    }

    @Test
    fun `a guard that throws`() =
        runBlocking {
            val phone = Phone(folder.resolve("phone"), authority)
            var isFaulty = true
            val guard =
                object : HostKeyGuard {
                    override fun wrap(secret: ByteArray) =
                        if (isFaulty) error(this@HostFaultsTest.secret) else phone.guard.wrap(secret)

                    override fun unwrap(envelope: ByteArray) =
                        if (isFaulty) error(secret) else phone.guard.unwrap(envelope)
                }
            val making = assertFailsWith<HealthCodeException.Store> { phone.open(guard = guard) }
            assertEquals("store_key_unavailable", making.code)
            making.tellsNothing()
            isFaulty = false
            phone.open(guard = guard).use { it.turnGreen() }
            isFaulty = true
            val opening = assertFailsWith<HealthCodeException.Store> { phone.open(guard = guard) }
            assertEquals("store_key_unavailable", opening.code)
            isFaulty = false
            phone.open(guard = guard).use { assertTrue(it.home.value.codeAvailable, "nothing was lost") }
        }

    @Test
    fun `a signer that throws, once and always`() =
        runBlocking {
            val phone = Phone(folder.resolve("phone"), authority)
            val real = GuardedKeySigner.open(folder.resolve("device.key"), phone.guard)
            var isFaulty = false
            val signer =
                object : HostDeviceSigner by real {
                    override fun sign(message: ByteArray) = if (isFaulty) error(secret) else real.sign(message)

                    override fun isHardware(): Boolean = error(secret)

                    override fun credentialSigner(number: ULong): HostDeviceSigner? = null

                    override fun credentialSlots(): UInt = error(secret)
                }
            phone.open(signer = signer).use { health ->
                health.turnGreen()
                isFaulty = true
                val refused = assertFailsWith<HealthCodeException.Code> { health.currentCode() }
                assertEquals("code_signer_failed", refused.code)
                refused.tellsNothing()
                isFaulty = false
                assertTrue(health.currentCode().text.startsWith("JKM1:"))
            }
        }

    @Test
    fun `an observer that throws hears the next event all the same`() =
        runBlocking {
            val heard = CopyOnWriteArrayList<HealthCodeEvent>()
            val threads = CopyOnWriteArrayList<String>()
            val observer =
                object : HostObserver {
                    override fun onEvent(event: HealthCodeEvent) {
                        heard += event
                        threads += Thread.currentThread().name
                        error(secret)
                    }
                }
            val phone = Phone(folder.resolve("phone"), authority)
            phone.open().use { it.turnGreen() }
            val store = folder.resolve("phone/store").toString()
            CoreHealthCode.open(store, configOf(authority), phone.guard, observer = observer).use { core ->
                val citizen = checkNotNull(core.home().colour).citizenId
                val colours = listOf("yellow" to "close_contact", "red" to "confirmed")
                for ((number, change) in colours.withIndex()) {
                    authority.changeColour(citizen, change.first, change.second)
                    val outcome = CancelToken().use { core.syncOnce(SyncReason.USER_ASKED, 20_000u, it) }
                    assertEquals(SyncResult.SYNCED, outcome.result)
                    withTimeout(30.seconds) { while (heard.size <= number) delay(10) }
                }
            }
            val changes = heard.map { (it as HealthCodeEvent.ColourChanged).v1.to }
            assertEquals(listOf(Colour.YELLOW, Colour.RED), changes)
            assertTrue(threads.none { it == Thread.currentThread().name }, "$threads")
        }

    @Test
    fun `a network that throws is a network that is not there`() =
        runBlocking {
            val real = HttpsTransport(configOf(authority))
            var isFaulty = true
            val transport =
                object : HostTransport {
                    override fun send(
                        request: HostHttpRequest,
                        timeoutMs: ULong,
                        cancel: CancelToken,
                    ): HostHttpResponse = if (isFaulty) error(secret) else real.send(request, timeoutMs, cancel)
                }
            Phone(folder.resolve("phone"), authority).open(transport = transport).use { health ->
                val outcome = health.sync()
                assertEquals(SyncResult.OFFLINE to "network_unreachable", outcome.result to outcome.problem)
                isFaulty = false
                health.turnGreen()
                assertTrue(health.home.value.codeAvailable)
            }
        }

    @Test
    fun `a clock that throws gives way to the system's`() =
        runBlocking {
            val clock =
                object : HostClock {
                    override fun read(): ClockReading = error(secret)
                }
            Phone(folder.resolve("phone"), authority).open(clock = clock).use { health ->
                health.turnGreen()
                val off = health.now().atMs - System.currentTimeMillis()
                assertTrue(off in -5_000..5_000, "$off ms")
            }
        }
}
