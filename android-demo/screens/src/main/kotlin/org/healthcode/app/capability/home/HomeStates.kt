package org.healthcode.app.capability.home

import androidx.compose.runtime.remember
import org.healthcode.ScreenWords
import org.healthcode.app.design.Design
import org.healthcode.app.design.StateLook
import org.healthcode.app.screen.Destination
import org.healthcode.app.screen.Screen
import org.healthcode.app.screen.StateDrawing
import org.healthcode.app.screen.drawings
import org.healthcode.app.screen.lookOf
import org.healthcode.app.screen.meaningOf
import org.healthcode.app.screen.said
import org.healthcode.capability.words
import org.healthcode.core.Colour
import org.healthcode.core.Reason
import org.healthcode.core.Scheme
import org.healthcode.core.textOfCode
import org.healthcode.instruction
import org.healthcode.text
import org.healthcode.word

/** Home. */
val homeScreen =
    Screen(
        "home",
        drawings(
            "not_registered",
            "registration_queued",
            "registration_refused",
            "awaiting_colour",
            "green",
            "yellow",
            "orange",
            "red",
            "unknown_expired",
            "offline",
            "stale",
            "clock_wrong",
            "upload_refused",
            "update_needed",
            "sunset",
            state = ::example,
        ) { HomeScreen(it) {} } +
            StateDrawing("changed") {
                val words = Design.words
                NewsScreen(remember(words) { news(words) }) {}
            } +
            StateDrawing("more") {
                val words = Design.words
                MoreScreen(remember(words) { example("green", words) }, {}) {}
            },
    ) { app, argument -> HomeContent(app, argument) }

private fun plain(
    name: HomeName,
    words: ScreenWords,
    next: String,
): HomeState {
    val colour = Colour.entries.find { it.name == name.name }
    val title = titleOf(name, words) ?: colour?.word(words.language) ?: words["home-unknown-title"]
    return HomeState(
        name = name,
        look = if (name == HomeName.UNKNOWN_EXPIRED) StateLook.UNKNOWN else colour?.let { lookOf(it) },
        title = title,
        spoken = title,
        meaning = colour?.let { meaningOf(lookOf(it), words) },
        text = textOf(name, words) ?: colour?.let { reasonOf(it).text(words.language) },
        asOf = words.format("home-as-of", "time" to "09:40"),
        strips = emptyList(),
        next = next,
        canShowCode = false,
        waiting = null,
        refused = emptyList(),
        appeals = emptyList(),
        unreadBulletins = 2,
        isSyncing = false,
        canDeclare = name !in setOf(HomeName.NOT_REGISTERED, HomeName.REGISTRATION_REFUSED, HomeName.AWAITING_COLOUR),
        hasColour = colour != null,
        isRegistered = name != HomeName.NOT_REGISTERED && name != HomeName.REGISTRATION_REFUSED,
    )
}

private fun reasonOf(colour: Colour) =
    when (colour) {
        Colour.GREEN -> Reason.CLEAR
        Colour.YELLOW -> Reason.CLOSE_CONTACT
        Colour.RED -> Reason.CONFIRMED
    }

/** A visitor in the days after the entry. */
private fun orange(words: ScreenWords): HomeState {
    val shown = Colour.RED.words(Scheme.INTERNATIONAL, words.language)
    return plain(HomeName.RED, words, words["home-check-in"]).copy(
        name = HomeName.ORANGE,
        look = lookOf(shown.tone),
        title = shown.word,
        spoken = shown.title,
        meaning = meaningOf(lookOf(shown.tone), words),
        text = Reason.ARRIVED_FROM_ABROAD.text(words.language),
        canShowCode = true,
        canDeclare = false,
        entry = words.said("已申报入境", "Entry declared", "입국 신고함", "أُقرّ بالدخول"),
    )
}

