package org.healthcode

import kotlinx.coroutines.runBlocking
import org.healthcode.core.Assurance
import org.healthcode.core.BundleKind
import org.healthcode.core.CoreFileKeyGuard
import org.healthcode.core.HealthCodeException
import org.healthcode.core.HostDeviceSigner
import org.healthcode.core.HostException
import org.healthcode.core.SyncResult
import org.healthcode.support.Authority
import org.healthcode.support.Phone
import org.healthcode.support.turnGreen
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import kotlin.io.path.exists
import kotlin.io.path.getPosixFilePermissions
import kotlin.io.path.readBytes
import kotlin.io.path.writeBytes
import kotlin.test.Test
import kotlin.test.assertContentEquals
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertFalse
import kotlin.test.assertNotNull
import kotlin.test.assertTrue

/** The JVM's key guard and P-256 signer. */
class KeysTest {
    @TempDir
    lateinit var folder: Path

    private fun guard(
        name: String = "keys.p12",
        password: String = "password",
    ) = KeyStoreGuard.open(folder.resolve(name), password.toCharArray())

    @Test
    fun `an envelope opens with its own key alone, and not when altered`() {
        val secret = ByteArray(32) { it.toByte() }
        val envelope = guard().wrap(secret)
        assertTrue(envelope.size <= 1_024)
        assertFalse(envelope.contentEquals(guard().wrap(secret)), "a nonce is used once")
        assertContentEquals(secret, guard().unwrap(envelope))
        for (place in envelope.indices) {
            val altered = envelope.clone().also { it[place] = (it[place].toInt() xor 1).toByte() }
            assertFailsWith<HostException.EnvelopeRefused> { guard().unwrap(altered) }
        }
        for (length in envelope.indices) {
            assertFailsWith<HostException.EnvelopeRefused> { guard().unwrap(envelope.copyOf(length)) }
        }
        assertFailsWith<HostException.EnvelopeRefused> { guard("other.p12").unwrap(envelope) }
    }

    /** The core's own, for servers; what [KeyStoreGuard] is on the JVM. */
    @Test
    fun `a key in a file opens its own envelopes alone`() {
        val secret = ByteArray(32) { it.toByte() }
        val file = folder.resolve("key")
        val envelope = CoreFileKeyGuard.open(file.toString()).use { it.wrap(secret) }
        assertEquals("rw-------", PosixFilePermissions.toString(file.getPosixFilePermissions()))
        CoreFileKeyGuard.open(file.toString()).use { again ->
            assertContentEquals(secret, again.unwrap(envelope))
            for (altered in listOf(byteArrayOf(), envelope.copyOf(envelope.size - 1), envelope + 0)) {
                assertFailsWith<HostException.EnvelopeRefused> { again.unwrap(altered) }
            }
        }
        CoreFileKeyGuard.open(folder.resolve("other").toString()).use { other ->
            assertFailsWith<HostException.EnvelopeRefused> { other.unwrap(envelope) }
        }
        file.writeBytes(byteArrayOf(1, 2, 3))
        val damaged = assertFailsWith<HealthCodeException.Host> { CoreFileKeyGuard.open(file.toString()) }
        assertEquals("key_unavailable", damaged.code)
    }

    @Test
    fun `a wrong password and a damaged file are named`() {
        guard()
        assertFailsWith<HostException.KeyUnavailable> { guard(password = "guess") }
        Files.write(folder.resolve("keys.p12"), byteArrayOf(1, 2, 3))
        assertFailsWith<HostException.KeyUnavailable> { guard() }
    }

    @Test
    fun `key files are their owner's alone, and what a crash left is no hindrance`() {
        val names = listOf("keys.p12", "device.key")
        names.forEach { folder.resolve("$it.partial").writeBytes(byteArrayOf(1)) }
        val made = GuardedKeySigner.open(folder.resolve("device.key"), guard())
        assertContentEquals(made.publicKey(), GuardedKeySigner.open(folder.resolve("device.key"), guard()).publicKey())
        for (name in names) {
            assertFalse(folder.resolve("$name.partial").exists(), name)
            val permissions = PosixFilePermissions.toString(folder.resolve(name).getPosixFilePermissions())
            assertEquals("rw-------", permissions, name)
        }
        val nowhere = folder.resolve("nowhere/key")
        assertFailsWith<HostException.KeyUnavailable> { KeyStoreGuard.open(nowhere, "password".toCharArray()) }
        assertFailsWith<HostException.KeyUnavailable> { GuardedKeySigner.open(nowhere, guard()) }
        folder.resolve("device.key").run { writeBytes(readBytes().copyOf(60)) }
        assertFailsWith<HostException> { GuardedKeySigner.open(folder.resolve("device.key"), guard()) }
    }

