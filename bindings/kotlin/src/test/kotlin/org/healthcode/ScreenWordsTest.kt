package org.healthcode

import org.healthcode.core.MomentStyle
import org.healthcode.core.TextDirection
import org.healthcode.core.screenLanguages
import kotlin.test.Test
import kotlin.test.assertEquals

/** The words of the screens, from the real library. */
class ScreenWordsTest {
    private fun String.plain() = replace("\u2068", "").replace("\u2069", "")

    @Test
    fun `words of a language with their arguments`() {
        val english = ScreenWords("en-GB")
        val chinese = ScreenWords("zh-Hans-CN")
        assertEquals("Offline, still works" to "离线，可继续使用", english["common-offline"] to chinese["common-offline"])
        assertEquals("3 of 9", english.format("form-progress", "step" to 3, "total" to 9).plain())
        assertEquals("第 3 题，共 9 题", chinese.format("form-progress", "step" to 3, "total" to 9).plain())
        assertEquals("1 day", english.format("common-days", "count" to 1).plain())
        assertEquals("2 days", english.format("common-days", "count" to "2").plain())
        val arabic = ScreenWords("ar-SA")
        assertEquals(TextDirection.RIGHT_TO_LEFT, arabic.direction)
        assertEquals(
            listOf("يومان", "3 أيام", "14 يومًا"),
            listOf(2, 3, 14).map {
                arabic
                    .format(
                        "common-days",
                        "count" to it,
                    ).plain()
            },
        )
        assertEquals("\u206812320\u2069 전화하기", ScreenWords("ko-KR").format("common-call-number", "number" to "12320"))
        assertEquals(listOf("zh", "en", "ko", "ar"), screenLanguages())
        val names = screenLanguages().map { ScreenWords(it)["settings-language-name"] }
        assertEquals(listOf("简体中文", "English", "한국어", "العربية"), names)
    }

    @Test
    fun `a moment is as short as it can be told apart`() {
        val words = ScreenWords("en")
        val now = 1_774_423_200L
        assertEquals("10:20", words.moment(now - 5 * 3_600, now))
        assertEquals("tomorrow 14:20 (23 h)", words.moment(now + 23 * 3_600, now, MomentStyle.DEADLINE))
        assertEquals("2026年11月26日", ScreenWords("zh").date("2026-11-26"))
    }

    @Test
    fun `a word that is not there is its id`() {
        val words = ScreenWords("en")
        assertEquals("no-such-word", words["no-such-word"])
        assertEquals("form-progress", words.format("form-progress", "step" to 3))
    }

    @Test
    fun `words of the same language are equal`() {
        assertEquals(ScreenWords("zh"), ScreenWords("zh"))
        assertEquals(setOf(ScreenWords("zh"), ScreenWords("en")).size, 2)
    }
}
