package org.healthcode.app.capability

import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.assertIsFocused
import androidx.compose.ui.test.onNodeWithTag
import kotlinx.coroutines.runBlocking
import org.healthcode.ScreenWords
import org.healthcode.app.Assertion
import org.healthcode.app.support.TestHost
import org.healthcode.app.support.awaitState
import org.healthcode.app.support.awaitText
import org.healthcode.app.support.awaitThat
import org.healthcode.app.support.isBusy
import org.healthcode.app.support.onPhone
import org.healthcode.app.support.shows
import org.healthcode.app.support.tap
import org.healthcode.app.support.type
import org.healthcode.capability.identityProof
import org.healthcode.capability.registerWithProof
import org.healthcode.core.FormKind
import org.healthcode.core.OwnProofState
import org.healthcode.core.ProofKind
import org.healthcode.core.Stage
import org.healthcode.core.consent
import org.healthcode.support.Authority
import org.healthcode.support.Phone
import org.healthcode.support.registration
import org.healthcode.support.residentId
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.io.path.createDirectories
import kotlin.io.path.writeText
import kotlin.test.Test
import kotlin.test.assertEquals

/** Registering where a proof is asked for: a code of somebody else's, the own one; and what the app around this one says. */
@OptIn(ExperimentalTestApi::class)
class ProofTest {
    @TempDir
    lateinit var folder: Path

    private val words = ScreenWords("en")

    @Test
    fun `where a proof is asked for the registration goes with it, and a code of somebody else's is refused`() =
        asking { authority ->
            val phone = Phone(folder.resolve("phone"), authority)
            runBlocking {
                phone.open().use {
                    it.sync()
                    it.saveDraft(FormKind.REGISTRATION, registration(301))
                }
            }
            val host = TestHost()
            onPhone(phone, "en", "form", "registration", host = host) { app ->
                repeat(20) {
                    if (shows(words["form-check-title"])) return@repeat
                    tap(words["form-continue"])
                    awaitThat("the core's answer") { !app.isBusy }
                }
                tap(words["form-agree-and-prove"])
                awaitState("ways")
                // The desk's own words.
                awaitText("Wulin Road 1")
                awaitText(words["proof-registering"])
                awaitText(words["proof-not-here"])
                tap(words["proof-type-code"])
                awaitState("code")
                type("k7wd")
                awaitText("12 characters are missing")
                tap(words["proof-send"])
                awaitState("problem")
                onNodeWithTag("problems").assertIsFocused()
                assertEquals(Stage.NOT_REGISTERED, app.health.home.value.stage)
                type(authority.activationCode(residentId("33010619900307302")))
                tap(words["proof-send"])
                awaitState("refused")
                awaitText("There is no such code for this name and document.")
                tap(words["common-retry"])
                tap(words["proof-type-code"])
                host.codesInPicture = emptyList()
                tap(words["dcc-picture"])
                awaitText(words["dcc-no-code"])
                host.codesInPicture = listOf(authority.activationCode(residentId("33010619900307301")).lowercase().replace("-", " "))
                tap(words["dcc-picture"])
                awaitState("code")
                tap(words["proof-send"])
                awaitState("proven")
                tap(words["form-to-home"])
                awaitState("awaiting_colour")
                // The same person on a new phone: this one is told. The newer proof is the one of a later second.
                Thread.sleep(1_100)
                val next = authority.activationCode(residentId("33010619900307301"))
                runBlocking {
                    Phone(folder.resolve("new"), authority).open().use { new ->
                        new.sync()
                        new.registerWithProof(registration(301), consent("en"), ProofKind.ACTIVATION_CODE, next)
                        assertEquals(0, new.sync().uploadsRefused.size)
                    }
                }
                app.sync()
                awaitState("registration_refused")
                awaitText("You proved on another phone who you are; that phone has your health code now.")
            }
        }

    @Test
    fun `what the app around this one says is asked for by the phone's key, and a failure sends nothing`() =
        asking { authority ->
            val phone = Phone(folder.resolve("phone"), authority)
            runBlocking {
                phone.open().use {
                    it.sync()
                    it.saveDraft(FormKind.REGISTRATION, registration(303))
                }
            }
            var asked: Assertion? = null
            val host = TestHost().apply { assertions = { what -> null.also { asked = what } } }
            onPhone(phone, "en", "proof", "registration", host = host) { app ->
                awaitState("ways")
                tap("Pay app")
                awaitState("login_failed")
                awaitText(words["proof-login-failed"])
                val nonce = runBlocking { app.health.identityProof() }.nonce
                assertEquals(Assertion("https://pay.example.org", nonce), asked)
                // What it gave back is no token: the core says so.
                host.assertions = { "not a token" }
                tap("Pay app")
                awaitText("The proof cannot be read.")
                assertEquals(OwnProofState.NOT_REGISTERED, runBlocking { app.health.identityProof() }.own.state)
            }
        }

    /** An authority that registers nobody without a proof. */
    private fun asking(test: (Authority) -> Unit) {
        val policy = folder.createDirectories().resolve("identity-proofs.json")
        policy.writeText(POLICY)
        Authority(folder.resolve("authority"), mapOf("identity_proofs" to policy.toString())).use(test)
    }

    private companion object {
        const val POLICY =
            """
            {"version": 1, "unproven": {"code": true, "assurance": "paper"}, "ways": [
              {"kind": "activation_code", "days": 3, "text": {"en": "Desk: Wulin Road 1", "zh": "服务点：武林路 1 号"}, "phone": "12345"},
              {"kind": "oidc", "name": {"en": "City login", "zh": "城市登录"}, "issuer": "https://login.example.org",
               "clientId": "health-code", "scope": "openid id_number",
               "jwks": {"keys": [{"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "kid": "1",
                                  "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]},
               "claims": {"name": "name", "documentNumber": "id_number", "fixedDocumentKind": "resident_id"}},
              {"kind": "host_assertion", "name": {"en": "Pay app", "zh": "支付应用"}, "issuer": "https://pay.example.org",
               "audience": "health-code",
               "jwks": {"keys": [{"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "kid": "1",
                                  "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]},
               "claims": {"documentSha256": "document_sha256"}}]}
            """
    }
}
