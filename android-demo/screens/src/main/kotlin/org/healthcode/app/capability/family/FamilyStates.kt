package org.healthcode.app.capability.family

import org.healthcode.ScreenWords
import org.healthcode.app.design.StateLook
import org.healthcode.app.screen.OWNER
import org.healthcode.app.screen.Screen
import org.healthcode.app.screen.drawings
import org.healthcode.app.screen.meaningOf
import org.healthcode.app.screen.modulesOf
import org.healthcode.app.screen.said
import org.healthcode.core.Colour
import org.healthcode.core.Reason
import org.healthcode.core.textOfCode
import org.healthcode.instruction
import org.healthcode.text
import org.healthcode.word

/** Who is looked after on this phone. */
val familyScreen =
    Screen(
        "family",
        drawings(
            "empty",
            "list",
            "full",
            "add",
            "waiting",
            "refused",
            "in_care",
            "ended",
            "leave",
            "show_code",
            "show_code_waiting",
            "show_code_over",
            "declare",
            "carers",
            state = ::example,
        ) { FamilyScreen(it) {} },
    ) { app, argument -> FamilyContent(app, argument) }

private const val DEVICE = "k3Jt0vYqT1mZ5xW8nB2cRg"
private const val EXAMPLE_CODE = "7K3M-99TX-V0QD"

private fun example(
    name: String,
    words: ScreenWords,
): FamilyState {
    val stage = PersonStage.entries.find { it.name.lowercase() == name }
    val list = FamilyState(FamilyPage.LIST, lead(true, words), people(words), deviceId = DEVICE)
    val child = child(words)
    return when (name) {
        "empty" -> list.copy(lead = lead(false, words), people = emptyList())
        "list" -> list
        "full" -> list.copy(isFull = true)
        "add" -> list.copy(page = FamilyPage.ADD)
        "leave" -> list.copy(page = FamilyPage.LEAVE, person = child)
        "show_code" -> shown(CareCodeStage.COUNTS, words)
        "show_code_waiting" -> shown(CareCodeStage.WAITING, words)
        "show_code_over" -> shown(CareCodeStage.OVER, words)
        "declare" -> list.copy(page = FamilyPage.DECLARE, people = listOf(myself(words), child), chosen = setOf(OWNER, child.id))
        "carers" -> list.copy(page = FamilyPage.CARERS, carers = listOf(Carer("1", carer(words)), Carer("2", carer(words), true)))
        else ->
            list.copy(
                page = FamilyPage.PERSON,
                person =
                    if (stage == null ||
                        stage == PersonStage.IN_CARE
                    ) {
                        child
                    } else {
                        not(stage, words)
                    },
            )
    }
}

private fun lead(
    isSome: Boolean,
    words: ScreenWords,
) = if (isSome) {
    words.said(
        "在本机代管健康码的人，每人有自己的码。",
        "People who are looked after on this phone, each with a code of their own.",
        "이 휴대전화에서 돌보는 사람들입니다. 저마다 자기 코드가 있습니다.",
        "من يُعتنى بهم على هذا الهاتف، ولكل منهم رمزه.",
    )
} else {
    words.said(
        "本机还没有代管他人的健康码。可以为孩子或老人添加他们自己的码。",
        "Nobody is looked after on this phone. A child or an elder can have a code of their own here.",
        "이 휴대전화에서 돌보는 사람이 없습니다. 아이나 어르신의 코드를 여기에 둘 수 있습니다.",
        "لا أحد يُعتنى به على هذا الهاتف. يمكن أن يكون لطفل أو مسنّ رمزه هنا.",
    )
}

private fun carer(words: ScreenWords) = words.said("另一位照护人，自 3月2日", "Another carer, since 2 Mar", "다른 돌봄이, 3월 2일부터", "راعٍ آخر، منذ 2 مارس")

private fun people(words: ScreenWords) = listOf(child(words), not(PersonStage.WAITING, words), not(PersonStage.REFUSED, words))

private fun child(words: ScreenWords): Person {
    val name = words.said("欧阳小小", "Ouyang Xiaoxiao")
    val colour = Colour.GREEN.word(words.language)
    return Person(
        id = "1",
        name = name,
        stage = PersonStage.IN_CARE,
        standing = textOfState("in_care", words),
        next = words["home-check-in"],
        spoken = "$name, $colour",
        look = StateLook.GREEN,
        colour = colour,
        meaning = meaningOf(StateLook.GREEN, words),
        why = Reason.CLEAR.text(words.language),
        instruction = Reason.CLEAR.instruction(words.language),
        step = words["home-check-in"],
        canShowCode = true,
        carers =
            listOf(
                words.said("您，自 2月10日", "You, since 10 Feb", "본인, 2월 10일부터", "أنت، منذ 10 فبراير"),
                carer(words),
            ),
    )
}

