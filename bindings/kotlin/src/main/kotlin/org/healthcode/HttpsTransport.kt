package org.healthcode

import org.healthcode.core.CancelToken
import org.healthcode.core.CitizenConfig
import org.healthcode.core.HealthCodeException
import org.healthcode.core.HostHeader
import org.healthcode.core.HostHttpRequest
import org.healthcode.core.HostHttpResponse
import org.healthcode.core.HostTransport
import org.healthcode.core.HostTransportException
import org.healthcode.core.PinnedKeys
import java.io.ByteArrayOutputStream
import java.io.IOException
import java.io.InputStream
import java.net.SocketTimeoutException
import java.net.URI
import java.security.KeyStore
import java.security.MessageDigest
import java.security.cert.Certificate
import java.security.cert.CertificateException
import java.security.cert.CertificateFactory
import java.util.concurrent.ExecutionException
import java.util.concurrent.FutureTask
import java.util.concurrent.TimeUnit
import java.util.concurrent.TimeoutException
import javax.net.ssl.HttpsURLConnection
import javax.net.ssl.SSLContext
import javax.net.ssl.SSLPeerUnverifiedException
import javax.net.ssl.SSLSocketFactory
import javax.net.ssl.TrustManagerFactory
import kotlin.concurrent.thread

/**
 * HTTPS by the platform's own client, the same on Android and the JVM. [HealthCode.open] takes it where the library was
 * built without the core's own HTTPS, which makes it smaller by a third.
 *
 * Trusts the certificate authorities of the configuration and nobody else's, and only the pinned ones while the pins
 * hold. Follows no redirect, keeps nothing, takes no answer above 2 MiB. Certificates are judged by the system's clock;
 * the core's own HTTPS goes by the trusted time, which a wrong wall clock does not move.
 *
 * @throws HealthCodeException `Http` with `http_roots_invalid` if there is no certificate that can be read; others are left out.
 */
