package org.healthcode.app.capability.export

import org.healthcode.ScreenWords
import org.healthcode.app.screen.Screen
import org.healthcode.app.screen.drawings
import org.healthcode.app.screen.said
import org.healthcode.core.Colour
import org.healthcode.core.Reason
import org.healthcode.text
import org.healthcode.word

/** Everything that is held. */
val exportScreen =
    Screen(
        "export",
        drawings("not_requested", "requested", "coming", "held", "saved", "problem", state = ::example) { ExportScreen(it) {} },
    ) { app, _ -> ExportContent(app) }

private fun example(
    name: String,
    words: ScreenWords,
): ExportState {
    val holdings = HoldingsName.entries.find { it.name.lowercase() == name } ?: HoldingsName.NOT_REQUESTED
    val state =
        ExportState(
            holdings,
            words.said("本机保存的您的信息", "What this phone holds of you", "이 휴대전화에 있는 내 정보", "ما يحفظه هذا الهاتف عنك"),
            words.format("common-as-of", "time" to "09:40"),
            sections(words),
            toldOf(holdings, words),
        )
    return when (name) {
        "requested" -> state.copy(isOffline = true)
        "saved" -> state.copy(isSaved = true)
        "problem" -> state.copy(problem = words["common-not-saved"])
        else -> state
    }
}

private fun sections(words: ScreenWords) =
    listOf(
        Section(
            words.said("您的身份信息", "Who you are", "본인 정보", "من أنت"),
            listOf(
                words.said("姓名", "Full name", "이름", "الاسم الكامل") to words.said("李小明", "Li Xiaoming"),
                words.said("电话", "Phone", "전화", "الهاتف") to "13800001234",
            ),
            null,
        ),
        Section(
            words.said("您的健康码", "Your health code", "내 건강코드", "رمزك الصحي"),
            listOf(
                words.said("颜色", "Colour", "색", "اللون") to Colour.GREEN.word(words.language),
                words.said("原因", "Reason", "까닭", "السبب") to Reason.CLEAR.text(words.language),
            ),
            null,
        ),
        Section(
            words.said("尚未发送", "Not sent yet", "아직 보내지 않음", "لم يُرسل بعد"),
            emptyList(),
            words.said("无。", "Nothing.", "없음.", "لا شيء."),
        ),
    )
