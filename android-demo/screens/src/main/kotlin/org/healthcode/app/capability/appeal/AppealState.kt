package org.healthcode.app.capability.appeal

import org.healthcode.app.design.StateLook
import org.healthcode.app.design.StatusMark

/** An appeal against the colour, from writing it to its decision; or the list where there are several. */
data class AppealState(
    val page: AppealPage,
    /** The colour that it is about; none while there is none. */
    val concerned: Concerned? = null,
    val draft: Draft = Draft(),
    val appeals: List<AppealLine> = emptyList(),
    /** What there is to say of all of them. */
    val lead: String = "",
    val one: OneAppeal? = null,
    /** What is wrong with what was written or added. */
    val problem: String? = null,
    /** Counts the tries: with each that fails, the summary takes the focus. */
    val attempt: Int = 0,
    val isSyncing: Boolean = false,
    /** What the phone could not do. */
    val hint: String? = null,
    /** What officers ask for, where an answer to them is being written; none where it is an appeal. */
    val answers: String? = null,
) {
    /** The name in the table of states. */
    val name: String
        get() =
            when (page) {
                AppealPage.WRITE -> if (problem == null) "write" else "problem"
                AppealPage.ONE -> one?.name ?: "nothing"
                else -> page.name.lowercase()
            }
}

/** Which page is seen. */
enum class AppealPage { NOTHING, WRITE, CHECK, LIST, ONE, WITHDRAW }

/** The colour, why it is that, and the receipt that tells it. */
data class Concerned(
    val look: StateLook,
    val title: String,
    val why: String,
    val receipt: String?,
)

/** What is being written. */
data class Draft(
    val statement: String = "",
    val maxChars: Int = 0,
    val evidence: List<EvidencePiece> = emptyList(),
    /** What may be added, in a sentence. */
    val limits: String = "",
    /** Whether one more may be, and this device can pick one. */
    val canAdd: Boolean = false,
    /** Something was picked and is being made smaller and kept. */
    val isAdding: Boolean = false,
)

/** A photograph or a PDF. */
data class EvidencePiece(
    val id: String,
    /** "Photograph, 1.2 MB". */
    val text: String,
)

/** An appeal in the list. */
data class AppealLine(
    val id: String,
    val mark: StatusMark,
    val title: String,
    val detail: String?,
)

/** One appeal. */
data class OneAppeal(
    val id: String,
    /** As in docs/APPS.md. */
    val name: String,
    val mark: StatusMark,
    val title: String,
    val text: String,
    val spoken: String,
    /** What the person can do, in words. */
    val nextStep: String,
    val step: NextOfAppeal,
    /** Pieces that the authority has, of how many; none where that is not of interest. */
    val sent: Int? = null,
    val pieces: Int = 0,
    val received: String? = null,
    /** "Thu 14:20 (3 h)". */
    val deadline: String? = null,
    val decided: String? = null,
    val reason: String? = null,
    /** The officers' own words. */
    val officersText: String? = null,
    val statement: String = "",
    val evidence: List<EvidencePiece> = emptyList(),
    val canWithdraw: Boolean = false,
    val canDismiss: Boolean = false,
    /** What officers ask for now. */
    val asked: String? = null,
    /** Until when the deadline waits for the answer. */
    val answerBy: String? = null,
    val canAnswer: Boolean = false,
    /** What happened so far, oldest first. */
    val events: List<AppealEvent> = emptyList(),
)

/** Something that happened to an appeal. */
data class AppealEvent(
    val title: String,
    /** When, and what was asked for or sent. */
    val detail: String,
)

/** What the primary button does. */
enum class NextOfAppeal { CONNECT, WAIT, ANSWER, CALL, AGAIN, SEE_COLOUR }

/** What a person can do there. */
sealed interface AppealAction {
    data class Type(
        val statement: String,
    ) : AppealAction

    data object AddPicture : AppealAction

    data object AddDocument : AppealAction

    data class Remove(
        val id: String,
    ) : AppealAction

    /** From writing to checking, from checking to the queue. */
    data object Send : AppealAction

    data object Change : AppealAction

    /** Writes another one. */
    data object Another : AppealAction

    data class Open(
        val id: String,
    ) : AppealAction

    /** What the primary button of an appeal says. */
    data object Next : AppealAction

    /** Writes what officers ask for. */
    data object Answer : AppealAction

    data object AskToWithdraw : AppealAction

    data object Withdraw : AppealAction

    data object Keep : AppealAction

    /** Takes one that is over from the list. */
    data object Dismiss : AppealAction

    data object Back : AppealAction
}
