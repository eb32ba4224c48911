package org.healthcode.app.capability.regions

import org.healthcode.ScreenWords
import org.healthcode.app.design.StateLook
import org.healthcode.app.screen.Screen
import org.healthcode.app.screen.drawings
import org.healthcode.app.screen.said
import org.healthcode.core.textOfCode

/** What the code counts as elsewhere. */
val regionsScreen =
    Screen(
        "regions",
        drawings("list", "empty", state = ::example) { RegionsScreen(it) {} },
    ) { app, _ -> RegionsContent(app) }

private fun example(
    name: String,
    words: ScreenWords,
): RegionsState {
    if (name == "empty") return RegionsState(emptyList(), textOfCode("no_code_yet", words.language))
    val here = words.said("与本地相同：杭州市为橙码", "Orange in Hangzhou, as here", "항저우에서도 여기처럼 주황색", "برتقالي في هانغتشو، كما هنا")
    val there =
        words.said(
            "本地橙码，武汉市视为黄码（规则 visitors）",
            "Orange here, yellow in Wuhan (rule visitors)",
            "여기서는 주황색, 우한에서는 노란색 (규칙 visitors)",
            "برتقالي هنا، أصفر في ووهان (القاعدة visitors)",
        )
    val not =
        words.said(
            "该颜色不能进入，出行前请先咨询当地。",
            "Not let in with this colour. Ask the region before travelling.",
            "이 색으로는 들어갈 수 없습니다. 가기 전에 그 지역에 문의하세요.",
            "لا يُسمح بالدخول بهذا اللون. اسأل المنطقة قبل السفر.",
        )
    val rule =
        words.said(
            "入境人员每日申报期间视为黄码。",
            "Visitors count as yellow while they declare every day.",
            "입국자는 매일 신고하는 동안 노란색으로 봅니다.",
            "يُعدّ القادمون أصفر ما داموا يقرّون كل يوم.",
        )
    return RegionsState(
        listOf(
            RegionRow(StateLook.ORANGE, here, null, not, here),
            RegionRow(StateLook.YELLOW, there, rule, not, there),
        ),
    )
}
