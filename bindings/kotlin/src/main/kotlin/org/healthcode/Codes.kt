package org.healthcode

import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.distinctUntilChangedBy
import kotlinx.coroutines.flow.transformLatest
import org.healthcode.core.CodeView
import org.healthcode.core.HealthCodeException
import org.healthcode.core.HomeView

/**
 * The rotating code as a cold flow: asks at once, then whenever a rotation is due, and out of turn at each [Occasion].
 *
 * Invariant: while nobody collects, [ask] is not called and no timer runs; a collector never outlives the object.
 */
@OptIn(ExperimentalCoroutinesApi::class)
internal fun rotatingCodes(
    home: Flow<HomeView>,
    isClosed: Flow<Boolean>,
    ask: suspend () -> CodeView,
): Flow<CodeView> =
    combine(home, isClosed, ::Occasion)
        .distinctUntilChanged()
        .transformLatest { occasion ->
            if (occasion.isClosed) throw closed()
            while (true) {
                val code = ask.orNullWithoutCode() ?: break
                emit(code)
                // A timer may fire a moment early: the same code comes again then, and is not told twice.
                delay(code.remainingMs.toLong().coerceAtLeast(1))
            }
        }.distinctUntilChangedBy { it.text }

/** What makes another code than the one shown, besides the rotation: a credential, a clock set right by a sync, the end. */
private data class Occasion(
    val receipt: String?,
    val expiresAt: Long?,
    val isAvailable: Boolean,
    val syncedAtMs: Long?,
    val isClosed: Boolean,
) {
    constructor(view: HomeView, isClosed: Boolean) :
        this(view.colour?.receiptSha256, view.credentialExpiresAt, view.codeAvailable, view.syncedAtMs, isClosed)
}

private suspend fun (suspend () -> CodeView).orNullWithoutCode(): CodeView? =
    try {
        this()
    } catch (none: HealthCodeException.Session) {
        if (none.code == "no_code_yet") null else throw none
    }
