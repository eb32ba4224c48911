package org.healthcode.app.checkpoint

import org.healthcode.ScreenWords
import org.healthcode.app.design.StateLook
import org.healthcode.app.screen.StateDrawing
import org.healthcode.app.screen.drawings
import org.healthcode.app.screen.said
import org.healthcode.core.CheckedColour
import org.healthcode.core.Colour
import org.healthcode.core.Refusal
import org.healthcode.core.Scheme
import org.healthcode.core.VerdictLevel
import org.healthcode.core.colourAtDoor
import org.healthcode.core.verdictAct
import org.healthcode.core.verdictActText
import org.healthcode.core.verdictText

/** A row of the table of the door's screens. */
class CheckpointTableRow(
    val name: String,
    /** Made-up states, each drawn by itself. */
    val states: List<StateDrawing>,
)

/** The table of the door's screens: one. */
val CHECKPOINT_SCREENS: List<CheckpointTableRow> =
    listOf(
        CheckpointTableRow(
            "checkpoint",
            drawings(
                "scanning",
                "pass",
                "check",
                "stop",
                "cannot_tell",
                "orange",
                "several",
                "lists_old",
                "camera_denied",
                "typing",
                state = ::example,
            ) { CheckpointScreen(it, {}) {} },
        ),
    )

internal fun example(
    name: String,
    words: ScreenWords,
): CheckpointState {
    val asOf = words.format("checkpoint-lists-as-of", "time" to "09:40")
    val isOld = name == "lists_old"
    val plain =
        CheckpointState(
            lists = ListsState(isFresh = !isOld, asOf = asOf),
            isLit = false,
            place = "XIHU-MART-07",
            counts = mapOf(VerdictLevel.PASS to 128, VerdictLevel.CHECK to 3, VerdictLevel.STOP to 1),
        )
    val level = VerdictLevel.entries.find { it.name.lowercase() == name }
    return when {
        level != null -> plain.copy(verdict = verdict(level, words, asOf))
        name == "orange" -> plain.copy(verdict = orange(words, asOf))
        name == "several" -> plain.copy(isSeveral = true)
        name == "camera_denied" -> plain.copy(isCameraDenied = true)
        name == "typing" -> plain.copy(typed = "JKM1:6BF0XE3Y8T0AGJ9N")
        else -> plain
    }
}

/** A visitor in the days after the entry. */
private fun orange(
    words: ScreenWords,
    asOf: String,
): VerdictState {
    val refusal = Refusal.COLOUR_NOT_ADMITTED
    val checked = CheckedColour(Colour.RED, Scheme.INTERNATIONAL, null, null, null, refusal, true)
    return verdict(VerdictLevel.STOP, words, asOf).copy(
        reason = verdictText(refusal, words.language).text,
        act = verdictAct(refusal, true)?.let { verdictActText(it, words.language) },
        look = StateLook.ORANGE,
        colour = colourAtDoor(checked, words.language).title,
    )
}

private fun verdict(
    level: VerdictLevel,
    words: ScreenWords,
    asOf: String,
): VerdictState {
    val refusal =
        when (level) {
            VerdictLevel.PASS -> null
            VerdictLevel.CHECK -> Refusal.PRESENTATION_TOO_OLD
            VerdictLevel.STOP -> Refusal.CREDENTIAL_SIGNATURE
            VerdictLevel.CANNOT_TELL -> Refusal.NOT_A_HEALTH_CODE
        }
    val isPass = level == VerdictLevel.PASS
    return VerdictState(
        level = level,
        word = words.of(level),
        person = if (isPass) PersonState(words.said("李*", "L*"), "307X", words["checkpoint-compare"]) else null,
        reason = verdictText(refusal, words.language).text,
        act = verdictAct(refusal, true)?.let { verdictActText(it, words.language) },
        assurance = if (isPass) words["checkpoint-assurance-hardware"] else null,
        region = if (isPass) words.said("杭州市", "Hangzhou", "항저우", "هانغتشو") else null,
        age = asOf,
        number = 1,
    )
}
