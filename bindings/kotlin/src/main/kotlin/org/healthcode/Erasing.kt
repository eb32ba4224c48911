package org.healthcode

import org.healthcode.core.ErasureView
import org.healthcode.core.SunsetView

/** The phone's owner, among those on it. */
public const val OWNER: String = "owner"

/**
 * Erases everything of a subject from this phone at once: records, drafts, what waits to be sent, the key that the core
 * keeps. Works offline; with the next [HealthCode.sync] the authority does the same, and [erasures] says so. The owner can
 * register anew at any time.
 *
 * @throws org.healthcode.core.HealthCodeException `Sync` (`sync_subject_unknown`, `sync_dependants_remain`), `Store`,
 * `Host`: then nothing was erased.
 */
public suspend fun HealthCode.erase(subject: String = OWNER): Unit = changing { it.erase(subject) }

/**
 * The end of this region's codes, where it was ordered: when no code counts any more, and when this phone erases what it holds by itself.
 * None otherwise.
 *
 * @throws org.healthcode.core.HealthCodeException `Store`.
 */
public suspend fun HealthCode.sunset(): SunsetView? = call { it.sunset() }

/** What was erased from this phone, oldest first, and what the authority says to it: keep its receipts. */
public suspend fun HealthCode.erasures(): List<ErasureView> = call { it.erasures() }

/**
 * Forgets an erasing that the authority has answered, and its receipt with it.
 * @throws org.healthcode.core.HealthCodeException `Sync` (`sync_erasure_unknown`, `sync_erasure_waiting`), `Store`.
 */
public suspend fun HealthCode.forgetErasure(id: String): Unit = call { it.forgetErasure(id) }
