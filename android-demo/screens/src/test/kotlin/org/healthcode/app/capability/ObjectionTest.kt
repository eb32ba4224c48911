package org.healthcode.app.capability

import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.assertIsFocused
import androidx.compose.ui.test.onNodeWithTag
import kotlinx.coroutines.runBlocking
import org.healthcode.ScreenWords
import org.healthcode.app.support.awaitText
import org.healthcode.app.support.awaitThat
import org.healthcode.app.support.onPhone
import org.healthcode.app.support.tap
import org.healthcode.app.support.texts
import org.healthcode.app.support.type
import org.healthcode.core.objectionMaxChars
import org.healthcode.support.Authority
import org.healthcode.support.Phone
import org.healthcode.support.turnGreen
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue

/** A citizen objects to a colour: empty, too long, checked, saved without a network, received with a deadline. */
@OptIn(ExperimentalTestApi::class)
class ObjectionTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `an objection waits for the network and is then received, with its deadline`() =
        Authority(folder.resolve("authority")).use { authority ->
            val phone = Phone(folder.resolve("phone"), authority)
            runBlocking { phone.open().use { it.turnGreen() } }
            authority.stop()
            val words = ScreenWords("zh")
            onPhone(phone, "zh", "objection") {
                type(" ")
                tap(words["objection-send"])
                awaitText(words["objection-problem-empty"])
                onNodeWithTag("problems").assertIsFocused()
                tap(words["objection-problem-empty"])
                onNodeWithTag("entry").assertIsFocused()
                type("长".repeat(objectionMaxChars().toInt() + 1))
                tap(words["objection-send"])
                assertTrue(words["objection-check-title"] !in texts())
                type("那天我不在该城市。")
                tap(words["objection-send"])
                awaitText(words["objection-check-title"])
                tap(words["common-edit"])
                awaitText(words["objection-statement"])
                tap(words["objection-send"])
                tap(words["objection-send"])
                awaitText(words["objection-queued-title"])
            }
            // Also after the app was ended: nobody sends it twice.
            onPhone(phone, "zh", "objection") { app ->
                awaitText(words["objection-queued-title"])
                authority.start()
                runBlocking { app.health.sync() }
                awaitText(words["objection-received-title"])
                awaitThat("it comes about") { texts().any { "答复期限" in it } }
                assertEquals(1, app.health.home.value.objections.size)
                tap(words["objection-another"])
                awaitText(words["objection-statement"])
            }
        }

    @Test
    fun `without a colour there is nothing to object to`() =
        Authority(folder.resolve("authority")).use { authority ->
            onPhone(Phone(folder.resolve("phone"), authority), "en", "objection") {
                awaitText(ScreenWords("en")["objection-no-colour"])
            }
        }
}
