package org.healthcode.app.capability.objection

import org.healthcode.app.design.StateLook

/** An objection to the colour, from writing it to its deadline. */
data class ObjectionState(
    val page: ObjectionPage,
    val look: StateLook = StateLook.UNKNOWN,
    /** The colour in words, and why; none while there is no colour to object to. */
    val title: String? = null,
    val concerns: String? = null,
    val statement: String = "",
    /** Most characters of a statement. */
    val maxChars: Int = 0,
    val problem: String? = null,
    val attempt: Int = 0,
    /** When the authority took it, and by when it decides. */
    val received: String? = null,
    val receipt: String? = null,
) {
    /** The name in the table of states. */
    val name: String
        get() =
            when (page) {
                ObjectionPage.WRITE, ObjectionPage.CHECK -> if (problem == null) "empty" else "problem"
                else -> page.name.lowercase()
            }
}

/** Which page is seen. */
enum class ObjectionPage { WRITE, CHECK, QUEUED, RECEIVED, OVERDUE }

/** What a person can do there. */
sealed interface ObjectionAction {
    data class Type(
        val statement: String,
    ) : ObjectionAction

    /** From writing to checking, from checking to the queue. */
    data object Send : ObjectionAction

    data object Change : ObjectionAction

    data object Another : ObjectionAction

    data object Call : ObjectionAction

    data object Back : ObjectionAction
}
