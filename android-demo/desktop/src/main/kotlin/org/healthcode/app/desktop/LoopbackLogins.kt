package org.healthcode.app.desktop

import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpServer
import kotlinx.coroutines.CompletableDeferred
import org.healthcode.ScreenWords
import org.healthcode.app.LoginReturn
import org.healthcode.app.Logins
import org.healthcode.core.TextDirection
import java.net.InetAddress
import java.net.InetSocketAddress
import kotlin.time.Duration
import kotlin.time.Duration.Companion.minutes

/** A login leads back to a port of this computer's own (RFC 8252, 7.3), which is open as long as the login is. */
internal class LoopbackLogins(
    patience: Duration = 10.minutes,
) : Logins(patience) {
    override fun open(words: ScreenWords): LoginReturn? = runCatching { LoopbackReturn(words) }.getOrNull()
}

/**
 * Takes one answer, and tells whoever looks at the browser to go back.
 *
 * Invariant: nobody reaches it from another computer; what came first counts, the core says whether it is an answer.
 */
private class LoopbackReturn(
    words: ScreenWords,
) : LoginReturn {
    private val answer = CompletableDeferred<String>()
    private val page = pageOf(words).encodeToByteArray()
    private val server = HttpServer.create(InetSocketAddress(InetAddress.getByAddress(byteArrayOf(127, 0, 0, 1)), 0), 0)

    override val address = "http://127.0.0.1:${server.address.port}$PATH"

    init {
        server.createContext(PATH, ::serve)
        server.start()
    }

    override suspend fun answer(): String = answer.await()

    override fun close() = server.stop(0)

    private fun serve(exchange: HttpExchange) {
        exchange.use {
            val query = exchange.requestURI.rawQuery
            if (exchange.requestMethod != "GET" || exchange.requestURI.path != PATH || query == null) {
                exchange.sendResponseHeaders(NOT_FOUND, NOTHING)
                return
            }
            exchange.responseHeaders.add("Content-Type", "text/html; charset=utf-8")
            exchange.responseHeaders.add("Cache-Control", "no-store")
            exchange.responseHeaders.add("Referrer-Policy", "no-referrer")
            exchange.sendResponseHeaders(OK, page.size.toLong())
            exchange.responseBody.use { it.write(page) }
            // Last: whoever waits closes the server.
            answer.complete("$address?$query")
        }
    }

    private companion object {
        const val PATH = "/login"
        const val OK = 200
        const val NOT_FOUND = 404
        const val NOTHING = -1L
    }
}

private fun pageOf(words: ScreenWords): String {
    val (title, text) = words["proof-login-back-title"] to words["proof-login-back"]
    val head = """<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>$title</title>"""
    val style = "<style>body{font:1.25rem/1.6 system-ui;max-width:32rem;margin:3rem auto;padding:0 1rem}</style>"
    val side = if (words.direction == TextDirection.RIGHT_TO_LEFT) "rtl" else "ltr"
    val body = "<body><h1>$title</h1><p>$text</p></body>"
    return """<!doctype html><html lang="${words.language}" dir="$side"><head>$head$style</head>$body</html>"""
}
