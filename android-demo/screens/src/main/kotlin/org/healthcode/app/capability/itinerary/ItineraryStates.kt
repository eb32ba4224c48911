package org.healthcode.app.capability.itinerary

import org.healthcode.ScreenWords
import org.healthcode.app.capability.form.TypedDate
import org.healthcode.app.screen.Screen
import org.healthcode.app.screen.drawings
import org.healthcode.core.dateText
import org.healthcode.core.textOfCode
import org.healthcode.core.transports

/** An itinerary. */
val itineraryScreen =
    Screen(
        "itinerary",
        drawings("empty", "leg", "problem", "queued", state = ::example) { ItineraryScreen(it) {} },
    ) { app, _ -> ItineraryContent(app) }

private fun example(
    name: String,
    words: ScreenWords,
): ItineraryState {
    val ways = transports().map { Transport(it, transportIn(words, it)) }
    val (from, until) = dateText("2026-03-24", words.language) to dateText("2026-03-27", words.language)
    val dates = words.format("itinerary-dates", "from" to from, "until" to until)
    val title = words.format("itinerary-leg-number", "number" to 1) + "  330106"
    val legs = listOf(LegView(title, dates + "\n" + transportIn(words, "train") + " G7"))
    val typed = TypedLeg("330106", TypedDate("2026", "3", "27"), TypedDate("2026", "3", "24"), "train", "G7")
    return when (name) {
        "leg" -> ItineraryState(ItineraryPage.LIST, legs, transports = ways)
        "problem" -> {
            val text = textOfCode("itinerary_until_before_from", words.language).orEmpty()
            ItineraryState(ItineraryPage.LEG, legs, typed, 0, ways, listOf(LegProblem("until", text)))
        }
        "queued" -> ItineraryState(ItineraryPage.QUEUED)
        else -> ItineraryState(ItineraryPage.LIST)
    }
}
