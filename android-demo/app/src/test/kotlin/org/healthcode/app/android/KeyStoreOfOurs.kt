package org.healthcode.app.android

import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyInfo
import android.security.keystore.KeyProperties
import android.security.keystore.StrongBoxUnavailableException
import org.robolectric.util.ReflectionHelpers
import java.io.InputStream
import java.io.OutputStream
import java.security.Key
import java.security.KeyFactorySpi
import java.security.KeyPair
import java.security.KeyPairGenerator
import java.security.KeyPairGeneratorSpi
import java.security.KeyStore
import java.security.KeyStoreSpi
import java.security.PrivateKey
import java.security.Provider
import java.security.PublicKey
import java.security.SecureRandom
import java.security.Security
import java.security.cert.Certificate
import java.security.spec.AlgorithmParameterSpec
import java.security.spec.ECGenParameterSpec
import java.security.spec.KeySpec
import java.util.Collections
import java.util.Date
import java.util.Enumeration
import javax.crypto.KeyGenerator
import javax.crypto.KeyGeneratorSpi
import javax.crypto.SecretKey

/**
 * Stands for Android Keystore, which is a part of the phone that no other machine has: the same services under the same
 * names, keys in memory. It shows that our flow asks for the right things in the right order; what Android answers only a
 * phone can show.
 */
object KeyStoreOfOurs {
    /** What was asked for. */
    class Made(
        val key: Key,
        val certificate: Certificate?,
        val spec: KeyGenParameterSpec,
    )

    /** By alias. */
    val made: MutableMap<String, Made> = Collections.synchronizedMap(mutableMapOf())

    /** StrongBox is there, and full. */
    @Volatile
    var strongBoxIsFull = false

    /** There is room for no further key. */
    @Volatile
    var isFull = false

    /** The whole key store answers nothing, as when its service died. */
    @Volatile
    var isSilent = false

    /** Puts it in Android's place. */
    fun install() {
        clear()
        Security.removeProvider(NAME)
        Security.addProvider(OurProvider())
    }

    /** A phone that was reset: the keys are gone. */
    fun clear() {
        made.clear()
        strongBoxIsFull = false
        isFull = false
        isSilent = false
    }

    internal fun answer() {
        if (isSilent) throw java.security.ProviderException("silent")
    }

    internal fun check(spec: KeyGenParameterSpec) {
        answer()
        if (isFull) throw java.security.ProviderException("full")
        if (spec.isStrongBoxBacked && strongBoxIsFull) throw StrongBoxUnavailableException()
    }

    const val NAME = "AndroidKeyStore"
}

private class OurProvider : Provider(KeyStoreOfOurs.NAME, "1", "in memory, for tests") {
    init {
        service("KeyStore", KeyStoreOfOurs.NAME) { OurKeyStore() }
        service("KeyPairGenerator", "EC") { OurKeyPairGenerator() }
        service("KeyGenerator", "AES") { OurKeyGenerator() }
        service("KeyFactory", "EC") { OurKeyFactory() }
    }

    private fun service(
        type: String,
        algorithm: String,
        make: () -> Any,
    ) = putService(
        object : Service(this, type, algorithm, make.javaClass.name, null, null) {
            override fun newInstance(parameter: Any?): Any = make()
        },
    )
}

private class OurKeyPairGenerator : KeyPairGeneratorSpi() {
    private lateinit var spec: KeyGenParameterSpec

    override fun initialize(
        params: AlgorithmParameterSpec,
        random: SecureRandom?,
    ) {
        spec = params as KeyGenParameterSpec
    }

    override fun initialize(
        keysize: Int,
        random: SecureRandom?,
    ) = throw UnsupportedOperationException()

    override fun generateKeyPair(): KeyPair {
        KeyStoreOfOurs.check(spec)
        val curve = (spec.algorithmParameterSpec as ECGenParameterSpec).name
        val pair = KeyPairGenerator.getInstance("EC", "Conscrypt").apply { initialize(ECGenParameterSpec(curve)) }.generateKeyPair()
        KeyStoreOfOurs.made[spec.keystoreAlias] = KeyStoreOfOurs.Made(pair.private, KeyAlone(pair.public), spec)
        return pair
    }
}

private class OurKeyGenerator : KeyGeneratorSpi() {
    private lateinit var spec: KeyGenParameterSpec

    override fun engineInit(random: SecureRandom?) = throw UnsupportedOperationException()

    override fun engineInit(
        keysize: Int,
        random: SecureRandom?,
    ) = throw UnsupportedOperationException()

    override fun engineInit(
        params: AlgorithmParameterSpec,
        random: SecureRandom?,
    ) {
        spec = params as KeyGenParameterSpec
    }

    override fun engineGenerateKey(): SecretKey {
        KeyStoreOfOurs.check(spec)
        val key = KeyGenerator.getInstance("AES", "SunJCE").apply { init(spec.keySize) }.generateKey()
        KeyStoreOfOurs.made[spec.keystoreAlias] = KeyStoreOfOurs.Made(key, null, spec)
        return key
    }
}

