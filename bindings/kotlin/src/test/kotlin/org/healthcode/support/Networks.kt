package org.healthcode.support

import org.healthcode.core.CancelToken
import org.healthcode.core.CitizenConfig
import org.healthcode.core.HostHeader
import org.healthcode.core.HostHttpRequest
import org.healthcode.core.HostHttpResponse
import org.healthcode.core.HostTransport
import org.healthcode.core.HostTransportException
import java.io.IOException
import java.net.InetAddress
import java.net.ServerSocket
import java.net.Socket
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.net.http.HttpTimeoutException
import java.security.KeyStore
import java.security.cert.CertificateFactory
import java.time.Duration
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicInteger
import javax.net.ssl.SSLContext
import javax.net.ssl.SSLException
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
        configOf(
            authority,
        ).let { CitizenConfig("https://127.0.0.1:${socket.localPort}", it.rootKey, it.rootsPem, null) }

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

    /** Requests so far. */
    val requests = AtomicInteger()

    override fun send(
        request: HostHttpRequest,
        timeoutMs: ULong,
        cancel: CancelToken,
    ): HostHttpResponse {
        requests.incrementAndGet()
        if (cancel.isCancelled()) throw HostTransportException.Cancelled()
        val body = HttpRequest.BodyPublishers.ofByteArray(request.body)
        val outgoing =
            HttpRequest
                .newBuilder(URI(request.url))
                .timeout(Duration.ofMillis(timeoutMs.toLong()))
                .method(request.method, if (request.body.isEmpty()) HttpRequest.BodyPublishers.noBody() else body)
        request.headers.filter { it.name !in RESTRICTED }.forEach { outgoing.header(it.name, it.value) }
        try {
            val answer = client.send(outgoing.build(), HttpResponse.BodyHandlers.ofByteArray())
            val headers = answer.headers().map().flatMap { (name, values) -> values.map { HostHeader(name, it) } }
            return HostHttpResponse(answer.statusCode().toUShort(), headers, answer.body())
        } catch (_: HttpTimeoutException) {
            throw HostTransportException.DeadlinePassed()
        } catch (_: SSLException) {
            throw HostTransportException.CertificateRefused()
        } catch (_: IOException) {
            throw HostTransportException.Unreachable()
        }
    }

    private fun trusting(pem: ByteArray): SSLContext {
        val certificates = CertificateFactory.getInstance("X.509").generateCertificates(pem.inputStream())
        val store = KeyStore.getInstance(KeyStore.getDefaultType()).apply { load(null) }
        certificates.forEachIndexed { number, certificate -> store.setCertificateEntry("$number", certificate) }
        val trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm()).apply { init(store) }
        return SSLContext.getInstance("TLS").apply { init(null, trust.trustManagers, null) }
    }

    private companion object {
        /** The client sets these itself. */
        val RESTRICTED = setOf("host", "content-length", "connection")
    }
}
