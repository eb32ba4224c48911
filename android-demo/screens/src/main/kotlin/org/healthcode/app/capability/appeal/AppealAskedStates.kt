package org.healthcode.app.capability.appeal

import org.healthcode.ScreenWords
import org.healthcode.app.design.StatusMark
import org.healthcode.app.screen.said
import org.healthcode.core.MomentStyle

// Named states of an appeal on which more is asked for, in the core's words.

internal fun askedWords(
    name: String,
    words: ScreenWords,
): Pair<String, String> =
    if (name == "asked") {
        val until = words.at(47)
        words.said("请补充材料", "The authority asks for more", "자료를 더 보내 주세요", "تطلب السلطة المزيد") to
            words.said(
                "在 $until 之前，答复期限暂停，等候您补充；之后将依现有材料答复。",
                "Until $until the authority's deadline waits for your answer. Then it decides with what it has.",
                "${until}까지 답변 기한이 멈추고 자료를 기다립니다. 그 뒤에는 있는 자료로 결정합니다.",
                "موعد الرد متوقف حتى $until بانتظار ما ترسله. بعد ذلك يُبتّ بما هو موجود.",
            )
    } else {
        words.said("补充待发送", "Answer on its way", "자료를 보내는 중", "ردّك في الطريق") to
            words.said(
                "您的补充已保存在本机，联网后发送一次。",
                "Your answer is saved here. It is sent once when online.",
                "보낼 자료가 휴대전화에 저장되었습니다. 연결되면 한 번만 보냅니다.",
                "ردّك محفوظ هنا، ويُرسل مرة واحدة عند الاتصال.",
            )
    }

internal fun askedNext(words: ScreenWords): Triple<StatusMark, String, NextOfAppeal> =
    Triple(
        StatusMark.ATTENTION,
        words.said("请提交所要求的材料。", "Send what is asked for.", "요청받은 자료를 보내 주세요.", "أرسل المطلوب."),
        NextOfAppeal.ANSWER,
    )

internal fun askedFor(words: ScreenWords): String =
    words.said(
        "请提交检测报告。",
        "Please send the report of the test.",
        "검사 결과지를 보내 주세요.",
        "أرسل تقرير الفحص.",
    )

internal fun events(
    name: String,
    words: ScreenWords,
): List<AppealEvent> {
    fun at(hours: Int) = words.at(hours, MomentStyle.DAY_AND_TIME)
    val asked =
        listOf(
            AppealEvent(words.said("申诉已收到", "Appeal received", "이의 신청 접수됨", "تم تسلّم التظلّم"), at(-3)),
            AppealEvent(words.said("要求补充材料", "More was asked for", "자료를 더 요청받음", "طُلب المزيد"), "${at(-2)}\n${askedFor(words)}"),
        )
    if (name == "asked") return asked
    return asked +
        AppealEvent(words.said("您的补充已收到", "Your answer was received", "보낸 자료 접수됨", "تم تسلّم ردّك"), at(-1)) +
        AppealEvent(words.said("已答复", "Decided", "결정됨", "تم البتّ فيه"), at(0))
}
