package org.healthcode.app.capability.code

import org.healthcode.app.design.QrModules
import org.healthcode.app.design.StateLook

/** What the code's screen shows. */
data class CodeState(
    val name: CodeName,
    /** Masked, as a checkpoint sees it; with [tabs] as it was typed, and its place among them. Empty without a code. */
    val person: String,
    val look: StateLook,
    /** The colour's word. */
    val title: String,
    /** The title as it is spoken. */
    val spoken: String,
    /** What the colour means, in a few words. */
    val meaning: String?,
    /** None: there is no code, and [absence] says why. */
    val code: QrModules?,
    val absence: String?,
    /** What brings a code; none where nothing does. */
    val next: String?,
    val isSyncing: Boolean,
    /** "As of 09:40". */
    val asOf: String?,
    /** Fifths of the rotation that have gone by, 0 to 5: the quiet countdown. */
    val elapsedFifths: Int,
    /** What the phone could not do. */
    val hint: String? = null,
    /** Everybody whose code can be shown here, in order; empty where the owner is alone. */
    val tabs: List<CodeTab> = emptyList(),
    /** Place of the shown one among [tabs]. */
    val shown: Int = 0,
    /** What is to be known of the code shown, a sentence each. */
    val notes: List<String> = emptyList(),
    /** Where doors that pool what they scan could tell that it was this phone before. */
    val shownBefore: String? = null,
)

/** Somebody whose code can be shown. */
data class CodeTab(
    /** `owner`, or a dependant's id. */
    val id: String,
    /** As it was typed on this phone. */
    val name: String,
    val code: QrModules?,
    /** The code as it is spoken. */
    val image: String,
) {
    override fun toString(): String = "CodeTab(hidden)"
}

/** As in docs/APPS.md. */
enum class CodeName { GREEN, YELLOW, ORANGE, RED, NONE, EXPIRED, SEVERAL, SEVERAL_MISSING }

/** What a person can do here. */
sealed interface CodeAction {
    data object Back : CodeAction

    data object Why : CodeAction

    /** What brings a code. */
    data object Next : CodeAction

    /** Shows the code of another one, by the place among the tabs. */
    data class Show(
        val tab: Int,
    ) : CodeAction
}
