package org.healthcode.support

import org.healthcode.core.CancelToken
import org.healthcode.core.CitizenConfig
import org.healthcode.core.HostHeader
import org.healthcode.core.HostHttpRequest
import org.healthcode.core.HostHttpResponse
import org.healthcode.core.HostTransport
import org.healthcode.core.HostTransportException
import java.net.InetAddress
import java.net.ServerSocket
import java.net.Socket
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.net.http.HttpTimeoutException
import java.security.KeyStore
import java.security.cert.CertificateException
import java.security.cert.CertificateFactory
import java.time.Duration
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CountDownLatch
import java.util.concurrent.ExecutionException
import java.util.concurrent.TimeUnit
import java.util.concurrent.TimeoutException
import java.util.concurrent.atomic.AtomicInteger
import javax.net.ssl.SSLContext
import javax.net.ssl.TrustManagerFactory
import kotlin.concurrent.thread

/** Takes connections and never says a word. */
class SilentServer : AutoCloseable {
    private val socket = ServerSocket(0, 8, InetAddress.getLoopbackAddress())
    private val called = CountDownLatch(1)
    private val callers = mutableListOf<Socket>()

    init {
        thread(isDaemon = true) {
            runCatching {
                while (true) {
                    callers += socket.accept()
                    called.countDown()
                }
            }
        }
    }

    /** The authority's configuration, but for the address. */
    fun config(authority: Authority): CitizenConfig =
        CitizenConfig("https://127.0.0.1:${socket.localPort}", authority.rootKey, authority.caPem)

    /** Waits until somebody has called. */
    fun awaitCaller() {
        check(called.await(10, TimeUnit.SECONDS)) { "nobody called" }
        // The call is now inside the handshake.
        Thread.sleep(100)
    }

    override fun close() {
        socket.close()
        callers.forEach { it.close() }
    }
}

// region transport

/** The JDK's HTTP client as the app's own network. */
class HttpClientTransport(
    caPem: ByteArray,
) : HostTransport {
    private val client: HttpClient =
        HttpClient
            .newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .sslContext(trusting(caPem))
            .build()

    override fun send(
        request: HostHttpRequest,
        timeoutMs: ULong,
        cancel: CancelToken,
    ): HostHttpResponse {
        val outgoing =
            HttpRequest
                .newBuilder(URI(request.url))
                .timeout(Duration.ofMillis(timeoutMs.toLong()))
                .method(request.method, HttpRequest.BodyPublishers.ofByteArray(request.body))
        request.headers.filter { it.name !in SET_BY_CLIENT }.forEach { outgoing.header(it.name, it.value) }
        val answer = client.sendAsync(outgoing.build(), HttpResponse.BodyHandlers.ofByteArray())
        try {
            return cancel.use { received(answer, it) }
        } catch (failed: ExecutionException) {
            throw named(failed.cause)
        } finally {
            answer.cancel(true) // ends the exchange where it still runs
        }
    }

    private fun received(
        answer: CompletableFuture<HttpResponse<ByteArray>>,
        cancel: CancelToken,
    ): HostHttpResponse {
        while (!cancel.isCancelled()) {
            try {
                val got = answer.get(50, TimeUnit.MILLISECONDS)
                val headers = got.headers().map().flatMap { (name, values) -> values.map { HostHeader(name, it) } }
                return HostHttpResponse(got.statusCode().toUShort(), headers, got.body())
            } catch (_: TimeoutException) {
                // Neither answered nor failed: look whether somebody cancelled.
            }
        }
        throw HostTransportException.Cancelled()
    }

    private fun named(cause: Throwable?): HostTransportException =
        when {
            cause is HttpTimeoutException -> HostTransportException.DeadlinePassed()
            generateSequence(cause) { it.cause }.any { it is CertificateException } ->
                HostTransportException.CertificateRefused()
            else -> HostTransportException.Unreachable()
        }

    private fun trusting(pem: ByteArray): SSLContext {
        val certificates = CertificateFactory.getInstance("X.509").generateCertificates(pem.inputStream())
        val store = KeyStore.getInstance(KeyStore.getDefaultType()).apply { load(null) }
        certificates.forEachIndexed { number, certificate -> store.setCertificateEntry("$number", certificate) }
        val trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm()).apply { init(store) }
        return SSLContext.getInstance("TLS").apply { init(null, trust.trustManagers, null) }
    }

    private companion object {
        val SET_BY_CLIENT = setOf("host", "content-length", "connection")
    }
}
// endregion

/** Counts what passes through to [network]. */
class CountingTransport(
    private val network: HostTransport,
) : HostTransport {
    /** Requests so far. */
    val requests = AtomicInteger()

    override fun send(
        request: HostHttpRequest,
        timeoutMs: ULong,
        cancel: CancelToken,
    ): HostHttpResponse {
        requests.incrementAndGet()
        return network.send(request, timeoutMs, cancel)
    }
}
