package org.healthcode.app

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch

/**
 * What a person does on a screen, where it takes a while.
 *
 * Invariant: one act is under way at a time. A tap meanwhile does nothing, so no older act writes over what a newer one said.
 * For the main thread alone. A sync is none of its business: [App.sync].
 */
class OneAct(
    private val scope: CoroutineScope,
) {
    /** For buttons: what is tapped now does nothing. */
    var isUnderWay by mutableStateOf(false)
        private set

    /** Begins [work], at once, where nothing is under way. */
    fun begin(work: suspend () -> Unit) {
        if (isUnderWay) return
        isUnderWay = true
        scope.launch {
            try {
                work()
            } finally {
                isUnderWay = false
            }
        }
    }
}
