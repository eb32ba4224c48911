package org.healthcode

import org.healthcode.core.HostDeviceSigner
import org.healthcode.core.HostException
import org.healthcode.core.HostKeyGuard
import org.healthcode.core.HostSubjectKeys
import java.io.ByteArrayOutputStream
import java.io.DataInputStream
import java.io.DataOutputStream
import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path
import java.security.GeneralSecurityException
import java.security.KeyFactory
import java.security.KeyPairGenerator
import java.security.PrivateKey
import java.security.Signature
import java.security.spec.ECGenParameterSpec
import java.security.spec.PKCS8EncodedKeySpec

/**
 * A P-256 device key in a file, its private half wrapped by a [HostKeyGuard]: what a phone's hardware offers, without
 * the hardware. File: length and bytes of SubjectPublicKeyInfo, length and bytes of the wrapped PKCS #8 key. Keys of
 * credentials lie beside it, with `.credential-` and the number at the end of the name, keys of dependants with
 * `.subject-` and the alias.
 */
public class GuardedKeySigner private constructor(
    private val file: Path,
    private val guard: HostKeyGuard,
    private val subjectPublicKeyInfo: ByteArray,
    private val privateKey: PrivateKey,
) : HostDeviceSigner,
    HostSubjectKeys {
    override fun publicKey(): ByteArray = subjectPublicKeyInfo

    override fun sign(message: ByteArray): ByteArray =
        Signature.getInstance("SHA256withECDSA").run {
            initSign(privateKey)
            update(message)
            sign()
        }

    override fun isHardware(): Boolean = false

    override fun credentialSigner(number: ULong): HostDeviceSigner {
        try {
            dropAllBut(near(number))
        } catch (_: IOException) {
            throw HostException.KeyUnavailable()
        }
        return open(file.resolveSibling(nameOf(number)), guard)
    }

    /** Files: as many as the core asks for. */
    override fun credentialSlots(): UInt = SLOTS

    override fun subjectSigner(alias: String): HostDeviceSigner = open(file.resolveSibling("$ofSubjects$alias"), guard)

    override fun keepSubjects(aliases: List<String>) {
        val kept = aliases.map { "$ofSubjects$it" }
        val others = { name: String -> name.substringBefore(OF_CREDENTIAL) !in kept }
        try {
            beside(ofSubjects).filter { others(it.fileName.toString()) }.forEach(Files::delete)
        } catch (_: IOException) {
            throw HostException.KeyUnavailable()
        }
    }

    /** How names of dependants' keys begin. */
    private val ofSubjects get() = "${file.fileName}$OF_SUBJECT"

    private fun nameOf(number: ULong) = "${file.fileName}$OF_CREDENTIAL$number"

    private fun near(number: ULong): Set<String> {
        val others = 1u until SLOTS
        return (others.map { number - it } + number + others.map { number + it }).map(::nameOf).toSet()
    }

    private fun dropAllBut(kept: Set<String>) {
        beside("${file.fileName}$OF_CREDENTIAL").filter { it.fileName.toString() !in kept }.forEach(Files::delete)
    }

    /** Files in the key's folder whose names begin so. */
    private fun beside(prefix: String): List<Path> =
        Files
            .newDirectoryStream(
                file.toAbsolutePath().parent,
            ) { it.fileName.toString().startsWith(prefix) }
            .use { it.toList() }

    public companion object {
        private const val OF_CREDENTIAL = ".credential-"
        private const val OF_SUBJECT = ".subject-"
        private const val SLOTS = 32u

        /**
         * Opens the key in [file]; makes one if there is none. Its folder must be there.
         * @throws HostException if the file is damaged or cannot be written, or the guard refuses it.
         */
        public fun open(
            file: Path,
            guard: HostKeyGuard,
        ): GuardedKeySigner {
            try {
                if (!Files.exists(file)) make(file, guard)
                DataInputStream(Files.newInputStream(file)).use { input ->
                    val publicKey = input.readNBytes(input.readUnsignedShort())
                    val secret = guard.unwrap(input.readNBytes(input.readUnsignedShort()))
                    val privateKey = KeyFactory.getInstance("EC").generatePrivate(PKCS8EncodedKeySpec(secret))
                    secret.fill(0)
                    return GuardedKeySigner(file, guard, publicKey, privateKey)
                }
            } catch (_: IOException) {
                throw HostException.KeyUnavailable()
            } catch (_: GeneralSecurityException) {
                throw HostException.KeyUnavailable()
            }
        }

        private fun make(
            file: Path,
            guard: HostKeyGuard,
        ) {
            val generator = KeyPairGenerator.getInstance("EC").apply { initialize(ECGenParameterSpec("secp256r1")) }
            val pair = generator.generateKeyPair()
            val secret = pair.private.encoded
            val content = ByteArrayOutputStream()
            DataOutputStream(content).use { output ->
                for (part in listOf(pair.public.encoded, guard.wrap(secret))) {
                    output.writeShort(part.size)
                    output.write(part)
                }
            }
            secret.fill(0)
            file.writeDurably(content.toByteArray())
        }
    }
}
