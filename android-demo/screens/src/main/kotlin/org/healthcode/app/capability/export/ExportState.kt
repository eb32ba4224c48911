package org.healthcode.app.capability.export

/** Everything that is held of somebody: here, and at the authority. */
data class ExportState(
    val holdings: HoldingsName,
    val title: String = "",
    val madeAt: String = "",
    val sections: List<Section> = emptyList(),
    /** How far the authority's part is. */
    val told: String = "",
    val isOffline: Boolean = false,
    val isSyncing: Boolean = false,
    /** A file is being made, or kept. */
    val isBusy: Boolean = false,
    /** The file was kept. */
    val isSaved: Boolean = false,
    val problem: String? = null,
) {
    /** The name in the table of states. */
    val name: String
        get() =
            when {
                problem != null -> "problem"
                isSaved -> "saved"
                else -> holdings.name.lowercase()
            }

    override fun toString(): String = "ExportState($name, hidden)"
}

/** How far the authority's own data are here. */
enum class HoldingsName { NOT_REQUESTED, REQUESTED, COMING, HELD }

/** A part of it: label and what is held, or why there is nothing. */
data class Section(
    val title: String,
    val rows: List<Pair<String, String>>,
    val empty: String?,
)

/** What a person can do there. */
enum class ExportAction {
    BACK,

    /** Asks the authority for what it holds. */
    ASK,
    SYNC,

    /** The file for other programs. */
    SAVE_FILE,

    /** The paper for people. */
    SAVE_PAGE,
}
