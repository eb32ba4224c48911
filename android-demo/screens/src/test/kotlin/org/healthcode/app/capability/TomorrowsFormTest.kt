package org.healthcode.app.capability

import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.onNodeWithTag
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performTextInput
import kotlinx.coroutines.runBlocking
import org.healthcode.ScreenWords
import org.healthcode.app.support.awaitText
import org.healthcode.app.support.awaitThat
import org.healthcode.app.support.onPhone
import org.healthcode.app.support.tap
import org.healthcode.app.support.texts
import org.healthcode.app.support.type
import org.healthcode.core.consent
import org.healthcode.support.Authority
import org.healthcode.support.Phone
import org.healthcode.support.registration
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.test.Test
import kotlin.test.assertEquals

/** The authority publishes a form with other questions while the app is out: it is drawn, filled in and sent. */
@OptIn(ExperimentalTestApi::class)
class TomorrowsFormTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `every kind of question is drawn from data, and the answers are taken`() =
        Authority(folder.resolve("authority")).use { authority ->
            val phone = Phone(folder.resolve("phone"), authority)
            runBlocking {
                phone.open().use { health ->
                    health.register(registration(301), consent("en"))
                    health.sync()
                    authority.publish("form", FORM)
                    health.sync()
                }
            }
            onPhone(phone, "en", "form", "declaration") { app ->
                val words = ScreenWords("en")
                val go = { tap(words["form-continue"]) }
                awaitText("Tomorrow's text")
                type("one\ntwo")
                go()
                awaitText("Half hours slept")
                type("7.5")
                awaitText("h")
                go()
                awaitText("A day")
                // Day, month, year: as English is read.
                onNodeWithTag("entry").performTextInput("31")
                onNodeWithTag("entry-2").performTextInput("02")
                onNodeWithTag("entry-3").performTextInput("2026")
                go()
                awaitText(words["form-problem-title"])
                onNodeWithTag("entry").performScrollTo()
                type("3")
                go()
                awaitText("One of many")
                type("choice 21")
                tap("Choice 21")
                go()
                awaitText("Several")
                tap("A")
                tap("B")
                tap("None of these")
                go()
                awaitText("Where")
                type("330106")
                go()
                awaitText("Papers")
                tap(words["form-document-other-kind"])
                tap("Passport")
                type("E12345678")
                go()
                awaitText("Call me at")
                type("13800001234")
                go()
                awaitText("Really?")
                tap(words["common-yes"])
                go()
                // Asked only of who says yes.
                awaitText("Why so?")
                awaitText(words.format("form-progress", "step" to 10, "total" to 10))
                onNodeWithText(words["common-back"]).performClick()
                tap(words["common-no"])
                awaitText(words.format("form-progress", "step" to 9, "total" to 10))
                go()
                awaitText(words["form-check-title"])
                awaitText("None of these")
                awaitText("Choice 21")
                awaitText("3 Feb 2026")
                tap(words["form-submit-declaration"])
                awaitThat("it comes about") { words["form-taken"] in texts() || words["form-refused"] in texts() }
                val refused = app.health.home.value.uploadsRefused
                assertEquals(emptyList(), refused.map { Triple(it.code, it.field, it.fieldCode) })
                awaitText(words["form-taken"])
            }
        }

    private companion object {
        fun label(text: String) = """{"en":"$text","zh":"$text"}"""

        fun field(
            id: String,
            kind: String,
            label: String,
            more: String = "",
        ) = """{"id":"$id","kind":"$kind","required":true,"label":${label(label)}$more}"""

        val CHOICES = (1..24).joinToString { """{"id":"c$it","label":${label("Choice $it")}}""" }

        val FIELDS =
            listOf(
                field("words", "text", "Tomorrow's text", ""","multiline":true"""),
                field("slept", "number", "Half hours slept", ""","decimals":1,"unit":${label("h")}"""),
                field("day", "date", "A day"),
                field("one", "single_choice", "One of many", ""","choices":[$CHOICES]"""),
                field(
                    "several",
                    "multiple_choice",
                    "Several",
                    ""","choices":[{"id":"a","label":${label("A")}},{"id":"b","label":${label("B")}},""" +
                        """{"id":"none","label":${label("None of these")},"exclusive":true}]""",
                ),
                field("place", "division", "Where"),
                field("papers", "document", "Papers"),
                field("phone", "phone", "Call me at"),
                field("really", "yes_no", "Really?", ""","fact":"contact""""),
                field("why", "text", "Why so?", ""","visible":{"if":[{"var":"answers.really"},true,false]}"""),
            )

        val FORM =
            """{"id":"health-declaration","version":2,"title":${label("Tomorrow's form")},""" +
                """"sections":[{"id":"all","title":${label("All of it")},"fields":[${FIELDS.joinToString()}]}]}"""
    }
}