    @Test
    fun `each credential has a key of its own, and keys that are needed no more are gone`() =
        runBlocking {
            Authority(folder.resolve("authority")).use { authority ->
                val phone = Phone(folder.resolve("phone"), authority)
                val file = folder.resolve("device.key")
                val own = CountingSigner(GuardedKeySigner.open(file, phone.guard))
                phone.open(signer = own).use { health ->
                    health.turnGreen()
                    val citizen = assertNotNull(health.home.value.colour).citizenId
                    val trust = assertNotNull(health.publishedBundle(BundleKind.TRUST))
                    val shown = mutableListOf<String>()
                    Checkpoint.open(trust, authority.rootKey).use { checkpoint ->
                        for (colour in listOf(null, "yellow" to "close_contact", "green" to "measure_lifted")) {
                            colour?.let { authority.changeColour(citizen, it.first, it.second) }
                            assertEquals(SyncResult.SYNCED, health.sync().result)
                            val before = own.signed
                            val verdict = checkpoint.check(health.currentCode().text)
                            assertTrue(verdict.accepted || verdict.reason == "colour_not_admitted", verdict.reason)
                            assertEquals(before, own.signed, "the device's own key signs no code")
                            shown += own.lastCredentialKey
                        }
                    }
                    assertEquals(3, shown.toSet().size, "no two credentials share a key")
                }
                val kept = Files.list(folder).use { all -> all.map { it.fileName.toString() }.toList() }
                val numbers = kept.filter { it.startsWith("device.key.credential-") }.map { it.substringAfterLast('-') }
                // Three batches of eight; 32 at most around the last.
                assertEquals((1..24).map(Int::toString).toSet(), numbers.toSet())
                // A restart finds the key of the credential that is held.
                phone.open(signer = GuardedKeySigner.open(file, phone.guard)).use { health ->
                    assertTrue(health.currentCode().text.startsWith("JKM1:"))
                }
            }
        }

    @Test
    fun `keys that are far from the one that was asked for are gone`() {
        val signer = GuardedKeySigner.open(folder.resolve("device.key"), guard("keys.p12"))
        val nine = signer.credentialSigner(9u).publicKey()
        for (number in listOf(8uL, 40uL)) signer.credentialSigner(number)
        val kept = Files.list(folder).use { all -> all.map { it.fileName.toString() }.toList() }
        val numbers = kept.filter { it.startsWith("device.key.credential-") }.map { it.substringAfterLast('-') }
        assertEquals(setOf("9", "40"), numbers.toSet())
        assertContentEquals(nine, signer.credentialSigner(9u).publicKey())
    }

    /** Counts what the device's own key signs, and tells which credential's key signed last. */
    private class CountingSigner(
        private val real: HostDeviceSigner,
    ) : HostDeviceSigner by real {
        @Volatile var signed = 0

        @Volatile var lastCredentialKey = ""

        override fun sign(message: ByteArray): ByteArray {
            signed += 1
            return real.sign(message)
        }

        override fun credentialSigner(number: ULong): HostDeviceSigner {
            val signer = assertNotNull(real.credentialSigner(number))
            return object : HostDeviceSigner by signer {
                override fun sign(message: ByteArray): ByteArray {
                    lastCredentialKey = signer.publicKey().toHexString()
                    return signer.sign(message)
                }
            }
        }
    }

    @Test
    fun `a P-256 key in the form of phones makes codes that checkpoints accept`() =
        runBlocking {
            Authority(folder.resolve("authority")).use { authority ->
                val phone = Phone(folder.resolve("phone"), authority)
                val file = folder.resolve("device.key")
                val publicKey = GuardedKeySigner.open(file, phone.guard).publicKey()
                assertContentEquals(publicKey, GuardedKeySigner.open(file, phone.guard).publicKey())
                assertFailsWith<HostException.EnvelopeRefused> { GuardedKeySigner.open(file, guard("other.p12")) }
                phone.open(signer = GuardedKeySigner.open(file, phone.guard)).use { health ->
                    health.turnGreen()
                    val trust = assertNotNull(health.publishedBundle(BundleKind.TRUST))
                    Checkpoint.open(trust, authority.rootKey).use { checkpoint ->
                        val verdict = checkpoint.check(health.currentCode().text)
                        assertTrue(verdict.accepted, verdict.reason)
                        assertEquals(Assurance.SOFTWARE, verdict.assurance)
                    }
                }
                // A key that says it is in hardware: the authority puts that into the credential.
                val software = GuardedKeySigner.open(folder.resolve("chip.key"), phone.guard)
                val chip =
                    object : HostDeviceSigner by software {
                        override fun isHardware() = true

                        override fun credentialSigner(number: ULong): HostDeviceSigner? = null
                    }
                Phone(folder.resolve("modern"), authority).open(signer = chip).use { health ->
                    health.turnGreen()
                    val trust = assertNotNull(health.publishedBundle(BundleKind.TRUST))
                    Checkpoint.open(trust, authority.rootKey).use { checkpoint ->
                        val verdict = checkpoint.check(health.currentCode().text)
                        assertTrue(verdict.accepted, verdict.reason)
                        assertEquals(Assurance.HARDWARE, verdict.assurance)
                    }
                }
                // Another device's key: the credential is not for it.
                val other = GuardedKeySigner.open(folder.resolve("other.key"), phone.guard)
                phone.open(signer = other).use { health ->
                    val refused = assertFailsWith<HealthCodeException.Code> { health.currentCode() }
                    assertEquals("code_signer_mismatch", refused.code)
                }
            }
        }
}
