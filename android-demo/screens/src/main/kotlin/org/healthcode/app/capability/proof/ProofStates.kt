package org.healthcode.app.capability.proof

import org.healthcode.ScreenWords
import org.healthcode.app.design.EnteredCode
import org.healthcode.app.design.StatusMark
import org.healthcode.app.screen.Screen
import org.healthcode.app.screen.drawings
import org.healthcode.app.screen.said
import org.healthcode.core.MomentStyle
import org.healthcode.core.ProofKind
import org.healthcode.core.textOfCode

/** Proving who one is. */
val proofScreen =
    Screen(
        "proof",
        drawings(
            "ways",
            "not_known",
            "not_needed",
            "code",
            "problem",
            "logging_in",
            "login_failed",
            "waiting",
            "refused",
            "needs_desk",
            "proven",
            state = ::example,
        ) { ProofScreen(it, {}) },
    ) { app, argument -> ProofContent(app, argument) }

/** 27 March 2026, 09:40 in China. */
private const val NOW = 1_774_575_600L

private fun example(
    name: String,
    words: ScreenWords,
): ProofState {
    val state = ProofState(ProofName.valueOf(name.uppercase()), introduction(words), unproven(words), ways(words), POSSIBLE)
    return when (name) {
        "not_known" ->
            state.copy(
                introduction =
                    words.said(
                        "本机尚不知道主管部门接受哪些身份证明。请联网一次。",
                        "This phone does not know yet which proofs of identity the authority takes. Connect once.",
                        "이 휴대전화는 보건 당국이 어떤 신원 확인을 받는지 아직 모릅니다. 인터넷에 한 번 연결하세요.",
                        "لا يعرف هذا الهاتف بعد أي إثباتات تقبلها الجهة الصحية. اتصل بالشبكة مرة.",
                    ),
                own = null,
                ways = emptyList(),
            )
        "not_needed" -> state.copy(ways = emptyList())
        "code" ->
            state.copy(
                code = POSSIBLE.copy(typed = "k7wd n3"),
                readBack = "K7WD-N3",
                missing = words.said("还差 10 个字符", "10 characters are missing"),
            )
        "problem" ->
            state.copy(
                code = POSSIBLE.copy(typed = "K7WD N3FP XR4T 9HMC"),
                readBack = "K7WD-N3FP-XR4T-9HMC",
                problem = textOfCode("activation_code_mistyped", words.language),
                attempt = 1,
            )
        "logging_in" -> state.copy(login = LoginPage("https://login.example.org/authorize", isOpened = true))
        "waiting" ->
            state.copy(
                own =
                    own(
                        StatusMark.WAITING,
                        words.said(
                            "身份证明待发送",
                            "Proof not sent yet",
                            "신원 확인을 아직 보내지 않음",
                            "لم يُرسَل الإثبات بعد",
                        ),
                        words.said(
                            "身份证明已保存在本机，联网后发送一次。",
                            "Your proof is saved on this phone, and sent once when online.",
                            "신원 확인이 이 휴대전화에 저장되어 있습니다. 인터넷에 연결되면 한 번 보냅니다.",
                            "إثباتك محفوظ على هذا الهاتف، ويُرسَل مرة واحدة عند الاتصال بالشبكة.",
                        ),
                    ),
            )
        "refused" ->
            state.copy(
                own =
                    own(
                        StatusMark.ATTENTION,
                        words.said(
                            "身份证明未被接受",
                            "Proof not accepted",
                            "신원 확인이 받아들여지지 않음",
                            "لم يُقبل الإثبات",
                        ),
                        textOfCode("identity_proof_code_unknown", words.language).orEmpty(),
                    ),
            )
        "needs_desk" ->
            state.copy(
                own =
                    own(
                        StatusMark.ATTENTION,
                        words.said(
                            "请到服务窗口",
                            "To the desk, please",
                            "창구로 가세요",
                            "اذهب إلى المكتب",
                        ),
                        words.said(
                            "您的身份证明与已有登记的身份证明不一致。请携带全部证件到主管部门服务窗口。",
                            "Your proof meets a registration with another one. Go to the authority's desk with all your documents.",
                            "신원 확인이 이미 있는 등록과 맞지 않습니다. 가지고 있는 증명서를 모두 가지고 보건 당국 창구로 가세요.",
                            "لا يوافق إثباتك تسجيلًا قائمًا. اذهب بكل وثائقك إلى مكتب الجهة الصحية.",
                        ),
                    ),
            )
        "proven" -> {
            val time = words.moment(NOW, NOW, MomentStyle.DAY_AND_TIME)
            val text =
                words.said(
                    "在新手机上提交同样的身份证明，健康码即转到新手机，本机随即停用。",
                    "The same proof on a new phone moves your health code there; this phone then ends.",
                    "새 휴대전화에서 같은 방법으로 신원을 확인하면 건강코드가 그리로 옮겨지고, 이 휴대전화에서는 끝납니다.",
                    "الإثبات نفسه على هاتف جديد ينقل رمزك الصحي إليه، ثم ينتهي هنا.",
                )
            val title =
                words.said(
                    "身份已证明",
                    "Identity proven",
                    "신원 확인됨",
                    "ثبتت الهوية",
                )
            state.copy(own = own(StatusMark.DONE, title, text).copy(since = words.format("proof-since", "time" to time)))
        }
        else -> state
    }
}