/** Tells where a key lies. */
private class OurKeyFactory : KeyFactorySpi() {
    override fun <T : KeySpec> engineGetKeySpec(
        key: Key,
        keySpec: Class<T>,
    ): T {
        val spec =
            KeyStoreOfOurs.made.values
                .single { it.key === key }
                .spec
        val level =
            if (spec.isStrongBoxBacked) KeyProperties.SECURITY_LEVEL_STRONGBOX else KeyProperties.SECURITY_LEVEL_TRUSTED_ENVIRONMENT
        return keySpec.cast(keyInfo(spec, level))!!
    }

    override fun engineGeneratePublic(keySpec: KeySpec): PublicKey = throw UnsupportedOperationException()

    override fun engineGeneratePrivate(keySpec: KeySpec): PrivateKey = throw UnsupportedOperationException()

    override fun engineTranslateKey(key: Key): Key = throw UnsupportedOperationException()
}

/** Apps do not make one: its constructor is the system's. */
private fun keyInfo(
    spec: KeyGenParameterSpec,
    level: Int,
): KeyInfo {
    // Robolectric adds one without parameters.
    val constructor =
        KeyInfo::class.java.declaredConstructors
            .maxBy { it.parameterCount }
            .apply { isAccessible = true }
    val values =
        constructor.parameterTypes.map { type ->
            when (type) {
                Boolean::class.javaPrimitiveType -> false
                Int::class.javaPrimitiveType -> 0
                Long::class.javaPrimitiveType -> 0L
                String::class.java -> spec.keystoreAlias
                else ->
                    if (type.isArray) {
                        java.lang.reflect.Array
                            .newInstance(type.componentType, 0)
                    } else {
                        null
                    }
            }
        }
    val info = constructor.newInstance(*values.toTypedArray()) as KeyInfo
    ReflectionHelpers.setField(info, "mSecurityLevel", level)
    return info
}

private class OurKeyStore : KeyStoreSpi() {
    override fun engineLoad(
        stream: InputStream?,
        password: CharArray?,
    ) = KeyStoreOfOurs.answer()

    override fun engineContainsAlias(alias: String): Boolean = alias in KeyStoreOfOurs.made

    override fun engineGetKey(
        alias: String,
        password: CharArray?,
    ): Key? = KeyStoreOfOurs.made[alias]?.key

    override fun engineGetEntry(
        alias: String,
        protParam: KeyStore.ProtectionParameter?,
    ): KeyStore.Entry? {
        val made = KeyStoreOfOurs.made[alias] ?: return null
        return when (val key = made.key) {
            is PrivateKey -> KeyStore.PrivateKeyEntry(key, arrayOf(checkNotNull(made.certificate)))
            is SecretKey -> KeyStore.SecretKeyEntry(key)
            else -> null
        }
    }

    override fun engineGetCertificate(alias: String): Certificate? = KeyStoreOfOurs.made[alias]?.certificate

    override fun engineGetCertificateChain(alias: String): Array<Certificate>? = engineGetCertificate(alias)?.let { arrayOf(it) }

    override fun engineGetCreationDate(alias: String): Date? = null

    override fun engineDeleteEntry(alias: String) {
        KeyStoreOfOurs.made.remove(alias)
    }

    override fun engineAliases(): Enumeration<String> = Collections.enumeration(KeyStoreOfOurs.made.keys)

    override fun engineSize(): Int = KeyStoreOfOurs.made.size

    override fun engineIsKeyEntry(alias: String): Boolean = alias in KeyStoreOfOurs.made

    override fun engineIsCertificateEntry(alias: String): Boolean = false

    override fun engineGetCertificateAlias(cert: Certificate): String? = null

    override fun engineSetKeyEntry(
        alias: String,
        key: Key,
        password: CharArray?,
        chain: Array<out Certificate>?,
    ) = throw UnsupportedOperationException()

    override fun engineSetKeyEntry(
        alias: String,
        key: ByteArray,
        chain: Array<out Certificate>?,
    ) = throw UnsupportedOperationException()

    override fun engineSetCertificateEntry(
        alias: String,
        cert: Certificate,
    ) = throw UnsupportedOperationException()

    override fun engineStore(
        stream: OutputStream?,
        password: CharArray?,
    ) = throw UnsupportedOperationException()
}

/** Android hands out a self-signed certificate with each key; ours carries the key and nothing else. */
private class KeyAlone(
    private val key: PublicKey,
) : Certificate("key alone") {
    override fun getPublicKey(): PublicKey = key

    override fun getEncoded(): ByteArray = key.encoded

    override fun verify(key: PublicKey) = Unit

    override fun verify(
        key: PublicKey,
        sigProvider: String,
    ) = Unit

    override fun toString(): String = "key alone"
}