public class HttpsTransport(
    config: CitizenConfig,
) : HostTransport {
    private val roots = read(config.rootsPem)
    private val unpinned = trusting(roots)
    private val pins = config.pins
    private val pinned = pins?.let { pins -> trusting(roots.filter { pins.name(it) }) }

    override fun send(
        request: HostHttpRequest,
        timeoutMs: ULong,
        cancel: CancelToken,
    ): HostHttpResponse =
        cancel.use { token ->
            val timeout = timeoutMs.coerceIn(1u, MAX_TIMEOUT_MS).toInt()
            val connection =
                URI(request.url).toURL().openConnection() as? HttpsURLConnection
                    ?: throw HostTransportException.Malformed()
            // On a thread of its own: no socket of the platform's stops for a token.
            val answer = FutureTask { exchange(connection, request, timeout) }
            thread(isDaemon = true, name = "health-code-https") { answer.run() }
            awaited(answer, connection, timeout, token)
        }

    private fun awaited(
        answer: FutureTask<HostHttpResponse>,
        connection: HttpsURLConnection,
        timeout: Int,
        cancel: CancelToken,
    ): HostHttpResponse {
        val end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeout.toLong())
        while (true) {
            val failure =
                when {
                    cancel.isCancelled() -> HostTransportException.Cancelled()
                    System.nanoTime() > end -> HostTransportException.DeadlinePassed()
                    else -> null
                }
            if (failure != null) {
                // It may wait for the very lock that the exchange holds.
                thread(isDaemon = true) { connection.disconnect() }
                throw failure
            }
            try {
                return answer.get(POLL_MS, TimeUnit.MILLISECONDS)
            } catch (_: TimeoutException) {
                // Neither answered nor failed: look again whether it should go on.
            } catch (failed: ExecutionException) {
                throw named(failed.cause)
            }
        }
    }

    private fun exchange(
        connection: HttpsURLConnection,
        request: HostHttpRequest,
        timeout: Int,
    ): HostHttpResponse {
        connection.sslSocketFactory = sockets()
        connection.instanceFollowRedirects = false
        connection.useCaches = false
        connection.connectTimeout = timeout
        connection.readTimeout = timeout
        connection.requestMethod = request.method
        connection.setRequestProperty("accept-encoding", "identity")
        request.headers.filter { it.name !in SET_BY_CLIENT }.forEach {
            connection.addRequestProperty(
                it.name,
                it.value,
            )
        }
        // Some platforms refuse a body with DELETE, even an empty one.
        if (request.method == "PUT" || request.method == "POST") {
            connection.doOutput = true
            connection.outputStream.use { it.write(request.body) }
        }
        val status = connection.responseCode
        if (status < 0) throw HostTransportException.Malformed()
        val announced = connection.contentLengthLong
        if (announced > MAX_BODY) throw HostTransportException.TooLarge()
        val stream = if (status >= FIRST_ERROR) connection.errorStream else connection.inputStream
        val body = stream?.use(::readCapped) ?: byteArrayOf()
        // The JDK takes the end of a connection for the end of the body.
        val isCut = announced >= 0 && status != NOT_MODIFIED && body.size.toLong() != announced
        if (isCut) throw HostTransportException.Malformed()
        val headers =
            connection.headerFields.filterKeys { it != null }.flatMap { (name, values) ->
                values.map { HostHeader(name.lowercase(), it) }
            }
        return HostHttpResponse(status.toUShort(), headers, body)
    }

    private fun readCapped(body: InputStream): ByteArray {
        try {
            val bytes = body.readUpTo(MAX_BODY + 1)
            if (bytes.size > MAX_BODY) throw HostTransportException.TooLarge()
            return bytes
        } catch (late: SocketTimeoutException) {
            throw late
        } catch (_: IOException) {
            throw HostTransportException.Malformed()
        }
    }

    /** `readNBytes`, which Android has from version 13 on. */
    private fun InputStream.readUpTo(limit: Int): ByteArray {
        val out = ByteArrayOutputStream()
        val chunk = ByteArray(DEFAULT_BUFFER_SIZE)
        while (out.size() < limit) {
            val read = read(chunk, 0, minOf(chunk.size, limit - out.size()))
            if (read < 0) break
            out.write(chunk, 0, read)
        }
        return out.toByteArray()
    }

    private fun sockets(): SSLSocketFactory {
        val holds = pins != null && System.currentTimeMillis() / MILLIS < pins.expiresAt
        val trusted = if (holds) pinned else unpinned
        return trusted ?: throw HostTransportException.CertificateRefused()
    }

    private fun named(cause: Throwable?): HostTransportException =
        when {
            cause is HostTransportException -> cause
            cause is SocketTimeoutException -> HostTransportException.DeadlinePassed()
            generateSequence(
                cause,
            ) { it.cause }.any { it is CertificateException || it is SSLPeerUnverifiedException } ->
                HostTransportException.CertificateRefused()
            cause is IOException -> HostTransportException.Unreachable()
            else -> HostTransportException.Failed()
        }

    private companion object {
        const val POLL_MS = 25L
        const val MILLIS = 1_000
        const val NOT_MODIFIED = 304
        const val FIRST_ERROR = 400
        const val MAX_BODY = 2 shl 20
        val MAX_TIMEOUT_MS = TimeUnit.DAYS.toMillis(1).toULong()
        val SET_BY_CLIENT = setOf("host", "content-length", "connection")

        val PEM = Regex("-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----")

        /** One that cannot be read is left out: it must not cut the phone off. */
        fun read(pem: ByteArray): Collection<Certificate> {
            val factory = CertificateFactory.getInstance("X.509")
            val read =
                PEM.findAll(pem.decodeToString()).toList().mapNotNull { block ->
                    try {
                        factory.generateCertificate(block.value.byteInputStream())
                    } catch (_: CertificateException) {
                        null
                    }
                }
            if (read.isEmpty()) throw HealthCodeException.Http("http_roots_invalid")
            return read
        }

        /** RFC 7469, 2.4: SHA-256 of the key's SubjectPublicKeyInfo. */
        fun PinnedKeys.name(root: Certificate): Boolean {
            val hash = MessageDigest.getInstance("SHA-256").digest(root.publicKey.encoded)
            return hash.contentEquals(primary) || hash.contentEquals(backup)
        }

        /** Null if nobody is left to trust. */
        fun trusting(roots: Collection<Certificate>): SSLSocketFactory? {
            if (roots.isEmpty()) return null
            val store = KeyStore.getInstance(KeyStore.getDefaultType()).apply { load(null) }
            roots.forEachIndexed { number, root -> store.setCertificateEntry("$number", root) }
            val trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm()).apply { init(store) }
            return SSLContext.getInstance("TLS").apply { init(null, trust.trustManagers, null) }.socketFactory
        }
    }
}