private fun own(
    mark: StatusMark,
    title: String,
    text: String,
) = OwnProof(mark, title, text, "$title $text")

private fun unproven(words: ScreenWords) =
    own(
        StatusMark.WAITING,
        words.said(
            "身份未证明",
            "Identity not proven",
            "신원 미확인",
            "لم تُثبَت الهوية",
        ),
        words.said(
            "请证明身份，以免他人占用您的证件，您也可以自行换用新手机。",
            "Prove who you are, so that nobody else can take over your document and you can move to a new phone by yourself.",
            "신원을 확인하세요. 그러면 다른 사람이 내 증명서를 쓸 수 없고, 새 휴대전화로 직접 옮길 수 있습니다.",
            "أثبت هويتك حتى لا يأخذ غيرك وثيقتك، وحتى تستطيع الانتقال إلى هاتف جديد بنفسك.",
        ),
    )

private fun introduction(words: ScreenWords) =
    words.said(
        "未证明身份时，查验点会将您的健康码与证件核对。证明身份后，您还可以自行换用新手机。",
        "Without a proof of identity, checkpoints compare your health code with your document. With a proof, you can also move to a new phone by yourself.",
        "신원을 확인하지 않으면 확인하는 곳에서 건강코드와 증명서를 비교합니다. 확인하면 새 휴대전화로 직접 옮길 수도 있습니다.",
        "دون إثبات الهوية تقارن نقاط التحقق رمزك الصحي بوثيقتك. ومع الإثبات يمكنك أيضًا الانتقال إلى هاتف جديد بنفسك.",
    )

private fun ways(words: ScreenWords) =
    listOf(
        ProofWay(
            ProofKind.ACTIVATION_CODE,
            words.said(
                "社区服务点激活码",
                "Code from a community desk",
                "주민 창구의 활성화 코드",
                "رمز تفعيل من مكتب الحي",
            ),
            words.said("服务点：武林路 1 号", "Desk: Wulin Road 1"),
            "0571-12345",
            true,
        ),
        ProofWay(
            ProofKind.OIDC,
            words.said("城市登录", "City login"),
            words.said(
                "请用实名账户登录。登录只会将您的姓名和证件告知主管部门。",
                "Log in with your real-name account. The login tells the authority your name and document, and nothing else.",
                "실명 계정으로 로그인하세요. 로그인은 이름과 증명서만 보건 당국에 알립니다.",
                "سجّل الدخول بحسابك الموثّق باسمك الحقيقي. يخبر تسجيل الدخول الجهة الصحية باسمك ووثيقتك دون غيرهما.",
            ),
            null,
            false,
        ),
    )

/** A phone with a camera, and with pictures. */
private val POSSIBLE = EnteredCode(canScan = true, canPick = true)
