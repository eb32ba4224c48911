package org.healthcode.app.capability.family

import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import kotlinx.coroutines.delay
import org.healthcode.app.App
import org.healthcode.app.OneAct
import org.healthcode.app.capability.form.DEPENDANT
import org.healthcode.app.screen.DECLARATION
import org.healthcode.app.screen.OWNER
import org.healthcode.app.screen.modulesOf
import org.healthcode.capability.carers
import org.healthcode.capability.dependants
import org.healthcode.capability.endCare
import org.healthcode.core.CareCodeState
import org.healthcode.core.CareCodeView
import org.healthcode.core.CarePurpose
import org.healthcode.core.DependantsView
import org.healthcode.core.HealthCodeException
import org.healthcode.core.HomeNoticeKind
import org.healthcode.core.HomeView
import org.healthcode.core.MomentStyle
import org.healthcode.core.NextStepKind
import org.healthcode.core.Stage
import org.healthcode.core.SyncReason
import org.healthcode.subject
import org.healthcode.text

/**
 * Dependants over the real core.
 *
 * Invariant: what is shown was read after the last change of home; a code for the other side is made only where somebody asked
 * for one.
 */
internal class FamilyModel(
    private val app: App,
    first: String?,
) {
    private var page by mutableStateOf(if (first == null) FamilyPage.LIST else FamilyPage.PERSON)
    private var personId by mutableStateOf(first)
    private var view by mutableStateOf<DependantsView?>(null)
    private var homes by mutableStateOf<Map<String, HomeView>>(emptyMap())
    private var code by mutableStateOf<CareCodeView?>(null)
    private var purpose = CarePurpose.CARER
    private var carers by mutableStateOf<List<Carer>>(emptyList())
    private var asked by mutableStateOf<String?>(null)
    private var chosen by mutableStateOf<Set<String>>(emptySet())
    private var deviceId by mutableStateOf<String?>(null)
    private var problem by mutableStateOf<(() -> String)?>(null)
    private val acts = OneAct(app.scope)
    private val words get() = app.words
    private val health get() = app.health

    /** Keeps up with every change and every sync. */
    suspend fun follow() {
        saying { deviceId = health.deviceId() }
        health.home.collect { read() }
    }

    /** A code for the other side ends by time alone. */
    suspend fun followCode() {
        while (true) {
            delay(
                code
                    ?.remainingSecs
                    ?.toLong()
                    ?.takeIf { it > 0 }
                    ?.coerceAtMost(LOOK_AGAIN_SECS)
                    ?.times(1_000) ?: (LOOK_AGAIN_SECS * 1_000),
            )
            if (page == FamilyPage.SHOW_CODE) saying { readCode() }
        }
    }

    /** None until it was read, which takes milliseconds. */
    fun state(home: HomeView): FamilyState? {
        val seen = view ?: return null
        val people = seen.dependants.map { personOf(it, homes[it.id], words) }
        val isListed = people.any { it.id == personId }
        return FamilyState(
            // Whoever is here no more has no page.
            page = if (page in OF_ONE && personId != OWNER && !isListed) FamilyPage.LIST else page,
            lead = seen.text,
            people = if (page == FamilyPage.DECLARE) listOf(myself(words)) + people.filter { it.stage == PersonStage.IN_CARE } else people,
            isFull = seen.canAdd == 0u,
            isRegistered = home.stage != Stage.NOT_REGISTERED && home.stage != Stage.REGISTRATION_REFUSED,
            isOffline = home.notices.any { it.kind == HomeNoticeKind.OFFLINE },
            isSyncing = app.isSyncing,
            person = people.find { it.id == personId },
            code = code?.let(::shown),
            carers = carers.map { it.copy(isAsked = it.id == asked) },
            deviceId = deviceId,
            chosen = chosen,
            problem = problem?.invoke(),
        )
    }

    fun act(action: FamilyAction) {
        // What is under way says itself how it ended, on the page that it was begun on.
        if (acts.isUnderWay && action != FamilyAction.Back) return
        problem = null
        when (action) {
            FamilyAction.Back -> app.navigator.back()
            FamilyAction.Sync -> app.sync()
            is FamilyAction.Show -> show(action.page)
            is FamilyAction.OpenPerson -> app.navigator.open("family", action.id)
            FamilyAction.FillIn -> {
                val id = personId.takeIf { page != FamilyPage.ADD }
                if (page == FamilyPage.ADD) page = FamilyPage.LIST
                app.navigator.open("form", listOfNotNull(DEPENDANT, id).joinToString(" "))
            }
            FamilyAction.Next -> next()
            FamilyAction.Declare -> declareFor(listOfNotNull(personId))
            FamilyAction.Paper -> app.navigator.open("paper", personId)
            FamilyAction.ShowHealthCode -> app.navigator.open("code", personId.takeIf { page == FamilyPage.PERSON })
            is FamilyAction.ShowCareCode -> {
                if (page == FamilyPage.CARERS) personId = OWNER
                purpose = if (action.isForPhone) CarePurpose.PHONE else CarePurpose.CARER
                acts.begin { openCode() }
            }
            FamilyAction.AnotherCode -> acts.begin { makeCode() }
            FamilyAction.Leave -> acts.begin { leave() }
            is FamilyAction.Choose -> chosen = if (action.id in chosen) chosen - action.id else chosen + action.id
            FamilyAction.DeclareForChosen ->
                if (chosen.isEmpty()) problem = { words["family-declare-nobody"] } else declareFor(chosen.toList())
            is FamilyAction.EndCare -> if (asked == action.id) acts.begin { end(action.id) } else asked = action.id
        }
    }

    /** One step back; whether there was one. */
    fun stepBack(): Boolean {
        problem = null
        asked = null
        val above =
            when (page) {
                FamilyPage.LIST -> null
                FamilyPage.PERSON -> null
                FamilyPage.LEAVE -> FamilyPage.PERSON
                FamilyPage.SHOW_CODE -> if (personId == OWNER) FamilyPage.CARERS else FamilyPage.PERSON
                FamilyPage.ADD, FamilyPage.DECLARE, FamilyPage.CARERS -> FamilyPage.LIST
            }
        if (above == FamilyPage.CARERS) personId = null
        if (above != null) page = above
        return above != null
    }

    private fun show(next: FamilyPage) {
        if (next == FamilyPage.DECLARE) {
            // Whom the core asks for a declaration; the others can be added.
            val due = homes.filterValues { it.nextStep.kind in DECLARES }.keys
            val own = setOf(OWNER).takeIf { health.home.value.nextStep.kind in DECLARES }.orEmpty()
            chosen = own + due
        }
        page = next
    }

    private fun next() {
        val id = personId ?: return
        when (homes[id]?.nextStep?.kind) {
            NextStepKind.SHOW_CODE -> app.navigator.open("code", id)
            in DECLARES -> declareFor(listOf(id))
            NextStepKind.REGISTER, NextStepKind.MEND_REGISTRATION -> app.navigator.open("form", "$DEPENDANT $id")
            NextStepKind.UPDATE -> if (!app.host.showUpdate()) problem = { words["common-update-by-hand"] }
            else -> app.sync()
        }
    }

    private fun declareFor(ids: List<String>) {
        if (page == FamilyPage.DECLARE) page = FamilyPage.LIST
        app.navigator.open("form", (listOf(DECLARATION) + ids).joinToString(" "))
    }

    private suspend fun read() =
        saying {
            val read = health.dependants()
            homes = read.dependants.associate { it.id to health.subject(it.id).home() }
            view = read
            carers = health.carers().filterNot { it.isThisPhone }.map { Carer(it.id, it.text) }
            if (page == FamilyPage.SHOW_CODE) readCode()
        }

    private suspend fun readCode() {
        code = personId?.let { health.subject(it).careCode() }
    }

    private suspend fun openCode() {
        code = null
        page = FamilyPage.SHOW_CODE
        saying { readCode() }
        val isHere = code?.let { it.purpose == purpose && it.state != CareCodeState.OVER } ?: false
        if (!isHere) makeCode()
    }

    /** It counts after a sync. */
    private suspend fun makeCode() {
        val id = personId ?: return
        saying {
            code = health.subject(id).showCareCode(purpose)
            app.sync(SyncReason.AFTER_SUBMIT)
        }
    }

    private suspend fun leave() {
        val id = personId ?: return
        saying {
            health.subject(id).erase()
            page = FamilyPage.PERSON
            app.navigator.back()
            health.refresh()
            app.sync(SyncReason.AFTER_SUBMIT)
        }
    }

    private suspend fun end(id: String) =
        saying {
            health.endCare(listOf(id))
            asked = null
            app.sync(SyncReason.AFTER_SUBMIT)
            read()
        }

    private fun shown(view: CareCodeView) =
        ShownCareCode(
            stage =
                when (view.state) {
                    CareCodeState.WAITING -> CareCodeStage.WAITING
                    CareCodeState.COUNTS -> CareCodeStage.COUNTS
                    CareCodeState.OVER -> CareCodeStage.OVER
                },
            text = view.text,
            code = view.code,
            picture = modulesOf(view.pictureText),
            until = view.until?.let { words.format("family-code-until", "time" to app.moment(it, MomentStyle.TIME)) },
        )

    private inline fun saying(work: () -> Unit) {
        try {
            work()
        } catch (refused: HealthCodeException) {
            problem = { refused.text(words.language) }
        }
    }

    private companion object {
        const val LOOK_AGAIN_SECS = 30L
        val OF_ONE = setOf(FamilyPage.PERSON, FamilyPage.LEAVE, FamilyPage.SHOW_CODE)
    }
}

/** The living screen, at the page of the dependant that [argument] names. */
@Composable
internal fun FamilyContent(
    app: App,
    argument: String?,
) {
    val home by app.health.home.collectAsState()
    val model = remember(app, argument) { FamilyModel(app, argument) }
    LaunchedEffect(model, app.language) { model.follow() }
    LaunchedEffect(model) { app.whileInFront { model.followCode() } }
    DisposableEffect(model) {
        app.navigator.within = model::stepBack
        onDispose { app.navigator.within = null }
    }
    model.state(home)?.let { FamilyScreen(it, model::act) }
}
