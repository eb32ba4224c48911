package org.healthcode.android

import android.content.Context
import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyProperties
import org.healthcode.core.HostException
import org.healthcode.core.HostKeyGuard
import java.security.GeneralSecurityException
import java.security.KeyStore
import java.security.ProviderException
import javax.crypto.AEADBadTagException
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec

/**
 * Guards the store's key with an AES-256 key in Android Keystore, in StrongBox where there is one. Usable without the
 * user, since background sync opens the store too.
 */
public class AndroidKeystoreGuard(
    private val context: Context,
    private val alias: String = "health-code-store",
) : HostKeyGuard {
    override fun wrap(secret: ByteArray): ByteArray =
        guarded {
            val cipher =
                Cipher.getInstance(TRANSFORMATION).apply {
                    init(
                        Cipher.ENCRYPT_MODE,
                        key() ?: context.preferringStrongBox(::generate),
                    )
                }
            cipher.iv + cipher.doFinal(secret)
        }

    override fun unwrap(envelope: ByteArray): ByteArray =
        guarded {
            if (envelope.size < NONCE_BYTES + TAG_BITS / 8) throw HostException.EnvelopeRefused()
            val cipher = Cipher.getInstance(TRANSFORMATION)
            val nonce = GCMParameterSpec(TAG_BITS, envelope, 0, NONCE_BYTES)
            cipher.init(Cipher.DECRYPT_MODE, key() ?: throw HostException.KeyUnavailable(), nonce)
            cipher.doFinal(envelope, NONCE_BYTES, envelope.size - NONCE_BYTES)
        }

    private fun key(): SecretKey? =
        KeyStore.getInstance(PROVIDER).apply { load(null) }.getKey(alias, null) as SecretKey?

    private fun generate(inStrongBox: Boolean): SecretKey {
        val purposes = KeyProperties.PURPOSE_ENCRYPT or KeyProperties.PURPOSE_DECRYPT
        val spec =
            KeyGenParameterSpec
                .Builder(alias, purposes)
                .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
                .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
                .setKeySize(256)
        if (inStrongBox) spec.setIsStrongBoxBacked(true)
        val generator = KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, PROVIDER)
        return generator.apply { init(spec.build()) }.generateKey()
    }

    private fun guarded(work: () -> ByteArray): ByteArray =
        try {
            work()
        } catch (altered: AEADBadTagException) {
            throw HostException.EnvelopeRefused()
        } catch (failed: GeneralSecurityException) {
            throw HostException.KeyUnavailable()
        } catch (failed: ProviderException) {
            // What Android Keystore throws when its service or its hardware fails.
            throw HostException.KeyUnavailable()
        }

    private companion object {
        const val PROVIDER = "AndroidKeyStore"
        const val TRANSFORMATION = "AES/GCM/NoPadding"
        const val NONCE_BYTES = 12
        const val TAG_BITS = 128
    }
}
