package org.healthcode.app.capability.appeal

import org.healthcode.ScreenWords
import org.healthcode.app.design.StateLook
import org.healthcode.app.design.StatusMark
import org.healthcode.app.screen.Screen
import org.healthcode.app.screen.drawings
import org.healthcode.app.screen.said
import org.healthcode.core.Colour
import org.healthcode.core.MomentStyle
import org.healthcode.core.Reason
import org.healthcode.core.textOfCode
import org.healthcode.text
import org.healthcode.word

/** Appeals. */
val appealScreen =
    Screen(
        "appeal",
        drawings(
            "write",
            "nothing",
            "problem",
            "check",
            "list",
            "queued",
            "sending",
            "refused",
            "received",
            "asked",
            "answering",
            "overdue",
            "withdraw",
            "withdrawing",
            "withdrawn",
            "decided",
            "rejected",
            state = ::example,
        ) { AppealScreen(it) {} },
    ) { app, argument -> AppealContent(app, argument) }

/** 27 March 2026, 09:40 in China. */
private const val NOW = 1_774_575_600L
private const val HOUR = 3_600L

internal fun ScreenWords.at(
    hours: Int,
    style: MomentStyle = MomentStyle.DAY_AND_TIME,
) = moment(NOW + hours * HOUR, NOW, style)

private fun example(
    name: String,
    words: ScreenWords,
): AppealState {
    val concerned =
        Concerned(
            StateLook.YELLOW,
            Colour.YELLOW.word(words.language),
            Reason.CLOSE_CONTACT.text(words.language),
            words.format("appeal-colour-receipt", "hash" to "9f86d081884c7d65"),
        )
    val state = AppealState(AppealPage.WRITE, concerned, Draft(maxChars = 2_000, limits = limits(words), canAdd = true))
    val written = state.draft.copy(statement = statement(words), evidence = evidence(words))
    return when (name) {
        "nothing" -> AppealState(AppealPage.NOTHING)
        "write" -> state.copy(draft = written)
        "problem" ->
            state.copy(problem = textOfCode("answer_required", words.language), attempt = 1)
        "check" -> state.copy(page = AppealPage.CHECK, draft = written)
        "withdraw" -> state.copy(page = AppealPage.WITHDRAW)
        "list" ->
            state.copy(
                page = AppealPage.LIST,
                lead = words.said("共 2 件申诉。", "2 appeals.", "이의 신청 2건.", "تظلّمان."),
                appeals = listOf("received", "rejected").map { line(one(it, words), words) },
            )
        else -> state.copy(page = AppealPage.ONE, one = one(name, words))
    }
}

private fun line(
    one: OneAppeal,
    words: ScreenWords,
) = AppealLine(
    one.name,
    one.mark,
    one.title,
    one.deadline?.let { words.format("appeal-deadline-short", "time" to it) } ?: one.statement,
)

private fun one(
    name: String,
    words: ScreenWords,
): OneAppeal {
    val told = told(name, words)
    val isTaken = name !in setOf("queued", "sending", "refused")
    val isDecided = name == "decided" || name == "rejected"
    return OneAppeal(
        id = "01990f3c-5a7e-7c41-9d1a-2f6b8c0e4d52",
        name = name,
        mark = told.mark,
        title = told.title,
        text = told.text,
        spoken = "${told.title} ${told.text} ${told.next}",
        nextStep = told.next,
        step = told.step,
        sent = if (name == "sending") 2 else null,
        pieces = 5,
        received = if (isTaken) words.at(-1) else null,
        deadline =
            when (name) {
                "received" -> words.at(3, MomentStyle.DEADLINE)
                "asked" -> words.at(51, MomentStyle.DEADLINE)
                "overdue" -> words.at(-1, MomentStyle.DEADLINE)
                else -> null
            },
        decided = if (isDecided) words.at(0) else null,
        reason = if (isDecided) reason(name, words) else null,
        officersText = if (isDecided) officersWords(name, words) else null,
        statement = statement(words),
        evidence = evidence(words),
        canWithdraw = name in setOf("queued", "sending", "received", "asked", "answering", "overdue"),
        canDismiss = name in setOf("refused", "withdrawn", "decided", "rejected"),
        asked = if (name == "asked" || name == "answering") askedFor(words) else null,
        answerBy = if (name == "asked") words.at(47, MomentStyle.DEADLINE) else null,
        canAnswer = name == "asked",
        events = if (name == "asked" || name == "decided") events(name, words) else emptyList(),
    )
}

private class Told(
    val mark: StatusMark,
    val title: String,
    val text: String,
    val next: String,
    val step: NextOfAppeal,
)

