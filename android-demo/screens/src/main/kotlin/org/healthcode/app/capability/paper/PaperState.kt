package org.healthcode.app.capability.paper

import org.healthcode.app.design.QrModules

/** The sheet of paper that stands for the code; never with a colour. */
data class PaperState(
    val page: PaperPage,
    /** Whose, where that is not the owner. */
    val person: String? = null,
    val sheet: Sheet? = null,
    val earlier: List<Sheet> = emptyList(),
    /** What comes of what waits. */
    val waiting: String? = null,
    val isEnding: Boolean = false,
    /** As it was typed. */
    val days: String = "",
    val maxDays: Int = 0,
    /** What whoever carries it has to know. */
    val advice: List<String> = emptyList(),
    val problem: String? = null,
    /** Counts the tries: with each that fails, the summary takes the focus. */
    val attempt: Int = 0,
    /** The picture was kept, or why not. */
    val hint: String? = null,
    val isSyncing: Boolean = false,
    /** Something that was asked for is being worked on. */
    val isBusy: Boolean = false,
) {
    /** The name in the table of states. */
    val name: String
        get() =
            when {
                page != PaperPage.MAIN -> page.name.lowercase()
                problem != null -> "problem"
                waiting != null -> if (isEnding) "ending" else "asked"
                sheet != null -> "ready"
                else -> "none"
            }
}

/** Which page is seen. */
enum class PaperPage { MAIN, REPLACE, END }

/** One sheet. */
data class Sheet(
    /** None where it does not count. */
    val code: QrModules?,
    /** What doors compare with the document; empty without a code. */
    val maskedName: String,
    val documentTail: String,
    /** "1 Mar to 30 Mar". */
    val days: String,
    /** What became of it. */
    val standing: String,
    val byDesk: Boolean,
) {
    override fun toString(): String = "Sheet(hidden)"
}

/** What a person can do there. */
sealed interface PaperAction {
    data object Back : PaperAction

    data class Type(
        val days: String,
    ) : PaperAction

    /** Asks for a sheet; where one counts, after it was said that it ends. */
    data object Ask : PaperAction

    data object AskToEnd : PaperAction

    /** Does what the page asked about. */
    data object Confirm : PaperAction

    data object Sync : PaperAction

    /** Keeps the code as a picture, to be printed. */
    data object Save : PaperAction
}
