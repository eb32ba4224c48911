package org.healthcode.app.capability.why

import org.healthcode.ScreenWords
import org.healthcode.app.design.StateLook

/** Why the code has its colour, and what can be done about it. */
data class WhyState(
    val name: WhyName,
    val look: StateLook,
    val title: String,
    val spoken: String,
    /** What the colour means, in a few words. */
    val meaning: String?,
    val reason: String,
    val instruction: String,
    val since: String,
    /** How it becomes green, and by when at the earliest; a sentence each. */
    val steps: List<String>,
    val earliestGreen: String?,
    val checkIns: CheckIns?,
    /** The rule in words. */
    val rule: String,
    val ruleName: String,
    val isByOfficers: Boolean,
    /** What this phone came to by itself; [WhyName.DIFFERS] says it loud. */
    val comparison: String,
    val citizenId: String,
    /** Laboratories' reports are among what it was decided from. */
    val hasReports: Boolean = false,
    /** What the phone could not do. */
    val hint: String? = null,
)

/** As in docs/APPS.md; green is also what rules decided and nothing is counted for. */
enum class WhyName { GREEN, CHECK_INS, OFFICER, DIFFERS, ORANGE }

/** Daily check-ins: in words, then as boxes. */
data class CheckIns(
    val text: String,
    val resetText: String,
    val days: List<CheckInBox>,
)

/** A day. */
data class CheckInBox(
    val label: String,
    val kind: BoxKind,
    val spoken: String,
)

/** How a day's box looks: filled, empty, outlined, dashed. */
enum class BoxKind { DONE, MISSED, UNKNOWN, TODAY, COMING }

/** What a person can do there. */
enum class WhyAction { BACK, APPEAL, RESULTS, HISTORY, CALL }

/** A day's box as it is spoken. */
internal fun spokenDay(
    label: String,
    kind: BoxKind,
    words: ScreenWords,
): String =
    when (kind) {
        BoxKind.DONE -> words.format("why-check-in-done", "date" to label)
        BoxKind.MISSED -> words.format("why-check-in-missed", "date" to label)
        BoxKind.UNKNOWN -> words.format("why-check-in-unknown", "date" to label)
        BoxKind.TODAY -> words.format("why-check-in-today", "date" to label)
        BoxKind.COMING -> words.format("why-check-in-coming", "date" to label)
    }
