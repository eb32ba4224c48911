package org.healthcode.app.capability.why

import org.healthcode.ScreenWords
import org.healthcode.app.screen.Screen
import org.healthcode.app.screen.drawings
import org.healthcode.app.screen.lookOf
import org.healthcode.app.screen.meaningOf
import org.healthcode.core.Colour
import org.healthcode.core.MomentStyle
import org.healthcode.core.Reason
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
        "green" -> because(WhyName.GREEN, Colour.GREEN, Reason.CLEAR, words).copy(steps = emptyList(), earliestGreen = null)
        "check_ins" -> because(WhyName.CHECK_INS, Colour.YELLOW, Reason.CLOSE_CONTACT, words).copy(steps = checkIn(words), checkIns = run(words))
        "officer" -> because(WhyName.OFFICER, Colour.RED, Reason.CONFIRMED, words).copy(steps = office(words), earliestGreen = null, isByOfficers = true)
        else -> because(WhyName.DIFFERS, Colour.YELLOW, Reason.SYMPTOMS_DECLARED, words).copy(comparison = words["why-differs-text"])
    }

private fun because(
    name: WhyName,
    colour: Colour,
    reason: Reason,
    words: ScreenWords,
) = WhyState(
    name = name,
    look = lookOf(colour),
    title = colour.word(words.language),
    spoken = colour.word(words.language),
    meaning = meaningOf(lookOf(colour), words),
    reason = reason.text(words.language),
    instruction = reason.instruction(words.language),
    since = momentText(MORNING, MORNING, MomentStyle.DAY_AND_TIME, words.language),
    steps = listOf(said(words, "无需操作，等待即可。", "There is nothing to do but to wait.")),
    earliestGreen = said(words, "最早 4月2日转绿码。", "Green on 2 Apr at the earliest."),
    checkIns = null,
    rule = ruleOf(colour, words),
    ruleName = words.format("why-rule-name", "id" to "hangzhou", "version" to 3),
    isByOfficers = false,
    comparison = words["why-matches"],
    citizenId = "7Q2F-9KXM-4D",
)

private fun checkIn(words: ScreenWords) =
    listOf(
        said(words, "还需连续打卡 4 天。", "Check in every day for 4 more days in a row."),
        said(words, "今天还没有打卡。", "Today's check-in is still to be done."),
        said(words, "漏打一天将重新计算。", "A missed day starts the count again."),
    )

private fun office(words: ScreenWords) =
    listOf(
        said(words, "只有工作人员才能解除。请致电社区或 12320。", "Only officers can lift this. Call your community or 12320."),
        said(words, "如有错误，请提出异议。", "If it is wrong, object."),
    )

private fun ruleOf(
    colour: Colour,
    words: ScreenWords,
) = when (colour) {
    Colour.GREEN ->
        said(
            words,
            "没有申报症状、接触史或高风险地区停留，且没有登记在案的风险。",
            "No symptoms, contact or stay in a high-risk place is declared, and no risk is on record.",
        )
    Colour.YELLOW -> said(words, "过去 7 天内与确诊病例有密切接触。", "Close contact with a confirmed case within the last 7 days.")
    Colour.RED -> said(words, "登记为确诊病例。", "Registered as a confirmed case.")
}

private fun said(
    words: ScreenWords,
    chinese: String,
    english: String,
) = if (words.language.startsWith("zh")) chinese else english

/** Three days done, one missed, then the count began again. */
private fun run(words: ScreenWords): CheckIns {
    val kinds = listOf(BoxKind.DONE, BoxKind.DONE, BoxKind.DONE, BoxKind.TODAY) + List(3) { BoxKind.COMING }
    return CheckIns(
        text = said(words, "已打卡 3/7 天，还需 4 天。", "3 of 7 daily check-ins done, 4 days to go."),
        resetText = said(words, "漏打一天，须重新计算。", "A missed day starts the count again."),
        days =
            kinds.mapIndexed { day, kind ->
                val label = momentText(MORNING + (day - 3) * 86_400L, MORNING, MomentStyle.DATE, words.language)
                CheckInBox(label, kind, spokenDay(label, kind, words))
            },
    )
}

/** 27 March 2026, 09:40 in China. */
private const val MORNING = 1_774_575_600L
