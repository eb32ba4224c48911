package org.healthcode.app.capability.paper

import org.healthcode.ScreenWords
import org.healthcode.app.screen.Screen
import org.healthcode.app.screen.drawings
import org.healthcode.app.screen.modulesOf
import org.healthcode.app.screen.said
import org.healthcode.core.dateText
import org.healthcode.core.textOfCode

/** A code on paper. */
val paperScreen =
    Screen(
        "paper",
        drawings("none", "problem", "asked", "ready", "replace", "end", "ending", state = ::example) { PaperScreen(it) {} },
    ) { app, argument -> PaperContent(app, argument) }

private val EXAMPLE = "EXAMPLE OF A SHEET NOT A HEALTH CODE ".repeat(9).take(300)

private fun example(
    name: String,
    words: ScreenWords,
): PaperState {
    val none = PaperState(PaperPage.MAIN, days = "30", maxDays = 180, advice = advice(words))
    val ready = none.copy(sheet = sheet(true, words), earlier = listOf(sheet(false, words)))
    return when (name) {
        "problem" -> none.copy(problem = textOfCode("paper_not_green", words.language))
        "asked" ->
            none.copy(
                waiting =
                    words.said(
                        "已存本机，联网后即可开具。",
                        "Saved here. The sheet is made once this phone was online.",
                        "여기에 저장했습니다. 온라인이 되면 종이 코드가 만들어집니다.",
                        "حُفظ هنا. تُصنع الورقة بعد اتصال هذا الهاتف.",
                    ),
            )
        "ready" -> ready
        "replace" -> ready.copy(page = PaperPage.REPLACE)
        "end" -> ready.copy(page = PaperPage.END)
        "ending" ->
            ready.copy(
                isEnding = true,
                waiting =
                    words.said(
                        "已存本机，联网后该纸质码即失效。",
                        "Saved here. The sheet ends once this phone was online.",
                        "여기에 저장했습니다. 온라인이 되면 종이 코드가 끝납니다.",
                        "حُفظ هنا. تنتهي الورقة بعد اتصال هذا الهاتف.",
                    ),
            )
        else -> none
    }
}

private fun sheet(
    isGood: Boolean,
    words: ScreenWords,
) = Sheet(
    code = modulesOf(EXAMPLE).takeIf { isGood },
    maskedName = if (isGood) words.said("王**", "W*") else "",
    documentTail = if (isGood) "2143" else "",
    days =
        words.format(
            "paper-dates",
            "from" to dateText(if (isGood) "2026-03-27" else "2026-01-05", words.language),
            "until" to dateText(if (isGood) "2026-04-25" else "2026-02-03", words.language),
        ),
    standing =
        if (isGood) {
            words.said(
                "可在门岗出示，须同时携带证件。",
                "This sheet can be shown at doors, with the document.",
                "신분증과 함께 출입구에서 보일 수 있습니다.",
                "يمكن عرض هذه الورقة عند الأبواب مع الوثيقة.",
            )
        } else {
            words.said(
                "已由新的纸质码取代。",
                "A newer sheet took the place of this one.",
                "새 종이 코드로 바뀌었습니다.",
                "حلّت محلها ورقة أحدث.",
            )
        },
    byDesk = isGood,
)

private fun advice(words: ScreenWords) =
    listOf(
        words.said(
            "门岗会核对姓名和证件末位：请带上证件。",
            "Doors compare name and last characters with the document: carry both.",
            "출입구에서 이름과 끝자리를 신분증과 비교합니다. 둘 다 지니세요.",
            "تُقارن الأبواب الاسم وآخر الأحرف بالوثيقة: احملهما معًا.",
        ),
        words.said(
            "新的纸质码或颜色变化会使它立即失效。",
            "A newer sheet ends this one at once, and so does a change of the health code.",
            "새 종이 코드가 나오거나 건강코드가 바뀌면 바로 끝납니다.",
            "تنهيها فورًا ورقة أحدث أو تغيّر في الرمز.",
        ),
    )
