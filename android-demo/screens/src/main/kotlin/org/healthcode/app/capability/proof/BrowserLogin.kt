package org.healthcode.app.capability.proof

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.withTimeoutOrNull
import org.healthcode.app.App
import org.healthcode.app.BegunLogin
import org.healthcode.app.LoginReturn
import org.healthcode.app.Logins
import org.healthcode.capability.beginLogin
import org.healthcode.capability.loginPage
import org.healthcode.capability.loginToken
import org.healthcode.capability.loginTokenRequest
import kotlin.time.Duration

/** Why there is no token, where the core has no word for it: the id of a sentence. */
internal class LoginEnded(
    val word: String,
) : Exception(word)

/**
 * A login with the system's browser, from the page to the token.
 *
 * Invariant: what is asked, which answer counts and what is posted the core says. The login ends with its answer, its time or
 * the person's word; a screen that goes meanwhile ends nothing.
 */
internal class BrowserLogin(
    private val app: App,
    private val logins: Logins,
) {
    /** While the page is open. */
    var page by mutableStateOf<LoginPage?>(null)
        private set

    /**
     * The token.
     *
     * @throws LoginEnded and what the core throws.
     */
    suspend fun token(): String {
        val begun = logins.begun ?: begin()
        try {
            if (page == null) page = LoginPage(begun.page, isOpened = true)
            val left = (-begun.end.elapsedNow()).coerceAtLeast(Duration.ZERO)
            val answer = withTimeoutOrNull(left) { begun.back.answer() } ?: throw LoginEnded("proof-login-late")
            val request = app.health.loginTokenRequest(begun.attempt, begun.metadata, answer)
            return app.health.loginToken(reached(ProviderHttp.post(request.url, request.body))).also { logins.end() }
        } catch (left: CancellationException) {
            throw left
        } catch (failed: Exception) {
            logins.end()
            throw failed
        } finally {
            page = null
        }
    }

    /** Shows the page in the browser, once more where it was closed. */
    fun show() {
        val address = logins.begun?.page ?: return
        page = LoginPage(address, app.host.browse(address))
    }

    private suspend fun begin(): BegunLogin {
        val back = logins.open(app.words) ?: throw LoginEnded("proof-login-failed")
        val begun =
            try {
                beginAt(back)
            } catch (failed: Exception) {
                back.close()
                throw failed
            }
        show()
        return begun
    }

    private suspend fun beginAt(back: LoginReturn): BegunLogin {
        val attempt = app.health.beginLogin(back.address)
        val metadata = reached(ProviderHttp.get(attempt.metadataUrl))
        return logins.begin(attempt, metadata, app.health.loginPage(attempt, metadata), back)
    }

    private fun reached(answer: ByteArray?): ByteArray = answer ?: throw LoginEnded("proof-login-unreachable")
}
