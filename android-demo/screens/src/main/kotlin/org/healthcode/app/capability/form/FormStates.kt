package org.healthcode.app.capability.form

import org.healthcode.ScreenWords
import org.healthcode.app.screen.Screen
import org.healthcode.app.screen.drawings
import org.healthcode.core.FieldKind
import org.healthcode.core.FormChoiceView
import org.healthcode.core.FormFieldView
import org.healthcode.core.consent

/** Forms. */
val formScreen =
    Screen(
        "form",
        drawings("question", "problem", "check_answers", "saved", state = ::example) { FormScreen(it) {} },
    ) { app, argument -> FormContent(app, formKindOf(argument)) }

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
    val isChinese = words.language.startsWith("zh")

    fun said(
        chinese: String,
        english: String,
    ) = if (isChinese) chinese else english
    val none = FormChoiceView("none", said("无症状", "None"), true)
    val others = listOf("发热" to "Fever", "咳嗽" to "Cough", "乏力" to "Fatigue", "咽痛" to "Sore throat")
    val choices = listOf(none) + others.map { (chinese, english) -> FormChoiceView(english, said(chinese, english), false) }
    val symptoms = fieldOf("symptoms", FieldKind.MULTIPLE_CHOICE, said("当前症状", "Current symptoms"), choices)
    val document = fieldOf("document", FieldKind.DOCUMENT, said("证件类型和号码", "Identity document"))
    val declaration = FormState(FormPage.QUESTION, words["form-declaration-title"])
    return when (name) {
        "question" ->
            declaration.copy(
                section = said("今日健康状况", "Health today"),
                progress = words.format("form-progress", "step" to 2, "total" to 9),
                question = symptoms.copy(hint = said("可多选；没有请选“无症状”。", "Choose all that apply, or None.")),
                typed = TypedAnswer(chosen = listOf("Cough")),
            )
        "problem" ->
            FormState(
                FormPage.QUESTION,
                words["form-registration-title"],
                section = said("身份信息", "Who you are"),
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
                        FormAnswer("name", said("姓名", "Full name"), said("李小明", "Li Xiaoming")),
                        FormAnswer("document", document.label, said("居民身份证", "Resident identity card") + "\n330106 19900307 1025"),
                        FormAnswer("division", said("所在地区划", "Division"), "330106"),
                        FormAnswer("address", said("详细地址", "Address"), null),
                    ),
                consent = consent(words.language).text,
                submitLabel = words["form-agree-and-register"],
            )
        else -> declaration.copy(page = FormPage.SAVED, outcome = FormOutcome.WAITS)
    }
}
