package org.healthcode.app.android

import android.content.pm.PackageManager
import android.security.keystore.KeyProperties
import androidx.test.core.app.ApplicationProvider
import org.healthcode.android.AndroidKeystoreGuard
import org.healthcode.android.AndroidKeystoreSigner
import org.healthcode.core.HostException
import org.healthcode.support.turnGreen
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import java.security.KeyFactory
import java.security.Signature
import java.security.spec.X509EncodedKeySpec

/** The flow with Android Keystore, over a provider of ours: no claim about Android's own. */
@RunWith(RobolectricTestRunner::class)
class KeystoreTest {
    private val context = ApplicationProvider.getApplicationContext<android.app.Application>()

    @Before
    fun install() = KeyStoreOfOurs.install()

    private fun withStrongBox() = shadowOf(context.packageManager).setSystemFeature(PackageManager.FEATURE_STRONGBOX_KEYSTORE, true)

    @Test
    fun `the device key is P-256, signs SHA-256, and is made once`() {
        val signer = AndroidKeystoreSigner(context)
        val public = KeyFactory.getInstance("EC").generatePublic(X509EncodedKeySpec(signer.publicKey()))
        val signature = signer.sign(byteArrayOf(1, 2, 3))
        val verifier = Signature.getInstance("SHA256withECDSA").apply { initVerify(public) }
        verifier.update(byteArrayOf(1, 2, 3))
        assertTrue(verifier.verify(signature))
        assertArrayEquals(signer.publicKey(), AndroidKeystoreSigner(context).publicKey())
        val made = KeyStoreOfOurs.made.getValue("health-code-device")
        assertEquals(KeyProperties.PURPOSE_SIGN, made.spec.purposes)
        assertFalse("background sync signs too", made.spec.isUserAuthenticationRequired)
        assertTrue(signer.isHardware())
        assertFalse("there is no StrongBox", made.spec.isStrongBoxBacked)
    }

    @Test
    fun `StrongBox is taken where there is one, and done without where it is full`() {
        withStrongBox()
        AndroidKeystoreSigner(context).publicKey()
        assertTrue(
            KeyStoreOfOurs.made
                .getValue("health-code-device")
                .spec.isStrongBoxBacked,
        )
        assertTrue(AndroidKeystoreSigner(context).isHardware())
        KeyStoreOfOurs.strongBoxIsFull = true
        AndroidKeystoreGuard(context).wrap(ByteArray(32))
        assertFalse(
            KeyStoreOfOurs.made
                .getValue("health-code-store")
                .spec.isStrongBoxBacked,
        )
    }

    @Test
    fun `each credential has a key of its own, kept with its neighbours and no longer`() {
        val device = AndroidKeystoreSigner(context)
        device.publicKey()
        val public = listOf(7uL, 8uL, 9uL).map { checkNotNull(device.credentialSigner(it)).publicKey().toList() }
        assertEquals("no two alike, nor the device's", 4, (public + listOf(device.publicKey().toList())).toSet().size)
        val names = { KeyStoreOfOurs.made.keys.toSet() }
        // The one before may still be shown, the next may be made ahead.
        assertEquals(setOf("health-code-device", "health-code-device-credential-8", "health-code-device-credential-9"), names())
        val again = checkNotNull(device.credentialSigner(8u))
        assertEquals("the same key after a restart", public[1], again.publicKey().toList())
        val key = KeyFactory.getInstance("EC").generatePublic(X509EncodedKeySpec(again.publicKey()))
        val verifier = Signature.getInstance("SHA256withECDSA").apply { initVerify(key) }
        verifier.update(byteArrayOf(4))
        assertTrue(verifier.verify(again.sign(byteArrayOf(4))))
        checkNotNull(device.credentialSigner(20u))
        assertEquals(setOf("health-code-device", "health-code-device-credential-20"), names())
    }

    @Test
    fun `each dependant has a key of its own, as many as there is room for, and none that goes leaves one`() {
        val device = AndroidKeystoreSigner(context, subjects = 2u)
        device.publicKey()
        val own = checkNotNull(device.credentialSigner(1u)).publicKey().toList()
        val aliases = listOf("a", "b", "c").map { it.repeat(32) }
        val children = aliases.take(2).map { checkNotNull(device.subjectSigner(it)) }
        val public = children.flatMap { listOf(it, checkNotNull(it.credentialSigner(1u))) }.map { it.publicKey().toList() }
        assertEquals("no two alike, nor the device's", 6, (public + listOf(own, device.publicKey().toList())).toSet().size)
        assertTrue(children.all { it.isHardware() })
        assertNull("no room", device.subjectSigner(aliases[2]))
        val again = checkNotNull(AndroidKeystoreSigner(context, subjects = 2u).subjectSigner(aliases[0]))
        assertEquals("the same key after a restart", public[0], again.publicKey().toList())
        device.keepSubjects(listOf(aliases[1]))
        val names = KeyStoreOfOurs.made.keys.toSet()
        val second = "health-code-device-subject-${aliases[1]}"
        assertEquals(setOf("health-code-device", "health-code-device-credential-1", second, "$second-credential-1"), names)
        assertNotNull("there is room again", device.subjectSigner(aliases[2]))
        device.keepSubjects(emptyList())
        assertEquals(setOf("health-code-device", "health-code-device-credential-1"), KeyStoreOfOurs.made.keys.toSet())
        KeyStoreOfOurs.isFull = true
        assertNull(device.subjectSigner(aliases[0]))
    }

    @Test
    fun `where the hardware makes no further key, codes carry the device's own`() {
        val device = AndroidKeystoreSigner(context)
        device.publicKey()
        KeyStoreOfOurs.isFull = true
        assertNull(device.credentialSigner(1u))
        KeyStoreOfOurs.isFull = false
        assertNotNull(device.credentialSigner(1u))
    }

    @Test
    fun `codes are signed by the credential's own key, whole way to the door`() {
        val application = ApplicationProvider.getApplicationContext<TestedApplication>()
        kotlinx.coroutines.runBlocking {
            try {
                application.healthCode().turnGreen()
                val code = application.healthCode().currentCode()
                assertTrue(code.text.startsWith("JKM1:"))
                val made = KeyStoreOfOurs.made.keys.filter { it.startsWith("health-code-device-credential-") }
                assertTrue("the core asked for one: ${KeyStoreOfOurs.made.keys}", made.isNotEmpty())
            } finally {
                application.closeStore()
            }
        }
    }

    @Test
    fun `an envelope opens with its key alone, and whole`() {
        val guard = AndroidKeystoreGuard(context)
        val secret = ByteArray(32) { it.toByte() }
        val envelope = guard.wrap(secret)
        assertArrayEquals(secret, guard.unwrap(envelope))
        val altered = envelope.copyOf().also { it[20] = (it[20] + 1).toByte() }
        assertThrows(HostException.EnvelopeRefused::class.java) { guard.unwrap(altered) }
        assertThrows(HostException.EnvelopeRefused::class.java) { guard.unwrap(envelope.copyOf(20)) }
        KeyStoreOfOurs.clear()
        assertThrows(HostException.KeyUnavailable::class.java) { guard.unwrap(envelope) }
        assertTrue("no new key takes the lost one's place", KeyStoreOfOurs.made.isEmpty())
    }

    @Test
    fun `a key store that does not answer is named, and says no more`() {
        KeyStoreOfOurs.isSilent = true
        val refused = assertThrows(HostException.KeyUnavailable::class.java) { AndroidKeystoreSigner(context).publicKey() }
        assertFalse(refused.toString().contains("silent"))
    }
}
