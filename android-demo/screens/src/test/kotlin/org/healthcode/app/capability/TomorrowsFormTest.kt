package org.healthcode.app.capability

import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.onNodeWithTag
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performTextInput
import kotlinx.coroutines.runBlocking
import org.healthcode.ScreenWords
import org.healthcode.app.await
import org.healthcode.app.onPhone
import org.healthcode.app.sees
import org.healthcode.app.shown
import org.healthcode.app.tap
import org.healthcode.app.type
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
                sees("Tomorrow's text")
                type("one\ntwo")
                go()
                sees("Half hours slept")
                type("7.5")
                sees("h")
                go()
                sees("A day")
                // Day, month, year: as English is read.
                onNodeWithTag("entry").performTextInput("31")
                onNodeWithTag("entry-2").performTextInput("02")
                onNodeWithTag("entry-3").performTextInput("2026")
                go()
                sees(words["form-problem-title"])
                onNodeWithTag("entry").performScrollTo()
                type("3")
                go()
                sees("One of many")
                type("choice 21")
                tap("Choice 21")
                go()
                sees("Several")
                tap("A")
                tap("B")
                tap("None of these")
                go()
                sees("Where")
                type("330106")
                go()
                sees("Papers")
                tap(words["form-document-other-kind"])
                tap("Passport")
                type("E12345678")
                go()
                sees("Call me at")
                type("13800001234")
                go()
                sees("Really?")
                tap(words["common-yes"])
                go()
                // Asked only of who says yes.
                sees("Why so?")
                sees(words.format("form-progress", "step" to 10, "total" to 10))
                onNodeWithText(words["common-back"]).performClick()
                tap(words["common-no"])
                sees(words.format("form-progress", "step" to 9, "total" to 10))
                go()
                sees(words["form-check-title"])
                sees("None of these")
                sees("Choice 21")
                sees("3 Feb 2026")
                tap(words["form-submit-declaration"])
                await { words["form-taken"] in shown() || words["form-refused"] in shown() }
                val refused = app.health.home.value.uploadsRefused
                assertEquals(emptyList(), refused.map { Triple(it.code, it.field, it.fieldCode) })
                sees(words["form-taken"])
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
