package org.healthcode.app.capability.passport

import org.healthcode.ScreenWords
import org.healthcode.app.screen.Screen
import org.healthcode.app.screen.drawings
import org.healthcode.app.screen.said
import org.healthcode.core.dateText
import org.healthcode.core.textOfCode

/** A passport's lines. */
val passportScreen =
    Screen(
        "passport",
        drawings("empty", "unread", "check", "expired", "sound", state = ::example) { PassportScreen(it) {} },
    ) { app, _ -> PassportContent(app) }

/** The specimen of ICAO Doc 9303. */
private const val SPECIMEN = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F3204159ZE184226B<<<<<10"

private fun example(
    name: String,
    words: ScreenWords,
): PassportState {
    val read =
        listOf(
            words["passport-name"] to "ERIKSSON ANNA MARIA",
            words["passport-number"] to "L898902C3",
            words["passport-nationality"] to "UTO",
            words["passport-born"] to dateText("1974-08-12", words.language),
            words["passport-expires"] to dateText("2032-04-15", words.language),
        )
    val compare = words.said("请与证件核对，然后继续。", "Compare with the document, then go on.", "신분증과 비교한 뒤 계속하세요.", "قارن بالوثيقة ثم تابع.")
    val place = words.said("第 2 行第 10 个字符", "line 2, character 10", "2번째 줄 10번째 글자", "السطر 2، الحرف 10")
    return when (name) {
        "unread" ->
            PassportState(
                PassportStage.UNREAD,
                "P<UTOERIKSSON",
                words.said("未读到证件", "No document was read", "읽은 신분증이 없습니다", "لم تُقرأ أي وثيقة"),
                textOfCode("mrz_layout", words.language),
            )
        "check" ->
            PassportState(
                PassportStage.CHECK,
                SPECIMEN.replace("C36", "C37"),
                words.said("有内容不一致", "Something does not match", "맞지 않는 곳이 있습니다", "شيء ما لا يتطابق"),
                faults = listOf(PassportFault(textOfCode("mrz_number_check", words.language).orEmpty(), place)),
            )
        "expired" ->
            PassportState(
                PassportStage.EXPIRED,
                SPECIMEN,
                words.said("证件已过期", "The document has expired", "신분증의 기간이 지났습니다", "انتهت مدة الوثيقة"),
                words.said(
                    "请使用新的证件，或到窗口咨询。",
                    "Use a newer document, or ask the desk.",
                    "새 신분증을 쓰거나 창구에 문의하세요.",
                    "استعمل وثيقة أحدث، أو اسأل المكتب.",
                ),
                read = read,
            )
        "sound" ->
            PassportState(
                PassportStage.SOUND,
                SPECIMEN,
                words.said("已读取证件", "The document was read", "신분증을 읽었습니다", "قُرئت الوثيقة"),
                compare,
                read = read,
            )
        else -> PassportState(PassportStage.EMPTY)
    }
}
