package org.healthcode.app.capability

import androidx.compose.ui.test.ComposeUiTest
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.assertIsFocused
import androidx.compose.ui.test.assertTextContains
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithTag
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performTextClearance
import androidx.compose.ui.test.performTextInput
import kotlinx.coroutines.runBlocking
import org.healthcode.ScreenWords
import org.healthcode.app.support.awaitText
import org.healthcode.app.support.awaitThat
import org.healthcode.app.support.onPhone
import org.healthcode.app.support.tap
import org.healthcode.app.support.texts
import org.healthcode.core.Answer
import org.healthcode.core.Colour
import org.healthcode.core.FormKind
import org.healthcode.core.Stage
import org.healthcode.core.consent
import org.healthcode.core.textOfCode
import org.healthcode.support.Authority
import org.healthcode.support.Phone
import org.healthcode.support.registration
import org.healthcode.support.residentId
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.test.Test
import kotlin.test.assertEquals

/** What a citizen types and sees, over the real core and a real authority. */
@OptIn(ExperimentalTestApi::class)
class FormTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `somebody registers and declares by typing, in Chinese and in English`() =
        Authority(folder.resolve("authority")).use { authority ->
            listOf("zh", "en").forEachIndexed { order, language ->
                val phone = Phone(folder.resolve("phone-$language"), authority)
                onPhone(phone, language, "form", "registration") { app ->
                    val words = ScreenWords(language)
                    val person = Person(words, residentId("33010619900307%03d".format(101 + 2 * order)))
                    register(person)
                    awaitThat("it comes about") { app.health.home.value.stage == Stage.AWAITING_COLOUR }
                    tap(words["form-to-home"])
                    runOnIdle { app.navigator.open("form", "declaration") }
                    declare(words)
                    awaitThat("it comes about") {
                        app.health.home.value.colour
                            ?.colour == Colour.GREEN
                    }
                }
            }
        }

    @Test
    fun `an empty answer is said above, and the line there leads to its box`() =
        Authority(folder.resolve("authority")).use { authority ->
            onPhone(Phone(folder.resolve("phone"), authority), "en", "form", "registration") {
                val words = ScreenWords("en")
                awaitText("Full name")
                tap(words["form-continue"])
                awaitText(words["form-problem-title"])
                onNodeWithTag("problems").assertIsFocused()
                val said = checkNotNull(textOfCode("answer_required", "en"))
                assertEquals(2, texts().count { it == said }, "above and at the box: ${texts()}")
                tap(said)
                onNodeWithTag("entry").assertIsFocused()
                // A second try brings the focus back.
                tap(words["form-continue"])
                onNodeWithTag("problems").assertIsFocused()
                onNodeWithTag("entry").performTextInput("李小明")
                tap(words["form-continue"])
                awaitText(words.format("form-progress", "step" to 2, "total" to 8))
            }
        }

    @Test
    fun `X is a key, and the number is read back in groups`() =
        Authority(folder.resolve("authority")).use { authority ->
            val phone = Phone(folder.resolve("phone"), authority)
            val number = (101..999).map { residentId("33010619900307%03d".format(it)) }.first { it.endsWith("X") }
            runBlocking {
                phone.open().use { it.saveDraft(FormKind.REGISTRATION, registration(1) - "document") }
            }
            onPhone(phone, "en", "form", "registration") {
                val words = ScreenWords("en")
                // The first that is not answered.
                awaitText("Identity document")
                for (key in number) onNodeWithTag("key-$key").performScrollTo().performClick()
                onNodeWithTag("entry").assertTextContains(number)
                onNodeWithContentDescription(words["common-delete"]).performScrollTo().performClick()
                onNodeWithTag("key-X").performClick()
                repeat(5) { goOn(words) }
                awaitText(words["form-check-title"])
                val groups = "${number.take(6)} ${number.substring(6, 14)} ${number.drop(14)}"
                awaitThat("it comes about") { texts().any { it.endsWith("\n$groups") } }
            }
        }

    @Test
    fun `a form that was left half filled in goes on where it was`() =
        Authority(folder.resolve("authority")).use { authority ->
            val phone = Phone(folder.resolve("phone"), authority)
            val words = ScreenWords("zh")
            onPhone(phone, "zh", "form", "registration") { app ->
                awaitText("姓名")
                onNodeWithTag("entry").performTextInput("李小明")
                goOn(words)
                awaitText("性别")
                tap("女")
                // Nothing is pressed: it is kept by itself.
                awaitThat("it comes about") { Answer.Text("2") in runBlocking { app.health.draft(FormKind.REGISTRATION) }.values }
            }
            onPhone(phone, "zh", "form", "registration") { app ->
                awaitText("国籍（地区）")
                onNodeWithText(words["common-back"]).performClick()
                awaitText("性别")
                runOnIdle { app.navigator.back() }
                awaitText("姓名")
                onNodeWithTag("entry").assertTextContains("李小明")
                runOnIdle { app.navigator.back() }
                awaitThat("it comes about") { app.navigator.shown.screen == "home" }
            }
        }

    @Test
    fun `who changes the language keeps the page, what was typed, and what is to be mended`() =
        Authority(folder.resolve("authority")).use { authority ->
            onPhone(Phone(folder.resolve("phone"), authority), "en", "form", "registration") { app ->
                val (english, chinese) = listOf("en", "zh").map(::ScreenWords)
                awaitText("Full name")
                onNodeWithTag("entry").performTextInput("李小明")
                goOn(english)
                awaitText("Sex")
                goOn(english)
                awaitText(english["form-problem-title"])
                runOnIdle { app.settings.language = "zh" }
                awaitText(chinese["form-problem-title"])
                awaitText("性别")
                val said = checkNotNull(textOfCode("answer_required", "zh"))
                awaitThat("it comes about") { texts().count { it == said } == 2 }
                tap("女")
                runOnIdle { app.settings.language = "en" }
                awaitText("Sex")
                goOn(english)
                awaitText("Nationality")
                onNodeWithText(english["common-back"]).performClick()
                onNodeWithText(english["common-back"]).performClick()
                awaitText("Full name")
                onNodeWithTag("entry").assertTextContains("李小明")
            }
        }

    @Test
    fun `what the authority refused is mended at its field`() =
        Authority(folder.resolve("authority")).use { authority ->
            runBlocking {
                Phone(folder.resolve("other"), authority).open().use { other ->
                    other.register(registration(1), consent("en"))
                    assertEquals(1u, other.sync().uploadsSent)
                }
            }
            val phone = Phone(folder.resolve("phone"), authority)
            onPhone(phone, "en", "form", "registration") { app ->
                val words = ScreenWords("en")
                register(Person(words, residentId("33010619900307001")))
                awaitText(words["form-refused"])
                assertEquals(Stage.REGISTRATION_REFUSED, app.health.home.value.stage)
                tap(words["form-to-home"])
                runOnIdle { app.navigator.open("form", "registration") }
                val refused =
                    app.health.home.value.uploadsRefused
                        .single()
                if (refused.field == null) {
                    awaitText("Full name")
                } else {
                    awaitText(words["form-problem-title"])
                    awaitText("Identity document")
                }
            }
        }

    private class Person(
        val words: ScreenWords,
        val document: String,
    )

    /** Continues, and waits until something else is seen: the next page, or what must be mended. */
    private fun ComposeUiTest.goOn(words: ScreenWords) {
        val before = texts()
        tap(words["form-continue"])
        awaitThat("it comes about") { texts() != before }
    }

    private fun ComposeUiTest.register(person: Person) {
        val words = person.words
        val isChinese = words.language == "zh"
        val go = { goOn(words) }
        awaitText(if (isChinese) "姓名" else "Full name")
        onNodeWithTag("entry").performTextInput("李小明")
        go()
        tap(if (isChinese) "女" else "Female")
        go()
        awaitText(if (isChinese) "国籍（地区）" else "Nationality")
        onNodeWithTag("entry").performTextInput(if (isChinese) "中国" else "china")
        tap(if (isChinese) "中国" else "China")
        go()
        awaitText(if (isChinese) "证件类型和号码" else "Identity document")
        // As people type it.
        onNodeWithTag("entry").performTextInput(person.document.take(6) + " " + person.document.drop(6).lowercase())
        go()
        awaitText(words["form-division-hint"])
        onNodeWithTag("entry").performTextInput("330106")
        go()
        awaitText(if (isChinese) "详细地址" else "Address there")
        onNodeWithTag("entry").performTextInput("西湖区文三路 90 号")
        go()
        awaitText(if (isChinese) "联系电话" else "Phone")
        onNodeWithTag("entry").performTextInput("138 0000 1234")
        go()
        tap(if (isChinese) "无" else "None")
        go()
        awaitText(words["form-check-title"])
        awaitText("李小明")
        awaitText(consent(words.language).text)
        tap(words["form-agree-and-register"])
        awaitText(words["form-saved"])
    }

    private fun ComposeUiTest.declare(words: ScreenWords) {
        val isChinese = words.language == "zh"
        val go = { goOn(words) }
        awaitText(if (isChinese) "体温" else "Body temperature")
        onNodeWithTag("entry").performTextInput("45")
        go()
        awaitText(words["form-problem-title"])
        onNodeWithTag("entry").performTextClearance()
        onNodeWithTag("entry").performTextInput("36,6")
        go()
        tap(if (isChinese) "无症状" else "None")
        go()
        tap(if (isChinese) "无" else "None")
        go()
        repeat(2) {
            tap(words["common-no"])
            go()
        }
        // Where one lives, and the phone, are known.
        repeat(3) { go() }
        tap(words["common-no"])
        go()
        tap(words["common-yes"])
        go()
        awaitText(words["form-check-title"])
        onNodeWithText("36.6", substring = true).assertExists()
        tap(words["form-submit-declaration"])
        awaitText(words["form-saved"])
    }
}
