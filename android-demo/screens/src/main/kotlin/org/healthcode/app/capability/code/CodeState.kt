package org.healthcode.app.capability.code

import org.healthcode.app.design.QrModules
import org.healthcode.app.design.StateLook

/** What the code's screen shows. */
data class CodeState(
    val name: CodeName,
    /** Masked, as a checkpoint sees it; empty without a code. */
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
)

/** As in docs/APPS.md. */
enum class CodeName { GREEN, YELLOW, RED, NONE, EXPIRED }

/** What a person can do here. */
enum class CodeAction {
    BACK,
    WHY,

    /** What brings a code. */
    NEXT,
}
