package org.healthcode.app.capability.opening

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import org.healthcode.HealthCode
import org.healthcode.ScreenWords
import org.healthcode.app.HEALTH_LINE
import org.healthcode.app.Phone
import org.healthcode.app.Settings
import org.healthcode.code
import org.healthcode.core.HealthCodeException
import org.healthcode.core.HostException
import org.healthcode.core.OpeningFailureKind
import org.healthcode.core.openingFailure

/**
 * Opens the store, as often as the person wants.
 *
 * Invariant: nothing that the store or the phone's keys do ends the app; the store is deleted after [OpeningAction.RESET] alone.
 */
class OpeningModel(
    private val phone: Phone,
    private val settings: Settings,
) {
    /** Stable code of why it is not open. */
    private var failure by mutableStateOf<String?>(null)
    private var isSlow by mutableStateOf(false)
    private var asksReset by mutableStateOf(false)
    private var hint by mutableStateOf<Hint?>(null)
    private val choices = Channel<OpeningAction>(Channel.CONFLATED)

    private enum class Hint { CALL, UPDATE }

    /** Returns once it is open. */
    suspend fun open(): HealthCode {
        var wish = OpeningAction.RETRY
        while (true) {
            val opened =
                attempt {
                    if (wish == OpeningAction.RESET) HealthCode.dangerReset(phone.storeFolder)
                    phone.open(settings.language)
                }
            if (opened != null) return opened
            wish = choices.receive()
        }
    }

    fun act(action: OpeningAction) {
        hint = null
        when (action) {
            OpeningAction.ASK_RESET -> asksReset = true
            OpeningAction.KEEP -> asksReset = false
            OpeningAction.CALL -> if (!phone.host.call(HEALTH_LINE)) hint = Hint.CALL
            OpeningAction.UPDATE -> if (!phone.host.showUpdate()) hint = Hint.UPDATE
            OpeningAction.RETRY, OpeningAction.RESET -> choices.trySend(action)
        }
    }

    fun state(words: ScreenWords): OpeningState {
        val code = failure ?: return OpeningState(OpeningName.OPENING, words["opening-title"], words["opening-loading"].takeIf { isSlow })
        return failed(code, words).copy(
            asksReset = asksReset,
            hint =
                when (hint) {
                    Hint.CALL -> words.format("common-call-by-hand", "number" to HEALTH_LINE)
                    Hint.UPDATE -> words["common-update-by-hand"]
                    null -> null
                },
        )
    }

    private suspend fun <T : Any> attempt(work: suspend () -> T): T? =
        coroutineScope {
            failure = null
            asksReset = false
            val patience =
                launch {
                    delay(PATIENCE_MS)
                    isSlow = true
                }
            try {
                work()
            } catch (problem: HealthCodeException) {
                null.also { failure = problem.code }
            } catch (_: HostException) {
                null.also { failure = "store_key_unavailable" }
            } catch (cancelled: CancellationException) {
                throw cancelled
            } catch (_: Exception) {
                // Whatever else a phone's keys may do.
                null.also { failure = "internal_error" }
            } finally {
                patience.cancel()
                isSlow = false
            }
        }

    private companion object {
        /** Until words say that it takes long. */
        const val PATIENCE_MS = 2_000L
    }
}

/** What a failure means: the core says it. */
internal fun failed(
    code: String,
    words: ScreenWords,
): OpeningState {
    val failure = openingFailure(code, words.language)
    return OpeningState(
        name =
            when (failure.kind) {
                OpeningFailureKind.KEY_LOST -> OpeningName.KEY_LOST
                OpeningFailureKind.STORE_DAMAGED -> OpeningName.STORE_DAMAGED
                OpeningFailureKind.STORE_NEWER -> OpeningName.STORE_NEWER
                OpeningFailureKind.KEY_UNAVAILABLE,
                OpeningFailureKind.NO_SPACE,
                OpeningFailureKind.IN_USE,
                OpeningFailureKind.OTHER,
                -> OpeningName.FAILED
            },
        title = failure.title,
        text = failure.text,
        code = code,
        canRetry = failure.canRetry,
        canReset = failure.canReset,
        canUpdate = failure.kind == OpeningFailureKind.STORE_NEWER,
    )
}
