package org.healthcode.app.capability.why

import org.healthcode.ScreenWords
import org.healthcode.app.design.StateLook
import org.healthcode.app.screen.Screen
import org.healthcode.app.screen.drawings
import org.healthcode.core.Colour
import org.healthcode.core.MomentStyle
import org.healthcode.core.Reason
import org.healthcode.core.dateText
import org.healthcode.core.momentText
import org.healthcode.instruction
import org.healthcode.text
import org.healthcode.word

/** Why the colour. */
val whyScreen =
    Screen(
        "why",
        drawings("green", "check_ins", "officer", "differs", state = ::example) { WhyScreen(it) {} },
    ) { app, _ -> WhyContent(app) }

private fun example(
    name: String,
    words: ScreenWords,
): WhyState =
    when (name) {
        "green" -> because(WhyName.GREEN, Colour.GREEN, Reason.CLEAR, words).copy(earliestGreen = null)
        "check_ins" -> because(WhyName.CHECK_INS, Colour.YELLOW, Reason.CLOSE_CONTACT, words).copy(checkIns = run(words))
        "officer" -> because(WhyName.OFFICER, Colour.RED, Reason.CONFIRMED, words).copy(isByOfficers = true)
        else -> because(WhyName.DIFFERS, Colour.YELLOW, Reason.SYMPTOMS_DECLARED, words).copy(comparison = words["why-differs-text"])
    }

private fun because(
    name: WhyName,
    colour: Colour,
    reason: Reason,
    words: ScreenWords,
) = WhyState(
    name = name,
    look = StateLook.valueOf(colour.name),
    title = colour.word(words.language),
    spoken = colour.word(words.language),
    reason = reason.text(words.language),
    instruction = reason.instruction(words.language),
    since = momentText(MORNING, MORNING, MomentStyle.DAY_AND_TIME, words.language),
    earliestGreen = dateText("2026-04-02", words.language),
    checkIns = null,
    steps = emptyList(),
    rule = null,
    ruleName = words.format("why-rule-name", "id" to "hangzhou", "version" to 3),
    isByOfficers = false,
    comparison = words["why-matches"],
    citizenId = "7Q2F-9KXM-4D",
)

/** Three days done, one missed, then the count began again. */
private fun run(words: ScreenWords): CheckIns {
    val kinds = listOf(BoxKind.DONE, BoxKind.DONE, BoxKind.DONE, BoxKind.TODAY) + List(3) { BoxKind.COMING }
    return CheckIns(
        text = words.format("common-count-of", "done" to 3, "total" to 7),
        resetText = "",
        days =
            kinds.mapIndexed { day, kind ->
                val label = momentText(MORNING + (day - 3) * 86_400L, MORNING, MomentStyle.DATE, words.language)
                CheckInBox(label, kind, spokenDay(label, kind, words))
            },
    )
}

/** 27 March 2026, 09:40 in China. */
private const val MORNING = 1_774_575_600L
