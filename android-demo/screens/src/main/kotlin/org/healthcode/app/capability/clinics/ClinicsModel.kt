package org.healthcode.app.capability.clinics

import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import kotlinx.coroutines.launch
import org.healthcode.app.App
import org.healthcode.capability.clinics
import org.healthcode.core.Answer
import org.healthcode.core.ClinicOpen
import org.healthcode.core.ClinicView
import org.healthcode.core.FormKind
import org.healthcode.core.HealthCodeException
import org.healthcode.core.Position
import org.healthcode.core.distanceText

/**
 * Clinics over the real core, which sorts them.
 *
 * Invariant: the position is asked for when the person says so, handed to the core and kept nowhere.
 */
internal class ClinicsModel(
    private val app: App,
) {
    private val words get() = app.words

    /** What is seen; null until the core has answered, which takes milliseconds. */
    var state by mutableStateOf<ClinicsState?>(null)
        private set

    private var position: Position? = null

    /** How often the person chose: what an older choice finds is not shown over a newer one's. */
    private var choices = 0

    /** Begins with the person's own district where it has clinics; reads them again after every sync. */
    suspend fun follow() {
        val own = attempt { app.health.draft(FormKind.REGISTRATION)["division"] } as? Answer.Text
        val district = own?.text?.toUIntOrNull()
        state = ClinicsState(emptyList(), ownDistrict = district)
        val isServed = district != null && attempt { app.health.clinics(division = district) }.orEmpty().isNotEmpty()
        if (choices == 0) state = state?.copy(district = district.takeIf { isServed })
        app.health.home.collect { load(state?.district, choices) }
    }

    fun act(action: ClinicsAction) {
        when (action) {
            ClinicsAction.Back -> app.navigator.back()
            ClinicsAction.UsePosition -> choose { usePosition(it) }
            ClinicsAction.ChooseDistrict -> state = state?.let { it.copy(isChoosing = !it.isChoosing) }
            is ClinicsAction.Choose -> choose { load(action.district, it) }
            is ClinicsAction.Call -> {
                val isCalled = app.host.call(action.phone)
                val byHand = words.format("common-call-by-hand", "number" to action.phone)
                state = state?.copy(note = byHand.takeIf { !isCalled })
            }
        }
    }

    private fun choose(work: suspend (Int) -> Unit) {
        choices += 1
        val choice = choices
        app.scope.launch { work(choice) }
    }

    private suspend fun usePosition(choice: Int) {
        val here = app.host.position()
        if (choice != choices) return
        position = here?.let { Position(it.latitude, it.longitude) }
        // Where it is not to be had the districts are there.
        if (here == null) state = state?.copy(note = words["clinics-no-position"], isChoosing = true) else load(null, choice)
    }

    private suspend fun load(
        district: UInt?,
        choice: Int,
    ) {
        app.readTime()
        val health = app.health
        val open = attempt { health.clinics(position, district, openOnly = true) }.orEmpty()
        val all = attempt { health.clinics(position, district) }.orEmpty()
        val everywhere = attempt { health.clinics(limit = MOST) }.orEmpty()
        if (choice != choices) return
        val sorted = open + all.filter { clinic -> open.none { it.id == clinic.id } }
        state =
            state?.copy(
                clinics = sorted.map(::stateOf),
                isNear = position != null,
                districts = everywhere.map { it.division }.distinct().sorted(),
                district = district,
                isChoosing = false,
                note = null,
            )
    }

    private fun stateOf(view: ClinicView): ClinicState {
        val time = view.changesAt?.let { app.moment(it) }
        return ClinicState(
            id = view.id,
            name = view.name,
            address = view.address,
            phone = view.phone,
            open = view.open,
            changes =
                when {
                    view.open == ClinicOpen.UNKNOWN -> words["clinics-hours-unknown"]
                    time == null -> null
                    view.open == ClinicOpen.OPEN -> words.format("clinics-closes-at", "time" to time)
                    else -> words.format("clinics-opens-at", "time" to time)
                },
            distance =
                view.distanceM?.let { metres ->
                    words.format("clinics-distance", "distance" to distanceText(metres, words.language))
                },
        )
    }

    private inline fun <T> attempt(work: () -> T): T? =
        try {
            work()
        } catch (_: HealthCodeException) {
            // An empty list says that there is none.
            null
        }

    private companion object {
        const val MOST = 10_000u
    }
}

/** The living screen. */
@Composable
internal fun ClinicsContent(app: App) {
    val model = remember(app) { ClinicsModel(app) }
    LaunchedEffect(model) { model.follow() }
    model.state?.let { ClinicsScreen(it, model::act) }
}