private fun example(
    name: String,
    words: ScreenWords,
): HomeState {
    val green = plain(HomeName.GREEN, words, words["home-show-code"])
    return when (name) {
        "not_registered" ->
            plain(HomeName.NOT_REGISTERED, words, words["form-registration-title"])
                .copy(asOf = words["home-never-synced"], unreadBulletins = 0)
        "registration_queued" ->
            plain(HomeName.REGISTRATION_QUEUED, words, words["code-connect"]).copy(
                asOf = words["home-never-synced"],
                strips = listOf(strip("offline", words["common-offline"], isQuiet = true)),
                waiting = words.format("home-waiting", "count" to 2),
            )
        "registration_refused" ->
            plain(HomeName.REGISTRATION_REFUSED, words, words["home-refused-mend"])
                .copy(refused = listOf(refused("already_registered", words).copy(mend = null, canDismiss = false)))
        "awaiting_colour" -> plain(HomeName.AWAITING_COLOUR, words, words["home-declare"])
        "yellow" ->
            plain(HomeName.YELLOW, words, words["home-check-in"]).copy(
                canDeclare = false,
                canShowCode = true,
                appeals =
                    listOf(
                        OpenAppeal(
                            "1",
                            words.said("已收到", "Received", "접수됨", "استُلم"),
                            words.format(
                                "appeal-deadline-short",
                                "time" to
                                    words.said(
                                        "周四 14:20（3 小时）",
                                        "Thu 14:20 (3 h)",
                                        "목요일 14:20 (3시간 남음)",
                                        "الخميس 14:20 (3 ساعات)",
                                    ),
                            ),
                        ),
                    ),
            )
        "orange" -> orange(words)
        "red" -> plain(HomeName.RED, words, words["home-show-code"])
        "unknown_expired" ->
            plain(HomeName.UNKNOWN_EXPIRED, words, words["code-connect"]).copy(
                strips =
                    listOf(
                        strip("expired", words["code-expired-text"]),
                        strip("offline", words["common-offline"], isQuiet = true),
                    ),
            )
        "offline" -> green.copy(strips = listOf(strip(name, words["common-offline"], isQuiet = true)))
        "stale" ->
            green.copy(
                strips =
                    listOf(
                        strip(
                            name,
                            words.said(
                                "上次更新：3月26日 09:40",
                                "Not updated since 26 Mar 09:40",
                                "마지막 업데이트: 3월 26일 09:40",
                                "آخر تحديث: 26 مارس 09:40",
                            ),
                        ),
                    ),
            )
        "clock_wrong" ->
            green.copy(
                strips =
                    listOf(
                        strip(
                            name,
                            words.said(
                                "手机时间不准，不影响您的码",
                                "Phone clock is off; your code still works",
                                "휴대전화 시계가 틀렸지만 코드는 쓸 수 있습니다",
                                "ساعة الهاتف غير مضبوطة، ورمزك ما زال يعمل",
                            ),
                        ),
                    ),
            )
        "upload_refused" -> green.copy(refused = listOf(refused("form_unknown", words)))
        "update_needed" ->
            green.copy(
                strips =
                    listOf(
                        strip(
                            name,
                            words.said(
                                "请更新应用：主管部门已不支持此版本。",
                                "Update the app: the authority does not support this version any more.",
                                "앱을 업데이트하세요. 보건 당국이 이 버전을 더는 지원하지 않습니다.",
                                "حدّث التطبيق: لم تعد الجهة الصحية تدعم هذا الإصدار.",
                            ),
                        ),
                    ),
                next = words["opening-update"],
                canShowCode = true,
            )
        "sunset" ->
            green.copy(
                strips =
                    listOf(
                        strip(
                            "sunset_coming",
                            words.said(
                                "本地区的健康码将停用：4月30日 24:00。疫情防控措施解除。",
                                "The health codes of this region end: 30 Apr 24:00. The measures are lifted.",
                                "이 지역의 건강코드가 곧 끝납니다: 4월 30일 24:00. 방역 조치가 해제됩니다.",
                                "سينتهي العمل بالرمز الصحي في هذه المنطقة: 30 أبريل 24:00. رُفعت الإجراءات.",
                            ),
                        ),
                    ),
                end = endOf(words),
            )
        else -> green
    }
}

private fun strip(
    kind: String,
    text: String,
    isQuiet: Boolean = false,
) = HomeStrip(kind, text, isQuiet)

private fun endOf(words: ScreenWords) =
    RegionsEnd(
        words.said(
            "本地区的健康码将停用",
            "The health codes of this region end",
            "이 지역의 건강코드가 끝납니다",
            "ينتهي العمل بالرمز الصحي في هذه المنطقة",
        ),
        words.said(
            "停用时间：4月30日 24:00。本机保存的您的数据将于 5月30日 删除，主管部门处的数据也一并删除。如需保留，请在此之前保存。",
            "They end 30 Apr 24:00. What this phone holds of you is erased 30 May, here and at the authority. Save your data before " +
                "that if you want to keep them.",
            "종료 시각: 4월 30일 24:00. 이 휴대전화에 있는 내 데이터는 5월 30일에 보건 당국의 데이터와 함께 지워집니다. 남기려면 그 전에 저장하세요.",
            "ينتهي في 30 أبريل 24:00. تُمحى بياناتك من هذا الهاتف ولدى الجهة الصحية في 30 مايو. احفظها قبل ذلك إن أردت الاحتفاظ بها.",
        ),
        words.said("保存我的数据", "Save your data", "내 데이터 저장", "احفظ بياناتك"),
    )

private fun refused(
    code: String,
    words: ScreenWords,
) = RefusedThing("1", textOfCode(code, words.language) ?: code, null, Destination("form", "declaration"), true)

private fun news(words: ScreenWords) =
    ColourNews(
        name = HomeName.YELLOW,
        look = StateLook.YELLOW,
        title = Colour.YELLOW.word(words.language),
        spoken = Colour.YELLOW.word(words.language),
        meaning = meaningOf(StateLook.YELLOW, words),
        why = Reason.CLOSE_CONTACT.text(words.language),
        instruction = Reason.CLOSE_CONTACT.instruction(words.language),
        since = "09:40",
    )
