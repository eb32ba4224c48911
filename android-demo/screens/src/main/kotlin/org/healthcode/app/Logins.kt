package org.healthcode.app

import org.healthcode.ScreenWords
import org.healthcode.core.LoginAttempt
import kotlin.time.Duration
import kotlin.time.Duration.Companion.minutes
import kotlin.time.TimeMark
import kotlin.time.TimeSource

/**
 * Logins with the system's browser (RFC 8252): how one leads back here, and the one that was begun. It outlives the screen, for
 * with the browser in front the system or the phone's lock may take that away.
 *
 * Invariant: one is open at a time; nothing of it outlives the process.
 */
abstract class Logins(
    private val patience: Duration = 10.minutes,
) {
    /** The login whose page is open. */
    var begun: BegunLogin? = null
        private set

    /** Opens a way back; null where that cannot be done. [words]: what the browser shows at the end, where it shows anything. */
    abstract fun open(words: ScreenWords): LoginReturn?

    /** The page of [attempt] is shown from now on; [metadata] is what the provider says of itself. */
    internal fun begin(
        attempt: LoginAttempt,
        metadata: ByteArray,
        page: String,
        back: LoginReturn,
    ): BegunLogin = BegunLogin(attempt, metadata, page, back, TimeSource.Monotonic.markNow() + patience).also { begun = it }

    /** Takes no answer any more. */
    fun end() {
        begun?.back?.close()
        begun = null
    }
}

/** Where the browser leads back to. */
interface LoginReturn : AutoCloseable {
    /** As the provider is told it. */
    val address: String

    /** The whole address to which the browser led back, once it did; each time that one. */
    suspend fun answer(): String
}

/** A login whose page is open. */
class BegunLogin internal constructor(
    internal val attempt: LoginAttempt,
    internal val metadata: ByteArray,
    /** Where the person logs in. */
    internal val page: String,
    internal val back: LoginReturn,
    internal val end: TimeMark,
)
