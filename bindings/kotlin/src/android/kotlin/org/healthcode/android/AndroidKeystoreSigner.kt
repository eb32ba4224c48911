package org.healthcode.android

import android.content.Context
import android.os.Build
import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyInfo
import android.security.keystore.KeyProperties
import org.healthcode.core.HostDeviceSigner
import org.healthcode.core.HostException
import org.healthcode.core.HostSubjectKeys
import java.security.GeneralSecurityException
import java.security.KeyFactory
import java.security.KeyPairGenerator
import java.security.KeyStore
import java.security.ProviderException
import java.security.Signature
import java.security.spec.ECGenParameterSpec

/**
 * The phone's P-256 device key, one for each credential and one for each dependant: in StrongBox where there is one,
 * else in the trusted execution environment. No private key ever leaves it. Where the hardware makes no further key,
 * codes carry the device's own. [slots]: how many keys of credentials it holds at once, see [credentialSlots]. One at a
 * time unless the app says more: how long a phone's StrongBox takes for a batch of keys was not measured yet.
 * [subjects]: for how many dependants it has keys; those of further ones are in the core's store.
 */
public class AndroidKeystoreSigner(
    private val context: Context,
    private val alias: String = "health-code-device",
    private val slots: UInt = 1u,
    private val subjects: UInt = 8u,
) : HostDeviceSigner,
    HostSubjectKeys {
    /** SubjectPublicKeyInfo: the core takes it as it is. */
    override fun publicKey(): ByteArray = guarded { entry().certificate.publicKey.encoded }

    override fun sign(message: ByteArray): ByteArray =
        guarded {
            Signature.getInstance("SHA256withECDSA").run {
                initSign(entry().privateKey)
                update(message)
                sign()
            }
        }

    override fun isHardware(): Boolean =
        guarded {
            val key = entry().privateKey
            val info = KeyFactory.getInstance(key.algorithm, PROVIDER).getKeySpec(key, KeyInfo::class.java)
            if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.S) {
                info.securityLevel == KeyProperties.SECURITY_LEVEL_STRONGBOX ||
                    info.securityLevel == KeyProperties.SECURITY_LEVEL_TRUSTED_ENVIRONMENT
            } else {
                @Suppress("DEPRECATION")
                info.isInsideSecureHardware
            }
        }

    override fun credentialSigner(number: ULong): HostDeviceSigner? =
        guarded {
            val store = keyStore()
            val others = 1u until maxOf(slots, 2u)
            val numbers = others.map { number - it } + number + others.map { number + it }
            val needed = numbers.map { "$alias$OF_CREDENTIAL$it" }.toSet()
            store
                .aliases()
                .toList()
                .filter { it.startsWith("$alias$OF_CREDENTIAL") && it !in needed }
                .forEach(store::deleteEntry)
            val signer = AndroidKeystoreSigner(context, "$alias$OF_CREDENTIAL$number")
            signer.takeIf { store.containsAlias(it.alias) || it.isMade() }
        }

    override fun credentialSlots(): UInt = slots

    override fun subjectSigner(alias: String): HostDeviceSigner? =
        guarded {
            val signer = AndroidKeystoreSigner(context, "${this.alias}$OF_SUBJECT$alias", slots)
            val made = keyStore().aliases().toList().filter { it.startsWith("${this.alias}$OF_SUBJECT") }
            val hasRoom = made.count { OF_CREDENTIAL !in it } < subjects.toInt()
            signer.takeIf { it.alias in made || (hasRoom && it.isMade()) }
        }

    override fun keepSubjects(aliases: List<String>): Unit =
        guarded {
            val kept = aliases.map { "$alias$OF_SUBJECT$it" }
            val store = keyStore()
            store
                .aliases()
                .toList()
                .filter { it.startsWith("$alias$OF_SUBJECT") && it.substringBefore(OF_CREDENTIAL) !in kept }
                .forEach(store::deleteEntry)
        }

    /** Whether the key could be made. */
    private fun isMade(): Boolean =
        try {
            publicKey()
            true
        } catch (failed: HostException) {
            false
        }

    private fun keyStore(): KeyStore = KeyStore.getInstance(PROVIDER).apply { load(null) }

    private fun entry(): KeyStore.PrivateKeyEntry {
        val store = keyStore()
        if (!store.containsAlias(alias)) context.preferringStrongBox(::generate)
        return store.getEntry(alias, null) as? KeyStore.PrivateKeyEntry ?: throw HostException.KeyUnavailable()
    }

    private fun generate(inStrongBox: Boolean) {
        val spec =
            KeyGenParameterSpec
                .Builder(alias, KeyProperties.PURPOSE_SIGN)
                .setAlgorithmParameterSpec(ECGenParameterSpec("secp256r1"))
                .setDigests(KeyProperties.DIGEST_SHA256)
        if (inStrongBox) spec.setIsStrongBoxBacked(true)
        KeyPairGenerator
            .getInstance(KeyProperties.KEY_ALGORITHM_EC, PROVIDER)
            .apply { initialize(spec.build()) }
            .generateKeyPair()
    }

    private fun <T> guarded(work: () -> T): T =
        try {
            work()
        } catch (failed: GeneralSecurityException) {
            throw HostException.KeyUnavailable()
        } catch (failed: ProviderException) {
            // What Android Keystore throws when its service or its hardware fails.
            throw HostException.KeyUnavailable()
        }

    private companion object {
        const val PROVIDER = "AndroidKeyStore"
        const val OF_CREDENTIAL = "-credential-"
        const val OF_SUBJECT = "-subject-"
    }
}
