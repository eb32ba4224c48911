package org.healthcode.support

import org.healthcode.core.CancelToken
import org.healthcode.core.CitizenConfig
import org.healthcode.core.HostHttpRequest
import org.healthcode.core.HostHttpResponse
import org.healthcode.core.HostTransport
import java.net.InetAddress
import java.net.ServerSocket
import java.net.Socket
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicInteger
import kotlin.concurrent.thread

/** Takes connections and never says a word. */
class SilentServer : AutoCloseable {
    private val socket = ServerSocket(0, 8, InetAddress.getLoopbackAddress())
    private val called = CountDownLatch(1)
    private val callers = mutableListOf<Socket>()

    private val accepting =
        thread(isDaemon = true) {
            runCatching {
                while (true) {
                    callers += socket.accept()
                    called.countDown()
                }
            }
        }

    /** Its address. */
    val baseUrl: String = "https://127.0.0.1:${socket.localPort}"

    /** The authority's configuration, but for the address. */
    fun config(authority: Authority): CitizenConfig = CitizenConfig(baseUrl, authority.rootKey, authority.caPem, "en")

    /** Waits until somebody has called. */
    fun awaitCaller() {
        check(called.await(30, TimeUnit.SECONDS)) { "nobody called" }
        // The call is now inside the handshake.
        Thread.sleep(100)
    }

    override fun close() {
        socket.close()
        // The list is that thread's until it ends.
        accepting.join()
        callers.forEach { it.close() }
    }
}

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
