package org.healthcode.app.capability.form

import org.healthcode.ScreenWords
import org.healthcode.app.screen.Screen
import org.healthcode.app.screen.drawings
import org.healthcode.app.screen.said
import org.healthcode.core.DocumentKind
import org.healthcode.core.FieldKind
import org.healthcode.core.FormChoiceView
import org.healthcode.core.FormFieldView
import org.healthcode.core.consent
import org.healthcode.text

/** Forms. */
val formScreen =
    Screen(
        "form",
        drawings("question", "problem", "check_answers", "saved", state = ::example) { FormScreen(it, act = {}) },
    ) { app, argument -> FormContent(app, argument) }

/** A question with nothing but its kind and label. */
internal fun fieldOf(
    id: String,
    kind: FieldKind,
    label: String,
    choices: List<FormChoiceView> = emptyList(),
    unit: String? = null,
    hint: String? = null,
) = FormFieldView(
    id = id,
    kind = kind,
    label = label,
    hint = hint,
    required = true,
    unit = unit,
    min = null,
    max = null,
    decimals = 1u,
    minLength = null,
    maxLength = null,
    multiline = false,
    choices = choices,
    documentKinds = emptyList(),
)

private fun example(
    name: String,
    words: ScreenWords,
): FormState {
    val choices =
        listOf(
            FormChoiceView("none", words.said("无症状", "None", "없음", "لا شيء"), true),
            FormChoiceView("fever", words.said("发热", "Fever", "열", "حمّى"), false),
            FormChoiceView("cough", words.said("咳嗽", "Cough", "기침", "سعال"), false),
            FormChoiceView("fatigue", words.said("乏力", "Fatigue", "피로", "إرهاق"), false),
            FormChoiceView("sore_throat", words.said("咽痛", "Sore throat", "목 아픔", "ألم في الحلق"), false),
        )
    val label = words.said("当前症状", "Current symptoms", "지금 있는 증상", "الأعراض الآن")
    val symptoms = fieldOf("symptoms", FieldKind.MULTIPLE_CHOICE, label, choices)
    val document = fieldOf("document", FieldKind.DOCUMENT, words.said("证件类型和号码", "Identity document", "신분 증명서", "وثيقة الهوية"))
    val declaration = FormState(FormPage.QUESTION, words["form-declaration-title"])
    val kind = DocumentKind.RESIDENT_ID.text(words.language)
    return when (name) {
        "question" ->
            declaration.copy(
                section = words.said("今日健康状况", "Health today", "오늘의 건강", "الصحة اليوم"),
                progress = words.format("form-progress", "step" to 2, "total" to 9),
                question =
                    symptoms.copy(
                        hint =
                            words.said(
                                "可多选；没有请选“无症状”。",
                                "Choose all that apply, or None.",
                                "해당하는 것을 모두 고르거나 ‘없음’을 고르세요.",
                                "اختر كل ما ينطبق، أو «لا شيء».",
                            ),
                    ),
                typed = TypedAnswer(chosen = listOf("cough")),
            )
        "problem" ->
            FormState(
                FormPage.QUESTION,
                words["form-registration-title"],
                section = words.said("身份信息", "Who you are", "본인 정보", "من أنت"),
                progress = words.format("form-progress", "step" to 4, "total" to 8),
                question = document,
                typed = TypedAnswer("330106199003071024", documentKind = acceptedDocuments(document).first()),
                problems = listOf(FormProblem("document", "number", words["form-document-check-last"])),
            )
        "check_answers" ->
            FormState(
                FormPage.CHECK_ANSWERS,
                words["form-registration-title"],
                answers =
                    listOf(
                        FormAnswer("name", words.said("姓名", "Full name", "이름", "الاسم الكامل"), words.said("李小明", "Li Xiaoming")),
                        FormAnswer("document", document.label, kind + "\n330106 19900307 1025"),
                        FormAnswer("division", words.said("所在地区划", "Division", "행정 구역", "المنطقة"), "330106"),
                        FormAnswer("address", words.said("详细地址", "Address", "주소", "العنوان"), null),
                    ),
                consent = consent(words.language).text,
                submitLabel = words["form-agree-and-register"],
            )
        else -> declaration.copy(page = FormPage.SAVED, outcome = FormOutcome.WAITS)
    }
}
