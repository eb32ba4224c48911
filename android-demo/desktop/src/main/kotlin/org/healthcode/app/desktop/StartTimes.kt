package org.healthcode.app.desktop

import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.withFrameNanos
import kotlinx.coroutines.CompletableDeferred
import kotlin.system.exitProcess

/** Tells on standard output when the steps of a start were reached, for `cargo xtask bench app`. */
internal class StartTimes(
    /** Unix milliseconds, by who started the process. */
    private val startedAt: Long,
) {
    private val code = CompletableDeferred<Unit>()

    fun mark(step: String) = println("AT $step ${System.currentTimeMillis() - startedAt}")

    /** Tells how long [work] takes. */
    suspend fun <T> timed(
        step: String,
        work: suspend () -> T,
    ): T {
        val start = System.nanoTime()
        return work().also { println("TOOK $step ${(System.nanoTime() - start) / 1_000}") }
    }

    /** The code is laid out: the next frame shows it. */
    fun codeIsShown() {
        code.complete(Unit)
    }

    /** Ends the program once the code is on the screen: two frames have begun since it was laid out, so one with it has ended. */
    @Composable
    fun EndWithCode() =
        LaunchedEffect(this) {
            code.await()
            mark("laid_out")
            repeat(2) { withFrameNanos {} }
            mark("code")
            exitProcess(0)
        }
}
