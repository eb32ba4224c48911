package org.healthcode.app.capability.dcc

import org.healthcode.ScreenWords
import org.healthcode.app.design.EnteredCode
import org.healthcode.app.design.StatusMark
import org.healthcode.app.screen.Screen
import org.healthcode.app.screen.drawings
import org.healthcode.app.screen.said
import org.healthcode.core.dateText
import org.healthcode.core.textOfCode

/** EU certificates. */
val dccScreen =
    Screen(
        "dcc",
        drawings(
            "list",
            "empty",
            "full",
            "add",
            "scanning",
            "problem",
            "read",
            "kept",
            "names",
            "confirm",
            "waiting",
            "at_desk",
            "counted",
            "received",
            "not_accepted",
            "refused",
            "not_ours",
            "stopped",
            "remove",
            state = ::example,
        ) { DccScreen(it, {}) },
    ) { app, argument -> DccContent(app, argument) }

/** As many as are kept. */
private const val MOST = 20

private fun example(
    name: String,
    words: ScreenWords,
): DccState {
    val list =
        DccState(
            DccPage.LIST,
            words.said(
                "保存在此手机上的欧盟证书。",
                "The EU certificates that are kept on this phone.",
                "이 휴대전화에 보관된 EU 인증서입니다.",
                "شهادات الاتحاد الأوروبي المحفوظة على هذا الهاتف.",
            ),
            listOf(certificate(Standing.COUNTED, words), test(words), certificate(Standing.STOPPED, words)),
            most = MOST,
            code = EnteredCode(canScan = true, canPick = true),
        )
    return when (name) {
        "list" -> list
        "empty" ->
            list.copy(
                lead =
                    words.said(
                        "此处没有保存欧盟证书。",
                        "No EU certificate is kept here.",
                        "보관된 EU 인증서가 없습니다.",
                        "لا شهادة أوروبية محفوظة هنا.",
                    ),
                certificates = emptyList(),
            )
        "full" -> list.copy(canAdd = false, certificates = List(MOST) { certificate(Standing.KEPT, words) })
        "add" -> list.copy(page = DccPage.ADD)
        "scanning" -> list.copy(page = DccPage.ADD, code = EnteredCode(isScanning = true))
        "problem" ->
            list.copy(
                page = DccPage.ADD,
                code = EnteredCode("HC1:NCFOXN%TS3DH3ZSUZK+", canScan = true, canPick = true),
                problem = textOfCode("dcc_compression_damaged", words.language),
                attempt = 1,
            )
        "confirm" -> list.copy(page = DccPage.CONFIRM, one = certificate(Standing.NAMES, words))
        "remove" -> list.copy(page = DccPage.REMOVE, one = certificate(Standing.COUNTED, words))
        else -> list.copy(page = DccPage.ONE, one = certificate(Standing.valueOf(name.uppercase()), words))
    }
}

/** How one that stands so is told. */
private class Told(
    val mark: StatusMark,
    val title: String,
    val next: String,
    val step: DccNext = DccNext.NONE,
    val sending: String? = null,
    val fault: String? = null,
)

