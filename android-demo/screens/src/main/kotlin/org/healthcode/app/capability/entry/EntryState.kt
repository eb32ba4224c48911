package org.healthcode.app.capability.entry

import org.healthcode.app.design.StateLook

/** How far somebody's entry from abroad is. */
data class EntryState(
    val stage: EntryStageName,
    val title: String,
    val spoken: String,
    /** What to do next. */
    val next: String,
    /** The colour, where the authority decided one. */
    val look: StateLook? = null,
    val colour: String? = null,
    val colourSpoken: String = "",
    val meaning: String? = null,
    val enteredOn: String? = null,
    /** "3 of 14". */
    val declarations: String? = null,
    val earliestGreen: String? = null,
    /** What the authority refused, and what of it. */
    val refusal: List<String> = emptyList(),
    /** What the button does; none where nothing is to be done. */
    val step: String? = null,
    val isOffline: Boolean = false,
    val isSyncing: Boolean = false,
    /** What the code counts as in other regions can be asked. */
    val canAskRegions: Boolean = false,
) {
    /** The name in the table of states. */
    val name: String get() = stage.name.lowercase()
}

/** As in docs/APPS.md. */
enum class EntryStageName { NOT_A_VISITOR, TO_DECLARE, WAITING, REFUSED, RUNNING, DONE }

/** What a person can do there. */
enum class EntryAction { BACK, NEXT, REGIONS }
