package org.healthcode.app.capability.entry

import org.healthcode.ScreenWords
import org.healthcode.app.design.StateLook
import org.healthcode.app.screen.Screen
import org.healthcode.app.screen.drawings
import org.healthcode.app.screen.lookOf
import org.healthcode.app.screen.meaningOf
import org.healthcode.app.screen.said
import org.healthcode.capability.words
import org.healthcode.core.Colour
import org.healthcode.core.Scheme
import org.healthcode.core.dateText
import org.healthcode.core.textOfCode

/** An entry from abroad. */
val entryScreen =
    Screen(
        "entry",
        drawings("not_a_visitor", "to_declare", "waiting", "refused", "running", "done", state = ::example) { EntryScreen(it) {} },
    ) { app, _ -> EntryContent(app) }

private fun example(
    name: String,
    words: ScreenWords,
): EntryState {
    val stage = EntryStageName.valueOf(name.uppercase())
    val (title, next) = told(stage, words)
    val state = EntryState(stage, title, title, next)
    val visitor = state.copy(enteredOn = dateText("2026-03-24", words.language), canAskRegions = true)
    return when (stage) {
        EntryStageName.NOT_A_VISITOR -> state
        EntryStageName.TO_DECLARE -> state.copy(step = words["entry-declare"])
        EntryStageName.WAITING -> state.copy(step = words["code-connect"], isOffline = true)
        EntryStageName.REFUSED ->
            state.copy(step = words["entry-declare"], refusal = listOfNotNull(textOfCode("form_unknown", words.language)))
        EntryStageName.RUNNING ->
            visitor
                .coloured(Colour.RED, words)
                .copy(
                    declarations = words.format("common-count-of", "done" to 3, "total" to 14),
                    earliestGreen = dateText("2026-04-07", words.language),
                    step = words["home-check-in"],
                )
        EntryStageName.DONE ->
            visitor.coloured(Colour.GREEN, words).copy(declarations = words.format("common-count-of", "done" to 14, "total" to 14))
    }
}

private fun EntryState.coloured(
    colour: Colour,
    words: ScreenWords,
): EntryState {
    val shown = colour.words(Scheme.INTERNATIONAL, words.language)
    val look: StateLook = lookOf(shown.tone)
    return copy(look = look, colour = shown.word, colourSpoken = shown.spoken, meaning = meaningOf(look, words))
}

private fun told(
    stage: EntryStageName,
    words: ScreenWords,
): Pair<String, String> =
    when (stage) {
        EntryStageName.NOT_A_VISITOR ->
            words.said("无需申报入境", "No entry to declare", "신고할 입국이 없음", "لا دخول للإقرار به") to
                words.said("无需操作。", "Nothing to do.", "하실 일이 없습니다.", "لا شيء عليك.")
        EntryStageName.TO_DECLARE ->
            words.said("请申报入境", "Declare your entry", "입국을 신고하세요", "أقرّ بدخولك") to
                words.said("请填写入境申报。", "Fill in the entry declaration.", "입국 신고서를 작성하세요.", "املأ إقرار الدخول.")
        EntryStageName.WAITING ->
            words.said("入境申报已保存，尚未发送", "Entry saved, not sent yet", "입국 신고 저장됨, 아직 안 보냄", "حُفظ الدخول، ولم يُرسل بعد") to
                words.said("请联网一次。", "Connect once.", "한 번 연결하세요.", "اتصل مرة واحدة.")
        EntryStageName.REFUSED ->
            words.said("入境申报未被接受", "Entry declaration not accepted", "입국 신고가 받아들여지지 않음", "لم يُقبل إقرار الدخول") to
                words.said("请查看原因后重新填写。", "See why, and fill it in again.", "까닭을 보고 다시 작성하세요.", "انظر السبب، واملأه من جديد.")
        EntryStageName.RUNNING ->
            words.said("已申报入境", "Entry declared", "입국 신고함", "أُقرّ بالدخول") to
                words.said("请今天申报健康状况。", "Declare your health today.", "오늘 건강을 신고하세요.", "أقرّ عن صحتك اليوم.")
        EntryStageName.DONE ->
            words.said("申报已完成", "Declarations complete", "신고를 마쳤습니다", "اكتملت الإقرارات") to
                words.said("无需操作。", "Nothing to do.", "하실 일이 없습니다.", "لا شيء عليك.")
    }
