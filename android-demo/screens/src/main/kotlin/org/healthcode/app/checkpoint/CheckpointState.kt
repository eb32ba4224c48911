package org.healthcode.app.checkpoint

import org.healthcode.app.design.StateLook
import org.healthcode.core.VerdictLevel

/** What the door's screen shows. */
data class CheckpointState(
    /** Over everything else, until it is cleared. */
    val verdict: VerdictState? = null,
    /** Different codes are in the picture. */
    val isSeveral: Boolean = false,
    val lists: ListsState = ListsState(),
    val isCameraDenied: Boolean = false,
    /** Null: there is no lamp. */
    val isLit: Boolean? = null,
    /** Id of the place; null: none was set. */
    val place: String? = null,
    /** What is being typed as the place's id; null: nobody types. */
    val placeDraft: PlaceDraft? = null,
    /** A code's text while it is typed or pasted, where no camera reads it; null: nobody types. */
    val typed: String? = null,
    /** How many there were of each; nothing else is kept. */
    val counts: Map<VerdictLevel, Int> = emptyMap(),
) {
    /** The name that docs/APPS.md has for it. */
    val name: String
        get() =
            when {
                verdict?.look == StateLook.ORANGE -> "orange"
                verdict != null -> verdict.level.name.lowercase()
                isSeveral -> "several"
                typed != null -> "typing"
                isCameraDenied -> "camera_denied"
                !lists.isFresh -> "lists_old"
                else -> "scanning"
            }
}

/** A verdict, in words. */
data class VerdictState(
    val level: VerdictLevel,
    val word: String,
    /** Masked name and the end of the document's number, to compare; of who is let in alone. */
    val person: PersonState?,
    val reason: String,
    /** What helps on. */
    val act: String?,
    val assurance: String?,
    val region: String?,
    /** "Lists as of 09:40". */
    val age: String?,
    /** Counts the verdicts, so that each is cleared in its own time. */
    val number: Int,
    /** The verdict's, or a visitor's orange where that is what stops. */
    val look: StateLook = level.look,
    /** What the code's colour counts as here, where that is another one or a visitor's. */
    val colour: String? = null,
)

/** Whom to compare with the document. */
data class PersonState(
    /** Null where the code does not say it. */
    val name: String?,
    /** Likewise. */
    val documentTail: String?,
    /** What to compare, in a sentence. */
    val text: String,
) {
    override fun toString(): String = "PersonState(hidden)"
}

/** What this phone knows of the authorities and of revoked codes. */
data class ListsState(
    /** Without any nothing can be checked. */
    val areThere: Boolean = true,
    val isFresh: Boolean = true,
    /** "Lists as of 09:40". */
    val asOf: String? = null,
    val isFetching: Boolean = false,
    val hasFailed: Boolean = false,
)

/** The place's id while it is typed. */
data class PlaceDraft(
    val text: String,
    val isWrong: Boolean = false,
)

/** What a guard can do there. */
sealed interface CheckpointAction {
    /** The next person: the verdict is cleared. */
    data object Next : CheckpointAction

    data object FetchLists : CheckpointAction

    data object SwitchTorch : CheckpointAction

    data object AllowCamera : CheckpointAction

    data object EditPlace : CheckpointAction

    data class TypePlace(
        val text: String,
    ) : CheckpointAction

    data object SavePlace : CheckpointAction

    data object LeavePlace : CheckpointAction

    /** Types a code, or pastes it. */
    data object EditCode : CheckpointAction

    data class TypeCode(
        val text: String,
    ) : CheckpointAction

    data object CheckTyped : CheckpointAction

    data object LeaveCode : CheckpointAction
}
