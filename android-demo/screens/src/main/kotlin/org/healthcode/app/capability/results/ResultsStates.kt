package org.healthcode.app.capability.results

import org.healthcode.ScreenWords
import org.healthcode.app.design.StatusMark
import org.healthcode.app.screen.Screen
import org.healthcode.app.screen.drawings
import org.healthcode.app.screen.said

/** Tests and vaccinations. */
val resultsScreen =
    Screen(
        "results",
        drawings(
            "list",
            "new",
            "empty",
            "unverified",
            "clock",
            "counts",
            "awaited",
            "attention",
            "unclear",
            "unknown",
            "past",
            "withdrawn",
            state = ::example,
        ) { ResultsScreen(it) {} },
    ) { app, argument -> ResultsContent(app, argument) }

private fun example(
    name: String,
    words: ScreenWords,
): ResultsState {
    val negative = negative(words)
    val list = ResultsState(ResultsName.LIST, some(words), listOf(awaited(words), negative, dose(words)), listOf(past(words)))
    return when (name) {
        "new" ->
            list.copy(
                name = ResultsName.NEW,
                current = listOf(awaited(words), negative.copy(isNew = true), dose(words)),
            )
        "empty" ->
            ResultsState(
                ResultsName.EMPTY,
                words.said(
                    "这里没有检测结果或接种记录。",
                    "No results of tests or vaccinations are here.",
                    "검사나 접종 결과가 없습니다.",
                    "لا نتائج فحوص أو تطعيمات هنا.",
                ),
                emptyList(),
                emptyList(),
            )
        "unverified" ->
            list.copy(
                unverified =
                    words.said(
                        "收到 1 项没有主管部门为此人签名的结果：不予显示，将再次索取。",
                        "One result that came is not signed by the authority for this person. It is not shown, and is asked for again.",
                        "보건 당국이 본인 앞으로 서명하지 않은 결과가 1건 왔습니다. 보여 주지 않고 다시 요청합니다.",
                        "وصلت نتيجة لم توقّعها الجهة لهذا الشخص. لا تُعرض، وتُطلب من جديد.",
                    ),
            )
        "clock" ->
            list.copy(
                current = list.current.map { it.copy(countdown = null) },
                clock =
                    words.said(
                        "本机时间明显有误，因此不显示倒计时。请联网一次。",
                        "The clock of this phone cannot be right, so no countdown is shown. Connect once.",
                        "이 휴대전화의 시계가 맞을 수 없어 남은 시간을 보여 주지 않습니다. 한 번 연결하세요.",
                        "لا يمكن أن تكون ساعة هذا الهاتف صحيحة، فلا يُعرض عدّ تنازلي. اتصل مرة واحدة.",
                    ),
            )
        "list" -> list
        else -> exampleOfOne(name, words).let { list.copy(name = it.name, one = it) }
    }
}

private fun exampleOfOne(
    name: String,
    words: ScreenWords,
): ResultShown =
    when (name) {
        "awaited" -> awaited(words)
        "attention" -> positive(words)
        "unclear" -> unclear(words)
        "unknown" -> unknown(words)
        "past" -> past(words)
        "withdrawn" -> withdrawn(words)
        else -> negative(words)
    }

private fun negative(words: ScreenWords): ResultShown =
    ResultShown(
        id = "lab/2",
        name = ResultsName.COUNTS,
        mark = StatusMark.DONE,
        title = words.said("核酸检测", "Nucleic acid test", "핵산 검사", "فحص الحمض النووي"),
        outcome = words.said("阴性", "Negative", "음성", "سلبي"),
        countdown =
            words.said(
                "计至 周四 14:20（23 小时）",
                "until Thu 14:20 (23 h)",
                "목요일 14:20까지 (23시간 남음)",
                "حتى الخميس 14:20 (23 ساعة)",
            ),
        sampled = words.said("采样时间：昨天 14:20", "Sampled yesterday 14:20", "검체 채취: 어제 14:20", "أُخذت العينة أمس 14:20"),
        reported = words.said("报告时间：今天 08:05", "Reported today 08:05", "보고: 오늘 08:05", "أُبلغ بها اليوم 08:05"),
        place = words.said("第一医院 · 3 号门", "First Hospital · Gate 3", "제일병원 · 3번 문", "المستشفى الأول · البوابة 3"),
        product = "",
        fact =
            words.said(
                "规则会参考这次阴性检测的日期。",
                "The rules see the day of this negative test.",
                "규칙은 이 음성 검사의 날짜를 봅니다.",
                "ترى القواعد يوم هذا الفحص السلبي.",
            ),
        earlier = emptyList(),
        spoken = words.said("核酸检测。阴性。", "Nucleic acid test. Negative.", "핵산 검사. 음성.", "فحص الحمض النووي. سلبي."),
        step = ResultsStep.SEE_COLOUR,
        stepText =
            words.said(
                "查看您的颜色及原因。如结果有误或不属于您，可在那里申诉。",
                "See your colour and why. If the result is not yours or wrong, appeal there.",
                "색과 그 이유를 보세요. 결과가 틀렸거나 본인 것이 아니면 거기에서 이의를 제기하세요.",
                "انظر لونك وسببه. إن كانت النتيجة خاطئة أو ليست لك فاعترض هناك.",
            ),
        isNew = false,
    )

