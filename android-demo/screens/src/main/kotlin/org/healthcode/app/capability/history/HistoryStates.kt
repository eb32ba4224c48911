package org.healthcode.app.capability.history

import org.healthcode.ScreenWords
import org.healthcode.app.screen.Screen
import org.healthcode.app.screen.drawings
import org.healthcode.app.screen.lookOf
import org.healthcode.app.screen.said
import org.healthcode.core.Colour
import org.healthcode.core.MomentStyle
import org.healthcode.core.Reason
import org.healthcode.text
import org.healthcode.word

/** The history of colours. */
val historyScreen =
    Screen(
        "history",
        drawings("changes", "empty", "alarm", "alarms_read", "incomplete", "not_kept", state = ::example) { HistoryScreen(it) {} },
    ) { app, _ -> HistoryContent(app) }

private fun example(
    name: String,
    words: ScreenWords,
): HistoryState {
    val changes =
        listOf(
            change(Colour.YELLOW, Colour.GREEN, Reason.MEASURE_LIFTED, 0, words),
            change(Colour.GREEN, Colour.YELLOW, Reason.CLOSE_CONTACT, 7, words),
            change(null, Colour.GREEN, Reason.CLEAR, 9, words),
        )
    val state = HistoryState(HistoryName.valueOf(name.uppercase()), wholeText(words), changes, canAppeal = true)
    return when (name) {
        "changes" -> state
        "empty" -> HistoryState(state.name, words["history-empty"])
        "alarm" -> state.copy(lead = alarmedText(words), changes = broken(changes, words), alarms = alarms(words))
        "alarms_read" -> state.copy(changes = broken(changes, words), pastAlarms = alarms(words))
        "incomplete" ->
            state.copy(
                lead =
                    words.said(
                        "颜色变更尚未全部收到，请再联网一次。",
                        "Not all changes of your colour have come yet. Connect once more.",
                        "색상 변경이 아직 모두 도착하지 않았습니다. 다시 연결하세요.",
                        "لم تصل كل تغيّرات لونك بعد. اتصل بالإنترنت مرة أخرى.",
                    ),
            )
        else ->
            HistoryState(
                state.name,
                words.said(
                    "该主管部门没有变更链。",
                    "This authority keeps no chain of changes.",
                    "이 기관은 변경 기록을 두지 않습니다.",
                    "لا تحتفظ هذه الجهة بسلسلة للتغيّرات.",
                ),
                canAppeal = true,
            )
    }
}

private fun wholeText(words: ScreenWords) =
    words.said(
        "主管部门告知的每次颜色变更都在此，且均核验无误。",
        "Every change of your colour that the authority told of is here, and each holds.",
        "기관이 알린 모든 색상 변경이 여기 있으며 모두 맞습니다.",
        "كل تغيّر للونك أبلغت به الجهة موجود هنا، وكلها صحيحة.",
    )

private fun alarmedText(words: ScreenWords) =
    words.said(
        "您的颜色变更中有不相符之处。",
        "Something about the changes of your colour does not fit.",
        "색상 변경에 맞지 않는 점이 있습니다.",
        "هناك ما لا يتطابق في تغيّرات لونك.",
    )

private fun alarms(words: ScreenWords): List<ChainAlarm> {
    val noticed = words.format("history-alarm-noticed", "time" to words.moment(MORNING, MORNING, MomentStyle.DAY_AND_TIME))
    val next =
        words.said(
            "请致电卫生部门，并说明本页所示内容。",
            "Call the health authority and say what this page shows.",
            "보건 당국에 전화하여 이 화면의 내용을 알려 주세요.",
            "اتصل بالجهة الصحية واذكر ما تعرضه هذه الصفحة.",
        )
    return listOf(ChainAlarm(signature(words), next, noticed))
}

private fun signature(words: ScreenWords) =
    words.said(
        "关于您颜色的命令没有两名工作人员的签名。如您曾被删除后重新登记，先前的命令会不带签名随之而来。",
        "An order about your colour does not carry two officers' signatures. If you were erased and registered again, an earlier order came along without them.",
        "색상에 관한 명령에 담당자 두 명의 서명이 없습니다. 삭제된 뒤 다시 등록했다면 이전 명령이 서명 없이 함께 온 것입니다.",
        "أمر بشأن لونك لا يحمل توقيع مسؤولَين. إذا مُحي تسجيلك ثم سجّلت من جديد فقد جاء معه أمر سابق دون توقيع.",
    )

private fun broken(
    changes: List<EnteredChange>,
    words: ScreenWords,
): List<EnteredChange> {
    val broken =
        changes[1].copy(
            seal =
                words.said(
                    "不成立",
                    "Does not hold",
                    "맞지 않음",
                    "غير صحيح",
                ),
            isBroken = true,
            faults = listOf(signature(words)),
            entry = entryOf(2, ENTRY, words),
        )
    return listOf(changes[0], broken, changes[2])
}

private fun change(
    from: Colour?,
    to: Colour,
    reason: Reason,
    daysAgo: Int,
    words: ScreenWords,
): EnteredChange {
    val word = to.word(words.language)
    val byOfficers =
        words.said(
            "由两名工作人员的命令变更：officer-1 (3f2a 91c0)、officer-2 (b7d4 0e6c)",
            "By an order of two officers: officer-1 (3f2a 91c0) and officer-2 (b7d4 0e6c)",
            "담당자 두 명의 명령: officer-1 (3f2a 91c0), officer-2 (b7d4 0e6c)",
            "بأمر من مسؤولَين: officer-1 (3f2a 91c0) وofficer-2 (b7d4 0e6c)",
        )
    val byRule =
        words.said(
            "依据已公布的规则 clear",
            "By the published rule clear",
            "공개된 규칙 clear에 따름",
            "وفق القاعدة المنشورة clear",
        )
    return EnteredChange(
        from = from?.let { lookOf(it) },
        to = lookOf(to),
        title =
            from?.let { words.format("history-change", "from" to it.word(words.language), "to" to word) }
                ?: words.format("history-first", "to" to word),
        reason = reason.text(words.language),
        changedAt =
            words.format(
                "history-changed-at",
                "time" to words.moment(MORNING - daysAgo * 86_400L, MORNING, MomentStyle.DAY_AND_TIME),
            ),
        decidedBy = if (reason == Reason.CLEAR) byRule else byOfficers,
        seal =
            words.said(
                "已核验",
                "Checked",
                "확인됨",
                "تم الفحص",
            ),
        isBroken = false,
        faults = emptyList(),
        entry = null,
    )
}

private const val ENTRY = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

/** 27 March 2026, 09:40 in China. */
private const val MORNING = 1_774_575_600L
