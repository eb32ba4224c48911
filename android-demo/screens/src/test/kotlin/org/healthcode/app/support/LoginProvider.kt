package org.healthcode.app.support

import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpServer
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.add
import kotlinx.serialization.json.addJsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray
import java.net.InetAddress
import java.net.InetSocketAddress
import java.net.URLDecoder
import java.net.URLEncoder
import java.security.KeyPairGenerator
import java.security.MessageDigest
import java.security.Signature
import java.util.Base64
import java.util.UUID

/**
 * An OpenID provider on this machine: discovery, authorization code with PKCE, id_tokens (EdDSA). Who logs in is told to it by the
 * test.
 *
 * Invariant: a code is given for a whole request alone, and a token once, for the code's own client, redirect and verifier.
 */
class LoginProvider(
    private val name: String,
    private val number: String,
) : AutoCloseable {
    private val keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair()
    private val codes = mutableMapOf<String, Map<String, String>>()
    private val server = HttpServer.create(InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0)

    val issuer = "http://127.0.0.1:${server.address.port}"

    /** What it answers in the place of a code; null: a code. */
    var error: String? = null

    /** The state that it sends back, of the one that it was given. */
    var stateOf: (String) -> String = { it }

    /** The tokens that it gave. */
    val tokens = mutableListOf<String>()

    /** Its keys, as an authority pins them. */
    val keySet: JsonObject
        get() =
            buildJsonObject {
                putJsonArray("keys") {
                    addJsonObject {
                        put("kty", "OKP")
                        put("crv", "Ed25519")
                        put("alg", "EdDSA")
                        put("kid", "1")
                        put(
                            "x",
                            base64(
                                keys.public.encoded
                                    .takeLast(KEY_BYTES)
                                    .toByteArray(),
                            ),
                        )
                    }
                }
            }

    init {
        server.createContext("/.well-known/openid-configuration") { it.answer(OK, metadata()) }
        server.createContext("/authorize", ::authorize)
        server.createContext("/token", ::token)
        server.start()
    }

    override fun close() = server.stop(0)

    private fun metadata() =
        buildJsonObject {
            put("issuer", issuer)
            put("authorization_endpoint", "$issuer/authorize")
            put("token_endpoint", "$issuer/token")
            putJsonArray("code_challenge_methods_supported") { add("S256") }
        }.toString()

    private fun authorize(exchange: HttpExchange) {
        val asked = fields(exchange.requestURI.rawQuery)
        val isWhole =
            asked["response_type"] == "code" && asked["client_id"] == CLIENT && asked["code_challenge_method"] == "S256" &&
                "openid" in asked["scope"].orEmpty().split(' ') && NEEDED.all { !asked[it].isNullOrEmpty() }
        if (!isWhole) return exchange.answer(BAD_REQUEST, "{}")
        val code = UUID.randomUUID().toString()
        codes[code] = asked
        val said = error?.let { "error=$it" } ?: "code=$code"
        val state = URLEncoder.encode(stateOf(asked.getValue("state")), "UTF-8")
        exchange.responseHeaders.add("Location", "${asked["redirect_uri"]}?$said&state=$state")
        exchange.answer(FOUND, "")
    }

    private fun token(exchange: HttpExchange) {
        val asked = fields(exchange.requestBody.readAllBytes().decodeToString())
        val given = codes.remove(asked["code"])
        val hash = MessageDigest.getInstance("SHA-256").digest(asked["code_verifier"].orEmpty().encodeToByteArray())
        val isGood =
            given != null && asked["grant_type"] == "authorization_code" && asked["client_id"] == CLIENT &&
                asked["redirect_uri"] == given["redirect_uri"] && base64(hash) == given["code_challenge"]
        if (given == null || !isGood) return exchange.answer(BAD_REQUEST, """{"error": "invalid_grant"}""")
        val token = tokenFor(given.getValue("nonce")).also { tokens += it }
        exchange.answer(OK, buildJsonObject { put("id_token", token) }.toString())
    }

    private fun tokenFor(nonce: String): String {
        val now = System.currentTimeMillis() / 1_000
        val header =
            buildJsonObject {
                put("alg", "EdDSA")
                put("kid", "1")
            }
        val claims =
            buildJsonObject {
                put("iss", issuer)
                put("sub", "account-1")
                put("aud", CLIENT)
                put("iat", now)
                put("exp", now + LIFE_SECS)
                put("nonce", nonce)
                put("name", name)
                put("id_number", number)
            }
        val signed = base64("$header".encodeToByteArray()) + "." + base64("$claims".encodeToByteArray())
        val signature =
            Signature.getInstance("Ed25519").run {
                initSign(keys.private)
                update(signed.encodeToByteArray())
                sign()
            }
        return "$signed.${base64(signature)}"
    }

    private fun fields(form: String?): Map<String, String> =
        form.orEmpty().split('&').filter { '=' in it }.associate { pair ->
            val (key, value) = pair.split('=', limit = 2).map { URLDecoder.decode(it, "UTF-8") }
            key to value
        }

    private fun HttpExchange.answer(
        status: Int,
        body: String,
    ) = use {
        val bytes = body.encodeToByteArray()
        sendResponseHeaders(status, if (bytes.isEmpty()) -1 else bytes.size.toLong())
        if (bytes.isNotEmpty()) responseBody.write(bytes)
    }

    private fun base64(bytes: ByteArray) = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)

    private companion object {
        const val CLIENT = "health-code"
        val NEEDED = listOf("redirect_uri", "state", "nonce", "code_challenge")
        const val KEY_BYTES = 32
        const val LIFE_SECS = 600
        const val OK = 200
        const val FOUND = 302
        const val BAD_REQUEST = 400
    }
}
