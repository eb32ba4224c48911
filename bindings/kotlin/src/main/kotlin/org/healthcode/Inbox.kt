package org.healthcode

import kotlinx.coroutines.channels.BufferOverflow
import kotlinx.coroutines.channels.Channel
import org.healthcode.core.HealthCodeEvent
import org.healthcode.core.HostObserver

/**
 * Takes the core's events from its own thread, which must not be kept waiting and from which no call into the core is
 * made: the JVM cannot detach a thread that is called back within a callback.
 *
 * Invariant: events leave in the order in which they came; of more than [CAPACITY] that wait the oldest are dropped.
 */
internal class Inbox : HostObserver {
    private val waiting = Channel<HealthCodeEvent>(CAPACITY, BufferOverflow.DROP_OLDEST)

    override fun onEvent(event: HealthCodeEvent) {
        waiting.trySend(event)
    }

    /** Hands each event to [take], those of before included; returns after [close]. */
    suspend fun each(take: (HealthCodeEvent) -> Unit) {
        for (event in waiting) take(event)
    }

    /** Takes no more. */
    fun close() {
        waiting.close()
    }

    internal companion object {
        /** Events are rare: a colour change, a refused upload. */
        const val CAPACITY = 64
    }
}
