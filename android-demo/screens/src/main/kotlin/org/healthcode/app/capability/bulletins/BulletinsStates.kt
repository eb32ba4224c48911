package org.healthcode.app.capability.bulletins

import org.healthcode.ScreenWords
import org.healthcode.app.screen.Screen
import org.healthcode.app.screen.drawings
import org.healthcode.app.screen.said
import org.healthcode.core.BulletinUrgency

/** Bulletins; its argument is the id of the one to read. */
val bulletinsScreen =
    Screen("bulletins", drawings("list", "empty", "one", state = ::example) { BulletinsScreen(it) {} }) { app, argument ->
        BulletinsContent(app, argument)
    }

private fun example(
    name: String,
    words: ScreenWords,
): BulletinsState {
    fun made(
        urgency: BulletinUrgency,
        texts: Pair<String, String>,
        isRead: Boolean,
    ) = BulletinState(
        id = urgency.name,
        urgency = urgency,
        title = words.said(texts.first, texts.second),
        text =
            words.said(
                "即日起，乘坐地铁和公交须佩戴口罩。请自觉配合，如有不适请及时就医。",
                "From today a mask must be worn on the metro and on buses. If you feel unwell, see a doctor soon.",
            ),
        published = "09:40",
        isRead = isRead,
        phone = "12320",
        link = "https://example.org/li",
    )
    val all =
        listOf(
            made(BulletinUrgency.URGENT, "乘坐公共交通须佩戴口罩" to "Wear a mask on public transport", false),
            made(BulletinUrgency.IMPORTANT, "西湖区增设三处采样点" to "Three more testing sites in Xihu district", false),
            made(BulletinUrgency.INFO, "门诊时间调整" to "New opening hours of the clinics", true),
        )
    return when (name) {
        "empty" -> BulletinsState(emptyList())
        "one" -> BulletinsState(all, all.first().copy(isRead = true))
        else -> BulletinsState(all)
    }
}
