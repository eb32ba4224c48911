package org.healthcode.app.capability.itinerary

import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import org.healthcode.ScreenWords
import org.healthcode.app.App
import org.healthcode.app.OneAct
import org.healthcode.core.HealthCodeException
import org.healthcode.core.ItineraryLeg
import org.healthcode.core.SyncReason
import org.healthcode.core.dateText
import org.healthcode.core.transports
import org.healthcode.text

/** Takes legs down and hands them to the core, which judges them; what it refuses opens at the leg and the box. */
internal class ItineraryModel(
    private val app: App,
) {
    private val words get() = app.words

    private var page by mutableStateOf(ItineraryPage.LIST)
    private var legs by mutableStateOf<List<TypedLeg>>(emptyList())
    private var leg by mutableStateOf(TypedLeg())
    private var place by mutableStateOf(0)
    private var problems by mutableStateOf<List<LegProblem>>(emptyList())
    private var attempt by mutableStateOf(0)
    private val acts = OneAct(app.scope)

    val state: ItineraryState
        get() =
            ItineraryState(
                page,
                legs.mapIndexed(::shown),
                leg,
                place,
                transports().map { Transport(it, transport(it)) },
                problems,
                attempt,
            )

    fun act(action: ItineraryAction) {
        when (action) {
            ItineraryAction.Add -> write(legs.size, TypedLeg())
            is ItineraryAction.Edit -> write(action.place, legs[action.place])
            is ItineraryAction.Type -> leg = action.leg
            ItineraryAction.Keep -> keep()
            ItineraryAction.Remove -> {
                legs = legs.filterIndexed { index, _ -> index != place }
                show(ItineraryPage.LIST)
            }
            ItineraryAction.Send -> acts.begin { send() }
            ItineraryAction.Back -> app.navigator.back()
        }
    }

    /** One step back; whether there was one. A leg that was begun stays. */
    fun stepBack(): Boolean {
        if (page != ItineraryPage.LEG) return false
        if (leg != TypedLeg()) keep() else show(ItineraryPage.LIST)
        return true
    }

    private fun write(
        at: Int,
        typed: TypedLeg,
        wrong: List<LegProblem> = emptyList(),
    ) {
        place = at
        leg = typed
        page = ItineraryPage.LEG
        problems = wrong
    }

    private fun keep() {
        legs = if (place < legs.size) legs.toMutableList().also { it[place] = leg } else legs + leg
        show(ItineraryPage.LIST)
    }

    private fun show(next: ItineraryPage) {
        page = next
        problems = emptyList()
    }

    private fun transport(id: String): String = transportIn(words, id)

    private fun shown(
        index: Int,
        leg: TypedLeg,
    ): LegView {
        val (from, until) = listOf(leg.from, leg.until).map { date -> date.text?.let { dateText(it, words.language) }.orEmpty() }
        val how = listOf(if (leg.transport.isEmpty()) "" else transport(leg.transport), leg.number)
        val lines = listOf(words.format("itinerary-dates", "from" to from, "until" to until), how.joinToString(" "))
        val title = words.format("itinerary-leg-number", "number" to index + 1)
        return LegView("$title  ${leg.division}", lines.filter { it.isNotBlank() }.joinToString("\n"))
    }

    private suspend fun send() {
        try {
            app.health.submitItinerary(legs.map(::legOf))
            legs = emptyList()
            show(ItineraryPage.QUEUED)
            app.sync(SyncReason.AFTER_SUBMIT)
        } catch (refused: HealthCodeException.FormRefused) {
            refuse(refused)
        } catch (refused: HealthCodeException) {
            attempt += 1
            problems = listOf(LegProblem(null, refused.text(words.language)))
        }
    }

    /** Opens the first leg that something is wrong with: `legs.0.number`. */
    private fun refuse(refused: HealthCodeException.FormRefused) {
        attempt += 1
        val found = refused.fields.map { it.path.split('.') to it.text }
        val at = found.firstNotNullOfOrNull { (path, _) -> path.getOrNull(1)?.toIntOrNull() }
        if (at == null || at >= legs.size) {
            problems = found.map { (_, text) -> LegProblem(null, text) }
            return
        }
        val ofLeg = found.filter { (path, _) -> path.getOrNull(1) == "$at" }
        write(at, legs[at], ofLeg.map { (path, text) -> LegProblem(path.getOrNull(2), text) })
    }
}

/** A way to travel in words; its id is the word's last part. */
internal fun transportIn(
    words: ScreenWords,
    id: String,
): String {
    val word = "itinerary-transport-$id"
    return words[word]
}

private fun legOf(typed: TypedLeg) =
    ItineraryLeg(
        division = typed.division.trim().toUIntOrNull() ?: 0u,
        from = typed.from.text.orEmpty(),
        until = typed.until.text.orEmpty(),
        transport = typed.transport,
        number = typed.number,
    )

/** The living screen. */
@Composable
internal fun ItineraryContent(app: App) {
    val model = remember(app) { ItineraryModel(app) }
    DisposableEffect(model) {
        app.navigator.within = model::stepBack
        onDispose { app.navigator.within = null }
    }
    ItineraryScreen(model.state, model::act)
}
