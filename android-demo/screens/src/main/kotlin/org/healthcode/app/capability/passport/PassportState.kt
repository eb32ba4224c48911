package org.healthcode.app.capability.passport

/** The lines at the bottom of a passport, read so that nothing of it need be typed. */
data class PassportState(
    val stage: PassportStage,
    /** As it was typed or pasted. */
    val lines: String = "",
    /** What came of it, and what to do. */
    val title: String? = null,
    val next: String? = null,
    val faults: List<PassportFault> = emptyList(),
    /** What was read as something else, in words. */
    val corrections: List<String> = emptyList(),
    /** What the lines say, to be compared: label and value. */
    val read: List<Pair<String, String>> = emptyList(),
    val problem: String? = null,
) {
    /** The name in the table of states. */
    val name: String get() = stage.name.lowercase()

    override fun toString(): String = "PassportState($stage, hidden)"
}

/** What came of the lines. */
enum class PassportStage { EMPTY, UNREAD, CHECK, EXPIRED, SOUND }

/** Something that does not match. */
data class PassportFault(
    val text: String,
    /** "line 2, character 10". */
    val place: String,
)

/** What a person can do there. */
sealed interface PassportAction {
    data object Back : PassportAction

    data class Type(
        val lines: String,
    ) : PassportAction

    data object Read : PassportAction

    /** Takes what was read over into the registration. */
    data object Take : PassportAction
}