private fun told(
    standing: Standing,
    words: ScreenWords,
): Told {
    val counts =
        words.said(
            "签名相符，本地认可。",
            "The signature is right, and it counts here.",
            "서명이 맞고 여기에서 인정됩니다.",
            "التوقيع صحيح، وتُحتسب هنا.",
        )
    val nothing = words.said("无需操作。", "There is nothing to do.", "할 일이 없습니다.", "لا شيء يُفعل.")
    val desk =
        words.said(
            "如认为有误，请携带证件和证书到服务窗口。",
            "If you think that is wrong, go to the desk with document and certificate.",
            "잘못되었다고 생각하면 증명서와 인증서를 가지고 창구로 가세요.",
            "إن رأيت ذلك خطأ فاذهب إلى المكتب بالوثيقة والشهادة.",
        )
    val received = words.said("主管部门已收到。", "The authority has it.", "보건 당국이 받았습니다.", "وصلت إلى الجهة.")
    return when (standing) {
        Standing.READ ->
            Told(
                StatusMark.DONE,
                counts,
                words.said("保存到此手机。", "Keep it on this phone.", "이 휴대전화에 보관하세요.", "احفظها على هذا الهاتف."),
                DccNext.KEEP,
            )
        Standing.KEPT ->
            Told(
                StatusMark.DONE,
                counts,
                words.said(
                    "提交后可计入您的健康码。",
                    "Hand it in, so that it counts for your health code.",
                    "제출하면 건강코드에 반영됩니다.",
                    "قدّمها لتُحتسب لرمزك الصحي.",
                ),
                DccNext.HAND_IN,
            )
        Standing.NAMES ->
            Told(
                StatusMark.DONE,
                counts,
                words.said(
                    "请对照两边姓名。如确为您本人，请确认并提交，之后由工作人员核对。",
                    "Compare both names. If the certificate is yours, confirm it and hand it in; officers look at it then.",
                    "두 이름을 비교하세요. 본인의 인증서라면 확인하고 제출하세요. 그다음 담당자가 살펴봅니다.",
                    "قارن الاسمين. إن كانت الشهادة لك فأكّد ذلك وقدّمها، ثم ينظر فيها الموظفون.",
                ),
                DccNext.HAND_IN,
            )
        Standing.WAITING ->
            Told(
                StatusMark.WAITING,
                counts,
                words.said("请将手机联网一次。", "Connect this phone once.", "휴대전화를 한 번 연결하세요.", "صِل هذا الهاتف بالشبكة مرة."),
                DccNext.CONNECT,
                words.said(
                    "已保存，手机联网后提交。",
                    "Saved here. It goes out once this phone was online.",
                    "저장되었습니다. 휴대전화가 연결되면 제출됩니다.",
                    "محفوظة هنا. تُرسل متى اتصل هذا الهاتف.",
                ),
            )
        Standing.AT_DESK ->
            Told(
                StatusMark.WAITING,
                counts,
                words.said("请等待，结果会在此显示。", "Wait: you are told here.", "기다리세요. 여기에서 알려 드립니다.", "انتظر: تُخبر هنا."),
                DccNext.CONNECT,
                words.said(
                    "主管部门已收到。姓名不一致，先由工作人员核对。",
                    "The authority has it. The names are not the same, so officers look at it first.",
                    "당국이 받았습니다. 이름이 같지 않아 담당자가 먼저 확인합니다.",
                    "وصلت إلى الجهة. الاسمان غير متطابقين، فينظر فيها الموظفون أولًا.",
                ),
            )
        Standing.COUNTED -> Told(StatusMark.DONE, counts, nothing, sending = received)
        Standing.RECEIVED ->
            Told(
                StatusMark.UNCLEAR,
                words.said(
                    "签名相符，本地是否认可尚不清楚。",
                    "The signature is right. Whether it counts here is not known yet.",
                    "서명이 맞습니다. 여기에서 인정되는지는 아직 모릅니다.",
                    "التوقيع صحيح. لا يُعلم بعد هل تُحتسب هنا.",
                ),
                nothing,
                sending = received,
                fault = textOfCode("dcc_no_rules", words.language),
            )
        Standing.NOT_ACCEPTED ->
            Told(
                StatusMark.UNCLEAR,
                words.said(
                    "签名相符，本地不认可。",
                    "The signature is right. It does not count here.",
                    "서명이 맞지만 여기에서 인정되지 않습니다.",
                    "التوقيع صحيح. لا تُحتسب هنا.",
                ),
                nothing,
                sending = received,
            )
        Standing.REFUSED ->
            Told(StatusMark.ATTENTION, counts, desk, sending = textOfCode("dcc_presented_by_another", words.language))
        Standing.NOT_OURS ->
            Told(
                StatusMark.ATTENTION,
                counts,
                desk,
                sending =
                    words.said(
                        "工作人员认定不是您本人的，不予认可。",
                        "Officers found that it is not yours. It does not count.",
                        "담당자가 본인의 것이 아니라고 보았습니다. 인정되지 않습니다.",
                        "رأى الموظفون أنها ليست لك. لا تُحتسب.",
                    ),
            )
        Standing.STOPPED ->
            Told(
                StatusMark.ATTENTION,
                words.said("已过期。", "Past its time.", "기간이 지났습니다.", "انقضى وقتها."),
                words.said(
                    "请向签发机构申请新的证书。",
                    "Ask whoever issued it for a new one.",
                    "발급한 곳에 새 인증서를 요청하세요.",
                    "اطلب من جهة الإصدار شهادة جديدة.",
                ),
                fault = textOfCode("dcc_expired", words.language),
            )
    }
}

