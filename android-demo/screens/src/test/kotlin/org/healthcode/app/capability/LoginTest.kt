package org.healthcode.app.capability

import androidx.compose.ui.test.ComposeUiTest
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.v2.runComposeUiTest
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.runBlocking
import org.healthcode.HealthCode
import org.healthcode.ScreenWords
import org.healthcode.app.CitizenApp
import org.healthcode.app.Settings
import org.healthcode.app.desktop.LoopbackLogins
import org.healthcode.app.support.LoginProvider
import org.healthcode.app.support.SettingsInMemory
import org.healthcode.app.support.TestHost
import org.healthcode.app.support.appAt
import org.healthcode.app.support.awaitState
import org.healthcode.app.support.awaitText
import org.healthcode.app.support.onPhone
import org.healthcode.app.support.tap
import org.healthcode.capability.identityProof
import org.healthcode.core.FormKind
import org.healthcode.core.OwnProofState
import org.healthcode.core.textOfCode
import org.healthcode.support.Authority
import org.healthcode.support.Phone
import org.healthcode.support.registration
import org.healthcode.support.residentId
import org.junit.jupiter.api.io.TempDir
import java.net.HttpURLConnection
import java.net.URI
import java.nio.file.Path
import java.util.concurrent.CompletableFuture
import kotlin.io.path.createDirectories
import kotlin.io.path.writeText
import kotlin.test.AfterTest
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.minutes

/**
 * A login from the button to the proof: a real provider, the desktop's real way back, a real authority. The browser and the person
 * before it are an HTTP client that follows where it is led.
 */
@OptIn(ExperimentalTestApi::class)
class LoginTest {
    @TempDir
    lateinit var folder: Path

    private val words = ScreenWords("en")
    private val provider = LoginProvider("欧阳振华", residentId("33010619900307311"))

    @AfterTest
    fun close() = provider.close()

    @Test
    fun `who logs in is registered and proven by it`() =
        asking { phone ->
            val host = BrowserHost()
            onPhone(phone, "en", "proof", "registration", host = host) { app ->
                awaitState("ways")
                tap("City login")
                awaitState("proven")
                assertEquals(OwnProofState.PROVEN, own(app.health))
                assertTrue(words["proof-login-back"] in host.seen.get(), "what the browser shows at the end")
                assertEquals(1, provider.tokens.size)
                assertEquals(null, host.logins.begun)
            }
        }

    @Test
    fun `an answer to another login, a refusal and a person who gives up are told apart, and send nothing`() =
        asking { phone ->
            onPhone(phone, "en", "proof", "registration", host = BrowserHost()) { app ->
                awaitState("ways")
                provider.stateOf = { "another" }
                failsWith(checkNotNull(textOfCode("login_other", "en")))
                provider.stateOf = { it }
                provider.error = "access_denied"
                failsWith(checkNotNull(textOfCode("login_declined", "en")))
                provider.error = "server_error"
                failsWith(checkNotNull(textOfCode("login_refused", "en")))
                provider.close()
                failsWith(words["proof-login-unreachable"])
                assertEquals(OwnProofState.NOT_REGISTERED, own(app.health))
                assertEquals(0, provider.tokens.size)
            }
        }

    @Test
    fun `a login that takes too long ends, one that is cancelled takes no answer, without a browser the address is shown`() =
        asking { phone ->
            val hasty = BrowserHost(patience = 1.milliseconds, hasBrowser = false)
            onPhone(phone, "en", "proof", "registration", host = hasty) {
                awaitState("ways")
                tap("City login")
                awaitText(words["proof-login-late"])
                awaitState("login_failed")
            }
            val slow = BrowserHost(hasBrowser = false)
            onPhone(phone, "en", "proof", "registration", host = slow) { app ->
                awaitState("ways")
                tap("City login")
                awaitState("logging_in")
                awaitText(words["proof-login-by-hand"])
                awaitText("${provider.issuer}/authorize?response_type=code&client_id=health-code")
                val address = checkNotNull(slow.asked)
                tap(words["proof-login-copy"])
                assertEquals(address, slow.copied)
                tap(words["common-cancel"])
                awaitState("ways")
                assertTrue(runCatching { visit(address) }.isFailure, "nobody listens any more")
                assertEquals(OwnProofState.NOT_REGISTERED, own(app.health))
                assertEquals(null, slow.logins.begun)
            }
        }

    @Test
    fun `a screen that was taken away meanwhile goes on with the login`() =
        asking { phone ->
            val host = BrowserHost(hasBrowser = false)
            val health = runBlocking { phone.open() }
            health.use {
                val settings = Settings(SettingsInMemory(), "en")
                // As behind a lock: the window's content goes, the process stays.
                runComposeUiTest {
                    val app = appAt(health, CoroutineScope(Dispatchers.Main.immediate), settings, "proof", "registration", host)
                    setContent { CitizenApp(app, false) }
                    tap("City login")
                    awaitState("logging_in")
                }
                visit(checkNotNull(host.asked))
                runComposeUiTest {
                    val app = appAt(health, CoroutineScope(Dispatchers.Main.immediate), settings, "proof", "registration", host)
                    setContent { CitizenApp(app, false) }
                    awaitState("proven")
                }
                assertEquals(1, provider.tokens.size)
            }
        }

    private fun own(health: HealthCode) = runBlocking { health.identityProof() }.own.state

    private fun ComposeUiTest.failsWith(text: String) {
        tap("City login")
        awaitText(text)
        awaitState("login_failed")
    }

    /** A phone that has filled in the registration, before an authority that takes logins of the provider alone. */
    private fun asking(test: (Phone) -> Unit) {
        val policy = folder.createDirectories().resolve("identity-proofs.json")
        policy.writeText(
            """
            {"version": 1, "unproven": {"code": true, "assurance": "paper"}, "ways": [
              {"kind": "oidc", "name": {"en": "City login", "zh": "城市登录"}, "issuer": "${provider.issuer}",
               "clientId": "health-code", "scope": "openid id_number", "jwks": ${provider.keySet},
               "claims": {"name": "name", "documentNumber": "id_number", "fixedDocumentKind": "resident_id"}}]}
            """,
        )
        Authority(folder.resolve("authority"), mapOf("identity_proofs" to policy.toString())).use { authority ->
            val phone = Phone(folder.resolve("phone"), authority)
            runBlocking {
                phone.open().use {
                    it.sync()
                    it.saveDraft(FormKind.REGISTRATION, registration(311))
                }
            }
            test(phone)
        }
    }

    /** The desktop's way back. Its browser is [visit], on a thread of its own; without one the address is only kept. */
    private class BrowserHost(
        patience: Duration = 10.minutes,
        private val hasBrowser: Boolean = true,
    ) : TestHost() {
        override val logins = LoopbackLogins(patience)

        /** What the browser showed last. */
        lateinit var seen: CompletableFuture<String>
        var asked: String? = null
        var copied: String? = null

        override fun browse(url: String): Boolean {
            asked = url
            if (hasBrowser) seen = CompletableFuture.supplyAsync { visit(url) }
            return hasBrowser
        }

        override fun copy(text: String): Boolean = true.also { copied = text }
    }
}

/** Follows to the end; what stands there. */
private fun visit(url: String): String =
    (URI(url).toURL().openConnection() as HttpURLConnection).run {
        check(responseCode == HttpURLConnection.HTTP_OK) { "$responseCode" }
        inputStream.use { it.readAllBytes() }.decodeToString()
    }
