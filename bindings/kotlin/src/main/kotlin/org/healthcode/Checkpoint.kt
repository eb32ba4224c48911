package org.healthcode

import org.healthcode.core.CoreCheckpoint
import org.healthcode.core.HealthCodeException
import org.healthcode.core.Lists
import org.healthcode.core.SignedData
import org.healthcode.core.TrustSummary
import org.healthcode.core.Verdict

/**
 * A place where codes are checked, without a network. May be used from any thread; a check takes less than a
 * millisecond, so it may be called where a picture was just read. A code that was accepted here is refused when it is
 * shown again, so keep one open for as long as the place is.
 *
 * Every call ends in a [HealthCodeException] `Session` (`closed`) after [close].
 */
public class Checkpoint private constructor(
    private val core: CoreCheckpoint,
) : AutoCloseable {
    private val calls = Calls()

    /** Whose codes it knows. Keep its version and pass it as `lowestVersion` next time. */
    public val trust: TrustSummary
        get() = used { it.trust() }

    /**
     * Takes a status list, unless a newer one of the same issuer key is here; gives its issue time (Unix seconds).
     *
     * @param lowestUntil issue time of that issuer's newest list seen so far.
     * @param at the time in Unix seconds where it is not the system's.
     * @throws HealthCodeException `Bundle`.
     */
    public fun addStatusList(
        statusList: ByteArray,
        lowestUntil: Long = 0,
        at: Long? = null,
    ): Long = used { it.addStatusList(statusList, lowestUntil, at) }

    /**
     * Checks the text of a scanned code at [at] (Unix seconds), now where it is left out. A code that is refused is no
     * error: its verdict says why.
     */
    public fun check(
        text: String,
        at: Long? = null,
    ): Verdict = used { it.check(text, at) }

    /** How much the status lists taken so far say at [at] (Unix seconds), now where it is left out. */
    public fun lists(at: Long? = null): Lists = used { it.lists(at) }

    /**
     * Which sheets of paper held here within the last minute, for doors that share their lists: numbers and times, no
     * name.
     */
    public fun papersSeen(at: Long? = null): ByteArray = used { it.papersSeen(at) }

    /**
     * Takes the list of another door. A sheet that was there within a minute is named from then on. Gives how many of its
     * sheets were shown here as well within a minute: of each two one is a copy.
     *
     * @throws HealthCodeException `Argument` (`papers_seen_unreadable`, `papers_seen_too_large`); nothing changes then.
     */
    public fun addPapersSeen(list: ByteArray): UInt = used { it.addPapersSeen(list) }

    /**
     * Opens what the authority of a known region signed, such as the published form or rules.
     *
     * @param contentType `application/health-code-form+json`, `application/health-code-rules+json` or
     *   `application/health-code-receipt+json`.
     * @param at the time in Unix seconds where it is not the system's.
     * @throws HealthCodeException `Bundle`.
     */
    public fun openSigned(
        contentType: String,
        bundle: ByteArray,
        at: Long? = null,
    ): SignedData = used { it.openSigned(contentType, bundle, at) }

    /** Waits for checks under way and frees it. Twice is the same as once. */
    override fun close() {
        calls.end(hurry = {}, free = core::close)
    }

    private fun <T> used(work: (CoreCheckpoint) -> T): T = calls.during { work(core) }

    public companion object {
        /**
         * A checkpoint that trusts the regions of [trustBundle], signed by the national root [rootKey] (Ed25519, 32
         * bytes).
         *
         * @param place its place id, for codes made for one place.
         * @param localDivision where it stands (GB/T 2260), for the meaning of other regions' colours.
         * @param lowestVersion version of the newest trust bundle seen so far.
         * @param at the time in Unix seconds where it is not the system's.
         * @throws HealthCodeException `Bundle`, `Argument`.
         */
        public fun open(
            trustBundle: ByteArray,
            rootKey: ByteArray,
            place: String? = null,
            localDivision: UInt? = null,
            lowestVersion: ULong = 0u,
            at: Long? = null,
        ): Checkpoint = Checkpoint(CoreCheckpoint.open(trustBundle, rootKey, place, localDivision, lowestVersion, at))
    }
}