/** How each stands, in the core's words. */
private fun told(
    name: String,
    words: ScreenWords,
): Told {
    val (left, deadline) = words.at(3, MomentStyle.DEADLINE) to words.at(-1)
    val (title, text) =
        when (name) {
            "queued" ->
                words.said(
                    "已保存在本机",
                    "Saved here",
                    "휴대전화에 저장됨",
                    "محفوظ هنا",
                ) to
                    words.said(
                        "已保存在本机，联网后发送一次。",
                        "Saved here. It is sent once when online.",
                        "휴대전화에 저장됨. 연결되면 한 번만 보냅니다.",
                        "محفوظ هنا، ويُرسل مرة واحدة عند الاتصال.",
                    )
            "sending" ->
                words.said(
                    "正在发送",
                    "Being sent",
                    "보내는 중",
                    "جارٍ الإرسال",
                ) to
                    words.said(
                        "主管部门已收到证据 5 段中的 2 段，其余将自动续传，不会重复发送。",
                        "The authority has 2 of 5 pieces of your evidence. The rest goes on by itself; nothing is sent twice.",
                        "보건 당국이 증거 조각 5개 중 2개를 받았습니다. 나머지는 이어서 보내며, 두 번 보내지 않습니다.",
                        "وصل إلى السلطة 2 من 5 من أجزاء أدلتك. يستمر إرسال الباقي تلقائيًا، ولا يُرسل شيء مرتين.",
                    )
            "withdrawing" ->
                words.said(
                    "正在撤回",
                    "Being withdrawn",
                    "취소하는 중",
                    "جارٍ السحب",
                ) to
                    words.said(
                        "您的撤回申请已保存在本机，联网后发送一次。",
                        "Your withdrawal is saved here. It is sent once when online.",
                        "취소 요청이 휴대전화에 저장되었습니다. 연결되면 한 번만 보냅니다.",
                        "طلب السحب محفوظ هنا، ويُرسل مرة واحدة عند الاتصال.",
                    )
            "refused" ->
                words.said(
                    "未被接受",
                    "Not accepted",
                    "받아들여지지 않음",
                    "لم يُقبل",
                ) to refusal(words)
            "received" ->
                words.said(
                    "已收到",
                    "Received",
                    "접수됨",
                    "تم التسلّم",
                ) to
                    words.said(
                        "主管部门已收到您的申诉，并签署了答复期限：$left。",
                        "The authority has your appeal and signed a deadline: $left.",
                        "보건 당국이 이의 신청을 받고 답변 기한에 서명했습니다: $left.",
                        "تسلّمت السلطة تظلّمك ووقّعت على موعد للرد: $left.",
                    )
            "overdue" ->
                words.said(
                    "已逾期",
                    "The deadline has passed",
                    "답변 기한이 지남",
                    "انقضى الموعد",
                ) to
                    words.said(
                        "主管部门已签字承诺于 $deadline 前答复，但尚未答复。您的回执可以为证。",
                        "The authority signed that it decides by $deadline, and has not. Your receipt proves it.",
                        "보건 당국은 ${deadline}까지 답하겠다고 서명했지만 답하지 않았습니다. 접수증이 이를 증명합니다.",
                        "وقّعت السلطة على أن ترد قبل $deadline ولم ترد. إيصالك يثبت ذلك.",
                    )
            "withdrawn" ->
                words.said(
                    "已撤回",
                    "Withdrawn",
                    "취소됨",
                    "تم السحب",
                ) to
                    words.said(
                        "您已撤回该申诉，颜色保持不变。",
                        "You withdrew this appeal. Your colour stays as it is.",
                        "이 이의 신청을 취소했습니다. 색은 그대로입니다.",
                        "سحبت هذا التظلّم، ويبقى لونك كما هو.",
                    )
            "asked", "answering" -> askedWords(name, words)
            "decided" ->
                words.said(
                    "申诉成立",
                    "You are right",
                    "신청한 내용이 맞습니다",
                    "أنت على حق",
                ) to
                    words.said(
                        "两名工作人员认定您的申诉成立。有误之处已更正，颜色按规则由其余事实得出。",
                        "Two officers found that you are right. What was wrong is corrected, and your colour follows from what is left by the rules.",
                        "담당자 두 명이 신청한 내용이 맞다고 판단했습니다. 틀린 부분은 고쳤고, 색은 남은 사실에 따라 규칙대로 정해집니다.",
                        "رأى موظفان أنك على حق. صُحّح الخطأ، ويُحدَّد لونك مما بقي وفق القواعد.",
                    )
            else ->
                words.said(
                    "未予更正",
                    "Nothing was corrected",
                    "고친 것 없음",
                    "لم يُصحَّح شيء",
                ) to
                    words.said(
                        "两名工作人员已核查，未发现需要更正之处。",
                        "Two officers looked at it and found nothing to correct.",
                        "담당자 두 명이 살펴보았지만 고칠 것을 찾지 못했습니다.",
                        "نظر فيه موظفان ولم يجدا ما يُصحَّح.",
                    )
        }
    val (mark, next, step) = next(name, words)
    return Told(mark, title, text, next, step)
}

