package org.healthcode.app.capability.history

import org.healthcode.app.design.StateLook

/** Every colour that this phone saw: nothing of it can be changed in silence. */
data class HistoryState(
    val name: HistoryName,
    /** Newest first. */
    val changes: List<SeenChange> = emptyList(),
    /** Why it cannot be read; then nothing is said of what is in it. */
    val failure: String? = null,
    /** What the phone could not do. */
    val hint: String? = null,
)

/** As in docs/APPS.md. */
enum class HistoryName { CHANGES, EMPTY, BROKEN }

/** A change of colour. */
data class SeenChange(
    /** None: the first colour. */
    val from: StateLook?,
    val to: StateLook,
    /** "Green to yellow". */
    val title: String,
    val reason: String,
    val changedAt: String,
    /** Who decided. */
    val decidedBy: String,
    val seal: String,
    val isSealBroken: Boolean,
    /** What the authority asks for where the seal does not hold. */
    val receipt: String?,
)

/** What a person can do there. */
enum class HistoryAction { BACK, CALL }
