package org.healthcode

import com.sun.net.httpserver.HttpsConfigurator
import com.sun.net.httpserver.HttpsServer
import org.healthcode.core.CancelToken
import org.healthcode.core.CitizenConfig
import org.healthcode.core.HealthCodeException
import org.healthcode.core.HostHeader
import org.healthcode.core.HostHttpRequest
import org.healthcode.core.HostHttpResponse
import org.healthcode.core.HostTransportException
import org.healthcode.core.PinnedKeys
import org.healthcode.support.SilentServer
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.io.TempDir
import java.net.InetAddress
import java.net.InetSocketAddress
import java.nio.file.Path
import java.security.KeyStore
import java.security.MessageDigest
import java.security.cert.Certificate
import java.util.Base64
import javax.net.ssl.KeyManagerFactory
import javax.net.ssl.SSLContext
import kotlin.io.path.inputStream
import kotlin.test.Test
import kotlin.test.assertContentEquals
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertTrue
import kotlin.time.Duration.Companion.seconds
import kotlin.time.measureTime

/** The platform's network against a server that does what servers should not. */
class HttpsTransportTest {
    @TempDir
    lateinit var folder: Path

    private lateinit var server: HttpsServer
    private lateinit var certificate: Certificate

    @BeforeEach
    fun start() {
        serve("ip:127.0.0.1")
    }

    @AfterEach
    fun end() = server.stop(0)

