package org.healthcode.app.capability

import androidx.compose.ui.test.ComposeUiTest
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.onNodeWithTag
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performTextReplacement
import kotlinx.coroutines.runBlocking
import org.healthcode.ScreenWords
import org.healthcode.app.support.awaitText
import org.healthcode.app.support.awaitThat
import org.healthcode.app.support.onPhone
import org.healthcode.app.support.tap
import org.healthcode.core.textOfCode
import org.healthcode.support.Authority
import org.healthcode.support.Phone
import org.healthcode.support.turnGreen
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import java.time.LocalDate
import kotlin.test.Test

/** A citizen says where they were: what the core refuses opens at its leg, and what is right is sent once. */
@OptIn(ExperimentalTestApi::class)
class ItineraryTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `a leg that leaves before it arrives is mended at its box, and sent`() =
        Authority(folder.resolve("authority")).use { authority ->
            val phone = Phone(folder.resolve("phone"), authority)
            runBlocking { phone.open().use { it.turnGreen() } }
            val words = ScreenWords("zh")
            val today = LocalDate.now()
            onPhone(phone, "zh", "itinerary") { app ->
                awaitText(words["itinerary-empty"])
                tap(words["itinerary-add"])
                awaitText(words["itinerary-place"])
                write("division", "330106")
                day("from", today)
                day("until", today.minusDays(2))
                tap(words["itinerary-transport-train"])
                write("number", "G7")
                tap(words["common-done"])
                awaitText(words["itinerary-check"])
                tap(words["itinerary-send"])
                awaitText(words["common-problem-title"])
                awaitText(checkNotNull(textOfCode("itinerary_until_before_from", "zh")))
                day("until", today)
                tap(words["common-done"])
                tap(words["itinerary-send"])
                awaitText(words["itinerary-queued-title"])
                awaitThat("it comes about") { app.health.home.value.uploadsWaiting == 0u }
            }
        }

    private fun ComposeUiTest.write(
        tag: String,
        text: String,
    ) = onNodeWithTag(tag).performScrollTo().performTextReplacement(text)

    /** The boxes of a day; in Chinese the year comes first. */
    private fun ComposeUiTest.day(
        tag: String,
        day: LocalDate,
    ) {
        write(tag, "${day.year}")
        write("$tag-2", "${day.monthValue}")
        write("$tag-3", "${day.dayOfMonth}")
    }
}