private fun not(
    stage: PersonStage,
    words: ScreenWords,
): Person {
    val name = if (stage == PersonStage.WAITING) words.said("王桂英", "Wang Guiying") else words.said("李大山", "Li Dashan")
    val told = textOfState(stage.name.lowercase(), words)
    return Person(
        id = stage.name,
        name = name,
        stage = stage,
        standing = told,
        next = textOfNext(stage, words),
        spoken = "$name. $told",
        refusal = listOfNotNull(textOfCode("care_not_agreed", words.language).takeIf { stage == PersonStage.REFUSED }),
        waiting = words.format("home-waiting", "count" to 1).takeIf { stage == PersonStage.WAITING },
    )
}

private fun textOfState(
    state: String,
    words: ScreenWords,
) = when (state) {
    "waiting" ->
        words.said(
            "已申请，主管部门尚未答复。",
            "Asked for; the authority has not answered yet.",
            "신청함. 보건 당국의 답을 기다립니다.",
            "طُلب، ولم تُجب الجهة الصحية بعد.",
        )
    "refused" -> words.said("尚未获得同意。", "Not agreed yet.", "아직 동의되지 않았습니다.", "لم تتم الموافقة بعد.")
    "ended" ->
        words.said(
            "本机不再代管。",
            "Not looked after on this phone any more.",
            "이 휴대전화에서 더는 돌보지 않습니다.",
            "لم يعد تحت الرعاية على هذا الهاتف.",
        )
    else -> words.said("由本机代管。", "Looked after on this phone.", "이 휴대전화에서 돌봅니다.", "تحت الرعاية على هذا الهاتف.")
}

private fun textOfNext(
    stage: PersonStage,
    words: ScreenWords,
) = when (stage) {
    PersonStage.WAITING -> words.said("请连接网络。", "Connect to the internet.", "인터넷에 연결하세요.", "اتصل بالإنترنت.")
    PersonStage.ENDED ->
        words.said(
            "可从本机移除，或用对方出示的码重新申请。",
            "Remove from this phone, or ask anew with a code of the other side.",
            "이 휴대전화에서 지우거나, 상대방의 코드로 다시 신청하세요.",
            "احذفه من هذا الهاتف، أو اطلب من جديد برمز من الطرف الآخر.",
        )
    else ->
        words.said(
            "请输入对方出示的码，或到主管部门窗口办理。",
            "Type a code that the other side shows, or ask at the authority's desk.",
            "상대방이 보여 주는 코드를 입력하거나 창구에 문의하세요.",
            "اكتب رمزًا يعرضه الطرف الآخر، أو اسأل مكتب الجهة الصحية.",
        )
}

private fun shown(
    stage: CareCodeStage,
    words: ScreenWords,
): FamilyState {
    val text =
        when (stage) {
            CareCodeStage.COUNTS ->
                words.said(
                    "请在本人手机登记时扫描或输入此码，只能用一次。",
                    "Scan or type this code on the person's own phone when registering there. It counts once.",
                    "본인 휴대전화에서 등록할 때 이 코드를 스캔하거나 입력하세요. 한 번만 쓸 수 있습니다.",
                    "امسح هذا الرمز أو اكتبه على هاتف الشخص عند التسجيل فيه. يُستعمل مرة واحدة.",
                )
            CareCodeStage.WAITING ->
                words.said(
                    "请连接网络：主管部门得知后，此码才可使用。",
                    "Connect to the internet: the code counts once the authority was told of it.",
                    "인터넷에 연결하세요. 보건 당국에 알린 뒤에 쓸 수 있습니다.",
                    "اتصل بالإنترنت: لا يُعمل بالرمز إلا بعد إبلاغ الجهة الصحية.",
                )
            CareCodeStage.OVER ->
                words.said(
                    "此码已不可用，请另出示一个。",
                    "This code counts no more. Show another one.",
                    "이 코드는 더 쓸 수 없습니다. 다른 코드를 보여 주세요.",
                    "لم يعد يُعمل بهذا الرمز. اعرض رمزًا آخر.",
                )
        }
    val until = words.format("family-code-until", "time" to "09:55").takeIf { stage == CareCodeStage.COUNTS }
    val code = ShownCareCode(stage, text, EXAMPLE_CODE, modulesOf("EXAMPLE $EXAMPLE_CODE"), until)
    return FamilyState(FamilyPage.SHOW_CODE, person = child(words), code = code)
}