private fun certificate(
    standing: Standing,
    words: ScreenWords,
): CertificateShown {
    val told = told(standing, words)
    val kind = words.said("欧盟接种证书", "EU vaccination certificate", "EU 백신 접종 인증서", "شهادة تطعيم أوروبية")
    val isOpen = standing in setOf(Standing.NAMES, Standing.AT_DESK, Standing.NOT_OURS)
    val isUnregistered = standing == Standing.READ
    return CertificateShown(
        id = standing.name,
        standing = standing,
        mark = told.mark,
        kind = kind,
        title = told.title,
        fault = told.fault,
        spoken = "$kind. ${told.title} ${told.next}",
        sending = told.sending,
        next = told.next,
        step = told.step,
        canHandIn = standing == Standing.REFUSED,
        mustConfirm = isOpen,
        parts = parts(isOpen, isUnregistered, words),
        comparison =
            when {
                isUnregistered -> null
                isOpen ->
                    words.said(
                        "姓名或出生日期与登记信息不一致。",
                        "Name or date of birth are not the same as those that are registered.",
                        "이름이나 생년월일이 등록된 것과 다릅니다.",
                        "الاسم أو تاريخ الميلاد غير مطابق للمسجّل.",
                    )
                else -> words.said("姓名一致。", "The names are the same.", "이름이 같습니다.", "الاسمان متطابقان.")
            },
        rules =
            if (standing == Standing.NOT_ACCEPTED) {
                listOf(
                    words.said(
                        "须完成全程接种。",
                        "All doses of the series were given.",
                        "접종을 모두 마쳐야 합니다.",
                        "أُعطيت كل الجرعات.",
                    ),
                )
            } else {
                emptyList()
            },
        holder = "Eriksson Anna Maria",
        lines =
            listOf(
                words.said("疫苗", "Vaccine", "백신", "اللقاح") to "Comirnaty",
                words.said("剂次", "Dose", "회차", "الجرعة") to words.said("第 2 剂，共 2 剂", "2 of 2", "2회 중 2회차", "2 من 2"),
                words.said("接种日期", "Day of the dose", "접종일", "يوم الجرعة") to dateText("2026-01-20", words.language),
                words.said("国家", "Country", "국가", "البلد") to words.said("瑞典", "Sweden", "스웨덴", "السويد"),
                words.said("签发机构", "Issued by", "발급 기관", "جهة الإصدار") to "E-hälsomyndigheten",
                words.said("证书编号", "Identifier", "식별자", "المعرّف") to "URN:UVCI:01:SE:EHM/V12907267LAJW#E",
            ),
    )
}

/** An antigen test that waits. */
private fun test(words: ScreenWords) =
    certificate(Standing.WAITING, words).copy(kind = words.said("欧盟检测证书", "EU test certificate", "EU 검사 인증서", "شهادة فحص أوروبية"))

private fun parts(
    isOpen: Boolean,
    isUnregistered: Boolean,
    words: ScreenWords,
): List<PersonPart> {
    val registered = if (isOpen) "SVENSSON ANNA" else "ERIKSSON ANNA MARIA"
    val differs = words.said("不一致", "Not the same", "다름", "غير متطابق")
    val same = words.said("一致", "The same", "같음", "متطابق")
    val unknown = words.said("无法对照", "Cannot be compared", "비교할 수 없음", "لا يمكن مقارنته")

    fun part(
        label: String,
        value: String,
        document: String,
        comparison: String,
        isOpen: Boolean,
    ) = PersonPart(label, value, if (isUnregistered) "" else document, comparison.takeIf { !isUnregistered }, isOpen)
    return listOf(
        part(words.said("姓", "Surname", "성", "اسم العائلة"), "Eriksson", registered, if (isOpen) differs else same, isOpen),
        part(words.said("名", "Given names", "이름", "الأسماء"), "Anna Maria", registered, if (isOpen) differs else same, isOpen),
        part(words.said("出生日期", "Date of birth", "생년월일", "تاريخ الميلاد"), "1974-08-12", "", unknown, isOpen),
    )
}