private fun next(
    name: String,
    words: ScreenWords,
): Triple<StatusMark, String, NextOfAppeal> =
    when (name) {
        "asked" -> askedNext(words)
        "queued", "sending", "answering", "withdrawing" ->
            Triple(
                StatusMark.WAITING,
                words.said(
                    "请联网一次。",
                    "Connect once.",
                    "인터넷에 한 번 연결하세요.",
                    "اتصل بالشبكة مرة واحدة.",
                ),
                NextOfAppeal.CONNECT,
            )
        "received" ->
            Triple(
                StatusMark.WAITING,
                words.said(
                    "您无需操作。",
                    "You need to do nothing.",
                    "하실 일은 없습니다.",
                    "لا يلزمك فعل شيء.",
                ),
                NextOfAppeal.WAIT,
            )
        "overdue" ->
            Triple(
                StatusMark.ATTENTION,
                words.said(
                    "请致电 12320，并报申诉回执。",
                    "Call 12320 and name the receipt of your appeal.",
                    "12320에 전화해 접수증 번호를 말씀하세요.",
                    "اتصل بالرقم 12320 واذكر إيصال تظلّمك.",
                ),
                NextOfAppeal.CALL,
            )
        "refused" ->
            Triple(
                StatusMark.ATTENTION,
                words.said(
                    "您可以再次申诉。",
                    "You can appeal again.",
                    "다시 이의를 신청할 수 있습니다.",
                    "يمكنك أن تتظلّم من جديد.",
                ),
                NextOfAppeal.AGAIN,
            )
        "withdrawn" ->
            Triple(
                StatusMark.DONE,
                words.said(
                    "您可以再次申诉。",
                    "You can appeal again.",
                    "다시 이의를 신청할 수 있습니다.",
                    "يمكنك أن تتظلّم من جديد.",
                ),
                NextOfAppeal.AGAIN,
            )
        else ->
            Triple(
                StatusMark.DONE,
                words.said(
                    "请查看颜色及原因。",
                    "See your colour and why.",
                    "색과 그 이유를 확인하세요.",
                    "اطّلع على لونك وسببه.",
                ),
                NextOfAppeal.SEE_COLOUR,
            )
    }

private fun refusal(words: ScreenWords): String {
    val reason = textOfCode("appeal_too_many_open", words.language).orEmpty()
    return words.said(
        "未被接受：$reason",
        "It was not accepted: $reason",
        "받아들여지지 않았습니다: $reason",
        "لم يُقبل: $reason",
    )
}

private fun reason(
    name: String,
    words: ScreenWords,
) = if (name == "decided") {
    words.said(
        "他人的记录被误计入您的名下。",
        "A record of another person was counted for you.",
        "다른 사람의 기록이 잘못 반영되었습니다.",
        "احتُسب عليك سجل شخص آخر.",
    )
} else {
    words.said(
        "您提交的材料不足以表明记录有误。",
        "What you sent does not show that the records are wrong.",
        "보내 주신 자료로는 기록이 틀렸다고 볼 수 없습니다.",
        "ما أرسلته لا يبيّن أن السجلات خاطئة.",
    )
}

private fun officersWords(
    name: String,
    words: ScreenWords,
) = if (name == "decided") {
    words.said("同名者另有其人，记录已更正。", "Another person has the same name. The record is corrected.")
} else {
    words.said("车票日期在接触日之后，请提供当日行程。", "The ticket is from after the day of the contact. Show where you were on that day.")
}

private fun statement(words: ScreenWords) =
    words.said(
        "3 月 20 日我在宁波，不在该场所。附当日火车票和住宿单。",
        "On 20 March I was in Ningbo, not at that place. My train ticket and hotel bill of that day are attached.",
        "3월 20일에 저는 닝보에 있었습니다. 그날의 기차표를 붙입니다.",
        "كنت في نينغبو يوم 20 مارس ولم أكن في ذلك المكان. أرفقت تذكرة القطار.",
    )

private fun evidence(words: ScreenWords) =
    listOf(
        EvidencePiece("1", words.said("照片，812 KB", "Photograph, 812 KB", "사진, 812KB", "صورة، 812 كيلوبايت")),
        EvidencePiece("2", words.said("PDF，1,240 KB", "PDF, 1,240 KB", "PDF, 1,240KB", "PDF، 1240 كيلوبايت")),
    )

private fun limits(words: ScreenWords) =
    words.said(
        "最多 5 份照片或 PDF，每份不超过 2 MB。",
        "Up to 5 photographs or PDFs, 2 MB each.",
        "사진이나 PDF 5개까지, 하나에 2MB까지 넣을 수 있습니다.",
        "حتى 5 صور أو ملفات PDF، كل منها 2 ميغابايت.",
    )