    /** A server whose certificate is for [name]. */
    private fun serve(name: String) {
        val file = folder.resolve("${name.filter(Char::isLetterOrDigit)}.p12")
        val password = "password"
        val keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString()
        val options = "-genkeypair -alias server -keyalg EC -groupname secp256r1 -dname CN=Server -ext san=$name"
        val store = listOf("-storetype", "PKCS12", "-keystore", "$file", "-storepass", password)
        val made = ProcessBuilder(listOf(keytool) + options.split(' ') + store).inheritIO().start().waitFor()
        check(made == 0) { "keytool: $made" }
        val keys = KeyStore.getInstance("PKCS12").apply { file.inputStream().use { load(it, password.toCharArray()) } }
        certificate = keys.getCertificate("server")
        val managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm())
        managers.init(keys, password.toCharArray())
        val context = SSLContext.getInstance("TLS").apply { init(managers.keyManagers, null, null) }
        server = HttpsServer.create(InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0)
        server.httpsConfigurator = HttpsConfigurator(context)
        answer("/echo") { request -> Triple(200, request, request.size.toLong()) }
        answer("/moved") { Triple(302, byteArrayOf(), -1) }
        answer("/large") { Triple(200, ByteArray((2 shl 20) + 1), (2L shl 20) + 1) }
        answer("/endless") { Triple(200, ByteArray(3 shl 20), 0) }
        answer("/cut") { Triple(200, byteArrayOf(1), 2) }
        answer("/refused") { Triple(401, "{}".encodeToByteArray(), 2) }
        server.start()
    }

    private fun answer(
        path: String,
        of: (ByteArray) -> Triple<Int, ByteArray, Long>,
    ) {
        server.createContext(path) { exchange ->
            exchange.use {
                val (status, body, length) = of(it.requestBody.readBytes())
                it.responseHeaders.add("Location", "/echo")
                it.responseHeaders.add("X-Asked", "${it.requestMethod} ${it.requestHeaders.getFirst("x-own")}")
                it.sendResponseHeaders(status, length)
                runCatching { it.responseBody.write(body) }
            }
        }
    }

    private fun config(
        pins: PinnedKeys? = null,
        root: Certificate = certificate,
    ): CitizenConfig {
        val base64 = Base64.getMimeEncoder().encodeToString(root.encoded)
        val pem = "-----BEGIN CERTIFICATE-----\n$base64\n-----END CERTIFICATE-----\n"
        return CitizenConfig(
            "https://127.0.0.1:${server.address.port}",
            ByteArray(32),
            pem.encodeToByteArray(),
            "en",
            pins,
        )
    }

    private fun send(
        path: String,
        method: String = "GET",
        config: CitizenConfig = config(),
        body: ByteArray = byteArrayOf(),
    ): HostHttpResponse {
        val request = HostHttpRequest(method, config.baseUrl + path, listOf(HostHeader("x-own", "own")), body)
        return HttpsTransport(config).send(request, 20_000u, CancelToken())
    }

    @Test
    fun `method, headers and body arrive, and the answer comes back as it is`() {
        for (method in listOf("PUT", "POST")) {
            val answer = send("/echo", method, body = byteArrayOf(0, -1, 13))
            assertEquals(200u, answer.status.toUInt())
            assertContentEquals(byteArrayOf(0, -1, 13), answer.body)
            assertEquals("$method own", answer.headers.single { it.name == "x-asked" }.value)
        }
        assertEquals("GET own", send("/echo").headers.single { it.name == "x-asked" }.value)
    }

    @Test
    fun `an answer that refuses is an answer, and no redirect is followed`() {
        val refused = send("/refused", "POST", body = byteArrayOf(1))
        assertEquals(401u to "{}", refused.status.toUInt() to refused.body.decodeToString())
        assertEquals(302u, send("/moved").status.toUInt())
    }

    @Test
    fun `answers that are too large or cut off are refused`() {
        assertFailsWith<HostTransportException.TooLarge> { send("/large") }
        assertFailsWith<HostTransportException.TooLarge> { send("/endless") }
        assertFailsWith<HostTransportException.Malformed> { send("/cut") }
    }

    @Test
    fun `a certificate for another host is refused`() {
        server.stop(0)
        serve("dns:elsewhere.example")
        assertFailsWith<HostTransportException.CertificateRefused> { send("/echo") }
    }

    @Test
    fun `pins narrow the roots down while they hold`() {
        val own = MessageDigest.getInstance("SHA-256").digest(certificate.publicKey.encoded)
        val other = ByteArray(32)
        for (pins in listOf(PinnedKeys(own, other, Long.MAX_VALUE), PinnedKeys(other, own, Long.MAX_VALUE))) {
            assertEquals(200u, send("/echo", config = config(pins)).status.toUInt())
        }
        val strange = PinnedKeys(other, other, Long.MAX_VALUE)
        assertFailsWith<HostTransportException.CertificateRefused> { send("/echo", config = config(strange)) }
        val lapsed = PinnedKeys(other, other, 1)
        assertEquals(200u, send("/echo", config = config(lapsed)).status.toUInt())
    }

    @Test
    fun `one bad root among good ones is left out`() {
        val bad = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".encodeToByteArray()
        val good = config()
        val config = CitizenConfig(good.baseUrl, good.rootKey, bad + good.rootsPem, "en")
        assertEquals(200u, send("/echo", config = config).status.toUInt())
    }

    @Test
    fun `roots that cannot be read are told when opening`() {
        for (pem in listOf("", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")) {
            val config = CitizenConfig("https://127.0.0.1:1", ByteArray(32), pem.encodeToByteArray(), "en")
            val error = assertFailsWith<HealthCodeException.Http> { HttpsTransport(config) }
            assertEquals("http_roots_invalid", error.code)
        }
    }

    @Test
    fun `a deadline and a token end a call to a server that says nothing`() {
        SilentServer().use { silent ->
            val transport = HttpsTransport(config())
            val request = HostHttpRequest("GET", "${silent.baseUrl}/", listOf(), byteArrayOf())
            val took =
                measureTime {
                    assertFailsWith<HostTransportException.DeadlinePassed> {
                        transport.send(request, 300u, CancelToken())
                    }
                    val cancelled = CancelToken().apply { cancel() }
                    assertFailsWith<HostTransportException.Cancelled> { transport.send(request, 60_000u, cancelled) }
                }
            assertTrue(took < 15.seconds, "$took")
        }
        server.stop(0)
        assertFailsWith<HostTransportException.Unreachable> { send("/echo") }
    }
}
