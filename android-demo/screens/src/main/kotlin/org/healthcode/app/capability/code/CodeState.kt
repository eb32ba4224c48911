package org.healthcode.app.capability.code

import org.healthcode.app.design.QrModules
import org.healthcode.app.design.StateLook

/** What the code's screen shows. */
data class CodeState(
    /** Masked, as a checkpoint sees it. */
    val person: String,
    val look: StateLook,
    /** Shape's word: "Green: no restriction". */
    val title: String,
    /** None: there is no code, and [absence] says why. */
    val code: QrModules?,
    val absence: String?,
    /** "As of 09:40". */
    val asOf: String?,
    /** Fifths of the rotation that have gone by, 0 to 5: the quiet countdown. */
    val elapsedFifths: Int,
)

/** What a person can do here. */
enum class CodeAction { BACK, WHY, GET_CODE }
