package org.healthcode

import java.util.concurrent.TimeUnit
import java.util.concurrent.locks.Condition
import java.util.concurrent.locks.ReentrantLock
import kotlin.concurrent.withLock

/**
 * Counts the calls into the core, so that closing can wait for them.
 *
 * Invariant: after [end] returned no call begins, and none is under way, unless one took longer than [PATIENCE_SECS] or
 * closing was asked for from within a call.
 */
internal class Calls {
    private val lock = ReentrantLock()
    private val quiet = lock.newCondition()
    private val freed = lock.newCondition()
    private var underWay = 0
    private var isClosed = false
    private var isFreed = false
    private val depth = ThreadLocal.withInitial { 0 }

    /** Does [work] as a call. @throws org.healthcode.core.HealthCodeException `closed` after [end]. */
    fun <T> during(work: () -> T): T {
        lock.withLock {
            if (isClosed) throw closed()
            underWay += 1
        }
        depth.set(depth.get() + 1)
        try {
            return work()
        } finally {
            depth.set(depth.get() - 1)
            lock.withLock {
                underWay -= 1
                if (underWay == 0) quiet.signalAll()
            }
        }
    }

    /**
     * Lets no call begin, runs [hurry], waits for those under way, runs [free]. Whoever comes second waits for the
     * first, so that what was freed is free for all who closed.
     */
    fun end(
        hurry: () -> Unit,
        free: () -> Unit,
    ) {
        val isFirst = lock.withLock { !isClosed.also { isClosed = true } }
        if (!isFirst) {
            await(freed) { isFreed }
            return
        }
        hurry()
        await(quiet) { underWay == 0 }
        free()
        lock.withLock {
            isFreed = true
            freed.signalAll()
        }
    }

    private fun await(
        condition: Condition,
        isSo: () -> Boolean,
    ) = lock.withLock {
        // A callback of the app's that closes would wait for itself.
        var left = if (depth.get() > 0) 0 else TimeUnit.SECONDS.toNanos(PATIENCE_SECS)
        while (!isSo() && left > 0) left = condition.awaitNanos(left)
    }

    private companion object {
        const val PATIENCE_SECS = 5L
    }
}
