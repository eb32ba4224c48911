package org.healthcode.app.capability.regions

import org.healthcode.app.design.StateLook

/** What the code counts as in other regions. */
data class RegionsState(
    val regions: List<RegionRow>,
    /** Why there are none. */
    val absence: String? = null,
) {
    /** The name in the table of states. */
    val name: String get() = if (regions.isEmpty()) "empty" else "list"
}

/** One region. */
data class RegionRow(
    val look: StateLook,
    /** "Orange here, red in Wuhan (rule 3)". */
    val title: String,
    /** The rule in words. */
    val rule: String?,
    val next: String,
    val spoken: String,
)
