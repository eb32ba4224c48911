package org.healthcode.app.android

import kotlinx.coroutines.CompletableDeferred
import org.healthcode.ScreenWords
import org.healthcode.app.LoginReturn
import org.healthcode.app.Logins

/**
 * A login leads back to the app's own scheme (RFC 8252, 7.1), which [LoginAnswerActivity] has. The process has one of these: an
 * activity may be made anew while the browser is in front.
 *
 * Invariant: what comes while nobody logs in is dropped. Another app may have the same scheme: of what it intercepts the code is
 * worth nothing, and what it sends the core refuses.
 */
class SchemeLogins : Logins() {
    private var open: SchemeReturn? = null

    override fun open(words: ScreenWords): LoginReturn = SchemeReturn().also { open = it }

    /** The browser led back to [address]. */
    fun answered(address: String) {
        open?.answer?.complete(address)
    }

    private inner class SchemeReturn : LoginReturn {
        val answer = CompletableDeferred<String>()

        override val address get() = ADDRESS

        override suspend fun answer(): String = answer.await()

        override fun close() {
            if (open === this) open = null
        }
    }

    private companion object {
        /** As in the manifest. */
        const val ADDRESS = "org.healthcode.app:/login"
    }
}