private fun awaited(words: ScreenWords): ResultShown =
    negative(words).copy(
        id = "lab/3",
        name = ResultsName.AWAITED,
        mark = StatusMark.WAITING,
        outcome = words.said("尚无结果", "No result yet", "아직 결과 없음", "لا نتيجة بعد"),
        countdown = null,
        sampled = words.said("采样时间：今天 07:30", "Sampled today 07:30", "검체 채취: 오늘 07:30", "أُخذت العينة اليوم 07:30"),
        fact = null,
        spoken = words.said("核酸检测。尚无结果。", "Nucleic acid test. No result yet.", "핵산 검사. 아직 결과 없음.", "فحص الحمض النووي. لا نتيجة بعد."),
        step = ResultsStep.CONNECT,
        stepText =
            words.said(
                "联网一次，结果会自动送达。",
                "Connect once: the result comes by itself.",
                "한 번 연결하면 결과가 자동으로 옵니다.",
                "اتصل بالإنترنت مرة واحدة: تصل النتيجة تلقائيًا.",
            ),
    )

private fun dose(words: ScreenWords): ResultShown =
    negative(words).copy(
        id = "lab/1",
        title = words.said("疫苗接种", "Vaccination", "백신 접종", "تطعيم"),
        outcome = words.said("第 2 剂，共 3 剂", "Dose 2 of 3", "3회 중 2회차", "الجرعة 2 من 3"),
        countdown = null,
        sampled = words.said("接种时间：3月1日 10:00", "Given 1 Mar 10:00", "접종: 3월 1일 10:00", "أُعطيت 1 مارس 10:00"),
        product = "CoronaVac",
        step = ResultsStep.NONE,
        stepText = "",
    )

private fun positive(words: ScreenWords): ResultShown =
    negative(words).copy(
        name = ResultsName.ATTENTION,
        mark = StatusMark.ATTENTION,
        outcome = words.said("阳性", "Positive", "양성", "إيجابي"),
        countdown = null,
        fact =
            words.said(
                "规则会参考这次阳性检测的日期。",
                "The rules see the day of this positive test.",
                "규칙은 이 양성 검사의 날짜를 봅니다.",
                "ترى القواعد يوم هذا الفحص الإيجابي.",
            ),
        earlier =
            listOf(
                words.said(
                    "此前：尚无结果，报告时间：今天 08:05",
                    "Before: No result yet, reported today 08:05",
                    "이전: 아직 결과 없음, 보고: 오늘 08:05",
                    "من قبل: لا نتيجة بعد، أُبلغ بها اليوم 08:05",
                ),
            ),
        spoken = words.said("核酸检测。阳性。", "Nucleic acid test. Positive.", "핵산 검사. 양성.", "فحص الحمض النووي. إيجابي."),
    )

private fun unclear(words: ScreenWords): ResultShown =
    negative(words).copy(
        name = ResultsName.UNCLEAR,
        mark = StatusMark.UNCLEAR,
        outcome = words.said("样本无法得出结果", "The sample told nothing", "검체로 결과를 알 수 없음", "لم تدل العينة على شيء"),
        countdown = null,
        fact = null,
        step = ResultsStep.TEST_AGAIN,
        stepText = words.said("请再做一次检测。", "Take another test.", "다시 검사를 받으세요.", "أجرِ فحصًا آخر."),
    )

private fun unknown(words: ScreenWords): ResultShown =
    unclear(words).copy(
        name = ResultsName.UNKNOWN,
        title = words.said("其他检测", "Another test", "다른 검사", "فحص آخر"),
        outcome =
            words.said(
                "本版本无法说明的结果",
                "A result that this version cannot tell",
                "이 버전이 알 수 없는 결과",
                "نتيجة لا تعرفها هذه النسخة",
            ),
        sampled = "",
        reported = "",
        place = "",
        step = ResultsStep.UPDATE,
        stepText = words.said("请更新应用后查看。", "Update the app to see it.", "앱을 업데이트해서 확인하세요.", "حدّث التطبيق لرؤيتها."),
    )

private fun past(words: ScreenWords): ResultShown =
    negative(words).copy(
        id = "lab/0",
        name = ResultsName.PAST,
        mark = StatusMark.PAST,
        countdown = null,
        sampled = words.said("采样时间：3月10日 09:00", "Sampled 10 Mar 09:00", "검체 채취: 3월 10일 09:00", "أُخذت العينة 10 مارس 09:00"),
        reported = words.said("报告时间：3月10日 20:05", "Reported 10 Mar 20:05", "보고: 3월 10일 20:05", "أُبلغ بها 10 مارس 20:05"),
        step = ResultsStep.TEST_AGAIN,
        stepText = words.said("请再做一次检测。", "Take another test.", "다시 검사를 받으세요.", "أجرِ فحصًا آخر."),
    )

private fun withdrawn(words: ScreenWords): ResultShown =
    past(words).copy(
        name = ResultsName.WITHDRAWN,
        outcome = words.said("检测机构已撤回", "Withdrawn by the laboratory", "검사 기관이 철회함", "سحبها المختبر"),
        fact = null,
        earlier =
            listOf(
                words.said(
                    "此前：阴性，报告时间：3月10日 20:05",
                    "Before: Negative, reported 10 Mar 20:05",
                    "이전: 음성, 보고: 3월 10일 20:05",
                    "من قبل: سلبي، أُبلغ بها 10 مارس 20:05",
                ),
            ),
        step = ResultsStep.SEE_COLOUR,
        stepText = negative(words).stepText,
    )

private fun some(words: ScreenWords) =
    words.said(
        "计入或等待中的结果：3 项。",
        "3 results count or are awaited.",
        "반영되거나 기다리는 결과: 3건.",
        "3 نتائج تُحتسب أو تُنتظر.",
    )
