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
import org.healthcode.core.textOfCode

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

/** What a failure means. */
internal fun failed(
    code: String,
    words: ScreenWords,
): OpeningState {
    val name =
        when (code) {
            "store_key_refused", "store_envelope_missing" -> OpeningName.KEY_LOST
            "store_newer_schema" -> OpeningName.STORE_NEWER
            in DAMAGED -> OpeningName.STORE_DAMAGED
            else -> OpeningName.FAILED
        }
    val isGone = name == OpeningName.KEY_LOST || name == OpeningName.STORE_DAMAGED
    return OpeningState(
        name = name,
        title = words["opening-failed-title"],
        text = textOfCode(code, words.language),
        kept = words["common-kept"],
        code = code,
        canRetry = true,
        canReset = isGone,
        canUpdate = name == OpeningName.STORE_NEWER,
    )
}

private val DAMAGED =
    setOf(
        "store_envelope_damaged",
        "store_anchor_damaged",
        "store_record_altered",
        "store_records_lost",
        "store_rolled_back",
        "store_damaged",
        "store_no_migration",
    )
