package org.healthcode.app

import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.v2.runComposeUiTest
import org.healthcode.ScreenWords
import org.healthcode.app.design.Appearance
import org.healthcode.app.design.HealthTheme
import org.healthcode.app.design.KeyDigits
import org.healthcode.app.design.KeyDigitsText
import org.healthcode.app.design.Paragraph
import org.healthcode.app.design.unbrokenWords
import kotlin.test.Test
import kotlin.test.assertEquals

/** How texts are set: Korean words stay whole, digits that are compared stand in fours; what is read aloud is neither. */
@OptIn(ExperimentalTestApi::class)
class TextTest {
    private fun String.marked() = unbrokenWords(this).replace('\u2060', '+')

    @Test
    fun `a line ends between Korean words alone`() {
        assertEquals("건+강 상+태+를 신+고+하+세+요+.", "건강 상태를 신고하세요.".marked())
        assertEquals("QR+코+드+를", "QR코드를".marked())
        assertEquals("(+담+당+자+)", "(담당자)".marked())
        assertEquals("서+울+-부+산", "서울-부산".marked())
    }

    @Test
    fun `other languages, and what was done already, stay as they are`() {
        for (text in listOf("", "Green: no restriction", "绿码 暂无限制", "رمز أخضر", "👩‍⚕️ 3/7")) assertEquals(text, unbrokenWords(text))
        val once = unbrokenWords("건강 코드")
        assertEquals(once, unbrokenWords(once))
    }

    @Test
    fun `what is read aloud and found is the text as it is`() =
        runComposeUiTest {
            setContent { HealthTheme(Appearance("ko"), ScreenWords("ko")) { Paragraph("건강 상태를 신고하세요.") } }
            onNode(hasText("건강 상태를 신고하세요.")).assertExists()
        }

    @Test
    fun `digits stand in fours and are read one by one`() {
        val digits = KeyDigits.of("9f86d081 884c") { "Entry 2: $it" }
        assertEquals(KeyDigits("Entry 2: 9f86 d081 884c", "Entry 2: 9 f 8 6, d 0 8 1, 8 8 4 c"), digits)
        runComposeUiTest {
            setContent { HealthTheme(Appearance("en"), ScreenWords("en")) { KeyDigitsText(digits) } }
            onNode(hasContentDescription("Entry 2: 9 f 8 6, d 0 8 1, 8 8 4 c")).assertExists()
        }
    }
}
