package org.healthcode.app

/**
 * The system's own pickers: the app sees what was picked and nothing beside it.
 *
 * Invariant: neither throws; what is no picture that can be read here is given as it is, for the core to refuse by its name.
 */
interface HostPicker {
    /** A photograph, scaled down to [mostBytes] at most, as JPEG or PNG; null where nothing was picked. */
    suspend fun picture(mostBytes: Int): ByteArray?

    /** A PDF as it is; of a larger one a little more than [mostBytes]. Null where nothing was picked. */
    suspend fun document(mostBytes: Int): ByteArray?

    /** The texts of all codes in a picture; none where it has none or cannot be read here, null where nothing was picked. */
    suspend fun codes(): List<String>?
}
