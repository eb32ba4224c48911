package org.healthcode

import org.healthcode.core.HostException
import org.healthcode.core.HostKeyGuard
import java.io.ByteArrayOutputStream
import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path
import java.security.GeneralSecurityException
import java.security.KeyStore
import java.security.SecureRandom
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec

/**
 * Guards the store's key with an AES-256 key in a PKCS #12 key store: for desktops and servers, where the password
 * comes from the user or the system's secret store. Envelope: 12 bytes of nonce, then AES-GCM's output.
 */
public class KeyStoreGuard private constructor(
    private val key: SecretKey,
) : HostKeyGuard {
    override fun wrap(secret: ByteArray): ByteArray {
        val cipher = Cipher.getInstance("AES/GCM/NoPadding")
        cipher.init(Cipher.ENCRYPT_MODE, key)
        return cipher.iv + cipher.doFinal(secret)
    }

    override fun unwrap(envelope: ByteArray): ByteArray {
        if (envelope.size < NONCE_BYTES + TAG_BITS / 8) throw HostException.EnvelopeRefused()
        val cipher = Cipher.getInstance("AES/GCM/NoPadding")
        cipher.init(Cipher.DECRYPT_MODE, key, GCMParameterSpec(TAG_BITS, envelope, 0, NONCE_BYTES))
        return try {
            cipher.doFinal(envelope, NONCE_BYTES, envelope.size - NONCE_BYTES)
        } catch (_: GeneralSecurityException) {
            throw HostException.EnvelopeRefused()
        }
    }

    public companion object {
        private const val NONCE_BYTES = 12
        private const val TAG_BITS = 128
        private const val ALIAS = "health-code"

        /**
         * Opens the key store [file]; makes it, with a new key, if there is none. Its folder must be there. [password]
         * is the caller's to erase.
         * @throws HostException.KeyUnavailable if the password is wrong, the file is damaged or cannot be written.
         */
        public fun open(
            file: Path,
            password: CharArray,
        ): KeyStoreGuard {
            try {
                val store = KeyStore.getInstance("PKCS12")
                if (Files.exists(file)) {
                    Files.newInputStream(file).use { store.load(it, password) }
                } else {
                    store.load(null, password)
                    val made = KeyGenerator.getInstance("AES").apply { init(256, SecureRandom()) }.generateKey()
                    store.setEntry(ALIAS, KeyStore.SecretKeyEntry(made), KeyStore.PasswordProtection(password))
                    file.writeDurably(ByteArrayOutputStream().also { store.store(it, password) }.toByteArray())
                }
                val key = store.getKey(ALIAS, password) as? SecretKey ?: throw HostException.KeyUnavailable()
                return KeyStoreGuard(key)
            } catch (_: IOException) {
                throw HostException.KeyUnavailable()
            } catch (_: GeneralSecurityException) {
                throw HostException.KeyUnavailable()
            }
        }
    }
}
