package org.healthcode.app.capability.why

import org.healthcode.ScreenWords
import org.healthcode.app.screen.Screen
import org.healthcode.app.screen.drawings
import org.healthcode.app.screen.lookOf
import org.healthcode.app.screen.meaningOf
import org.healthcode.app.screen.said
import org.healthcode.capability.words
import org.healthcode.core.Colour
import org.healthcode.core.MomentStyle
import org.healthcode.core.Reason
import org.healthcode.core.Scheme
import org.healthcode.core.momentText
import org.healthcode.instruction
import org.healthcode.text
import org.healthcode.word

/** Why the colour. */
val whyScreen =
    Screen(
        "why",
        drawings("green", "check_ins", "officer", "differs", "orange", state = ::example) { WhyScreen(it) {} },
    ) { app, _ -> WhyContent(app) }

private fun example(
    name: String,
    words: ScreenWords,
): WhyState =
    when (name) {
        "green" -> because(WhyName.GREEN, Colour.GREEN, Reason.CLEAR, words).copy(steps = emptyList(), earliestGreen = null)
        "check_ins" ->
            because(
                WhyName.CHECK_INS,
                Colour.YELLOW,
                Reason.CLOSE_CONTACT,
                words,
            ).copy(steps = checkIn(words), checkIns = run(words))
        "officer" ->
            because(
                WhyName.OFFICER,
                Colour.RED,
                Reason.CONFIRMED,
                words,
            ).copy(steps = office(words), earliestGreen = null, isByOfficers = true)
        "orange" -> {
            val shown = Colour.RED.words(Scheme.INTERNATIONAL, words.language)
            because(WhyName.ORANGE, Colour.RED, Reason.ARRIVED_FROM_ABROAD, words).copy(
                look = lookOf(shown.tone),
                title = shown.word,
                spoken = shown.title,
                meaning = meaningOf(lookOf(shown.tone), words),
                rule = Reason.ARRIVED_FROM_ABROAD.text(words.language),
                ruleName = words.format("why-rule-name", "id" to "visitors", "version" to 1),
                steps = checkIn(words),
                checkIns = run(words),
            )
        }
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
    steps =
        listOf(
            words.said("无需操作，等待即可。", "There is nothing to do but to wait.", "기다리는 것 말고는 하실 일이 없습니다.", "لا شيء عليك فعله سوى الانتظار."),
        ),
    earliestGreen =
        words.said(
            "最早 4月2日转绿码。",
            "Green on 2 Apr at the earliest.",
            "빠르면 4월 2일에 초록색이 됩니다.",
            "أخضر في 2 أبريل على أقرب تقدير.",
        ),
    checkIns = null,
    rule = ruleOf(colour, words),
    ruleName = words.format("why-rule-name", "id" to "hangzhou", "version" to 3),
    isByOfficers = false,
    comparison = words["why-matches"],
    citizenId = "7Q2F-9KXM-4D",
)

private fun checkIn(words: ScreenWords) =
    listOf(
        words.said(
            "还需连续打卡 4 天。",
            "Check in every day for 4 more days in a row.",
            "4일 더 이어서 매일 건강 체크를 하세요.",
            "سجّل متابعتك كل يوم دون انقطاع: بقيت 4 أيام.",
        ),
        words.said("今天还没有打卡。", "Today's check-in is still to be done.", "오늘 건강 체크를 아직 하지 않았습니다.", "لم تسجّل متابعة اليوم بعد."),
        words.said("漏打一天将重新计算。", "A missed day starts the count again.", "하루를 빠뜨리면 처음부터 다시 셉니다.", "اليوم الفائت يعيد العدّ من البداية."),
    )

private fun office(words: ScreenWords) =
    listOf(
        words.said(
            "只有工作人员才能解除。请致电社区或 12320。",
            "Only officers can lift this. Call your community or 12320.",
            "담당자만 풀 수 있습니다. 지역 담당자나 12320으로 전화하세요.",
            "لا يرفع هذا إلا الموظفون. اتصل بالحي أو بالرقم 12320.",
        ),
        words.said("如有错误，请提出异议。", "If it is wrong, object.", "틀렸다면 이의를 신청하세요.", "إن كان خطأ فاعترض."),
    )

private fun ruleOf(
    colour: Colour,
    words: ScreenWords,
) = when (colour) {
    Colour.GREEN ->
        words.said(
            "没有申报症状、接触史或高风险地区停留，且没有登记在案的风险。",
            "No symptoms, contact or stay in a high-risk place is declared, and no risk is on record.",
            "증상, 접촉, 고위험 지역 체류가 신고되지 않았고 기록된 위험도 없음.",
            "لم يُقرّ بأعراض ولا مخالطة ولا إقامة في مكان عالي الخطورة، ولا خطر في السجل.",
        )
    Colour.YELLOW ->
        words.said(
            "过去 7 天内与确诊病例有密切接触。",
            "Close contact with a confirmed case within the last 7 days.",
            "최근 7일 안에 확진자와 밀접 접촉함.",
            "مخالطة قريبة لحالة مؤكدة في آخر 7 أيام.",
        )
    Colour.RED -> words.said("登记为确诊病例。", "Registered as a confirmed case.", "확진자로 기록됨.", "مسجّل كحالة مؤكدة.")
}

/** Three days done, one missed, then the count began again. */
private fun run(words: ScreenWords): CheckIns {
    val kinds = listOf(BoxKind.DONE, BoxKind.DONE, BoxKind.DONE, BoxKind.TODAY) + List(3) { BoxKind.COMING }
    return CheckIns(
        text =
            words.said(
                "已打卡 3/7 天，还需 4 天。",
                "3 of 7 daily check-ins done, 4 days to go.",
                "매일 건강 체크 7일 중 3일 완료, 4일 남았습니다.",
                "تمت المتابعة 3 من 7، وبقيت 4 أيام.",
            ),
        resetText =
            words.said(
                "漏打一天，须重新计算。",
                "A missed day starts the count again.",
                "하루를 빠뜨리면 처음부터 다시 셉니다.",
                "اليوم الفائت يعيد العدّ من البداية.",
            ),
        days =
            kinds.mapIndexed { day, kind ->
                val label = momentText(MORNING + (day - 3) * 86_400L, MORNING, MomentStyle.DATE, words.language)
                CheckInBox(label, kind, spokenDay(label, kind, words))
            },
    )
}

/** 27 March 2026, 09:40 in China. */
private const val MORNING = 1_774_575_600L
