package org.healthcode.capability

import kotlinx.coroutines.runBlocking
import org.healthcode.core.HealthCodeException
import org.healthcode.support.Authority
import org.healthcode.support.Phone
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.io.path.createDirectories
import kotlin.io.path.writeText
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertTrue

/** What the core says of a login with the system's browser, through the real library. */
class LoginTest {
    @TempDir
    lateinit var folder: Path

    private val metadata =
        """{"issuer": "$ISSUER", "authorization_endpoint": "$ISSUER/authorize", "token_endpoint": "$ISSUER/token"}"""
            .encodeToByteArray()

    @Test
    fun `a login is asked for, its own answer counts, and the token comes out`() =
        runBlocking {
            val policy = folder.createDirectories().resolve("identity-proofs.json")
            policy.writeText(POLICY)
            Authority(folder.resolve("authority"), mapOf("identity_proofs" to policy.toString())).use { authority ->
                Phone(folder.resolve("phone"), authority).open().use { health ->
                    assertEquals("identity_proof_not_known_yet", refusal { health.beginLogin(BACK) })
                    health.sync()
                    val attempt = health.beginLogin(BACK)
                    assertEquals("$ISSUER/.well-known/openid-configuration", attempt.metadataUrl)
                    assertEquals(health.identityProof().nonce, attempt.nonce)
                    val page = health.loginPage(attempt, metadata)
                    assertTrue(page.startsWith("$ISSUER/authorize?response_type=code&client_id=health-code&"), page)
                    assertTrue("&state=${attempt.state}&" in page && attempt.verifier !in page)
                    assertEquals("login_provider_unusable", refusal { health.loginPage(attempt, ByteArray(0)) })
                    val request = health.loginTokenRequest(attempt, metadata, "$BACK?code=c&state=${attempt.state}")
                    assertEquals("$ISSUER/token", request.url)
                    assertTrue(request.body.endsWith("&code_verifier=${attempt.verifier}"))
                    assertEquals(
                        "login_other",
                        refusal { health.loginTokenRequest(attempt, metadata, "$BACK?code=c&state=x") },
                    )
                    assertEquals("a.b.c", health.loginToken("""{"id_token": "a.b.c"}""".encodeToByteArray()))
                    assertEquals(
                        "login_refused",
                        refusal { health.loginToken("""{"error": "invalid_grant"}""".encodeToByteArray()) },
                    )
                }
            }
        }

    private suspend fun refusal(work: suspend () -> Unit): String =
        assertFailsWith<HealthCodeException.FormRefused> { work() }.fields.single().let {
            assertEquals("proof", it.path)
            it.code
        }

    private companion object {
        const val ISSUER = "https://login.example.org"
        const val BACK = "org.example:/login"
        const val POLICY =
            """
            {"version": 1, "unproven": {"code": true, "assurance": "paper"}, "ways": [
              {"kind": "oidc", "name": {"en": "City login", "zh": "城市登录"}, "issuer": "$ISSUER",
               "clientId": "health-code", "scope": "openid id_number",
               "jwks": {"keys": [{"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "kid": "1",
                                  "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]},
               "claims": {"name": "name", "documentNumber": "id_number", "fixedDocumentKind": "resident_id"}}]}
            """
    }
}
