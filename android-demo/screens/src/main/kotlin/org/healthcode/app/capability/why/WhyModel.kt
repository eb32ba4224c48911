package org.healthcode.app.capability.why

import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import org.healthcode.ScreenWords
import org.healthcode.app.App
import org.healthcode.app.design.Design
import org.healthcode.app.screen.lookOf
import org.healthcode.app.screen.meaningOf
import org.healthcode.capability.changes
import org.healthcode.core.CheckInDayState
import org.healthcode.core.CheckInsView
import org.healthcode.core.ColourTone
import org.healthcode.core.ColourView
import org.healthcode.core.HealthCodeException
import org.healthcode.core.Recomputation

/** Why, over the real core, which says it all. */
internal class WhyModel(
    private val app: App,
) {
    private var isByOfficers by mutableStateOf(false)
    private var hint by mutableStateOf<String?>(null)

    /** Keeps up with who decided. */
    suspend fun follow() {
        app.health.home.collect {
            try {
                isByOfficers =
                    app.health
                        .changes()
                        .changes
                        .firstOrNull()
                        ?.officers
                        .orEmpty()
                        .isNotEmpty()
            } catch (_: HealthCodeException) {
                // The history's screen says it.
            }
        }
    }

    fun act(action: WhyAction) {
        hint = null
        when (action) {
            WhyAction.BACK -> app.navigator.back()
            WhyAction.APPEAL -> app.navigator.open("appeal")
            WhyAction.RESULTS -> app.navigator.open("results")
            WhyAction.HISTORY -> app.navigator.open("history")
            WhyAction.CALL -> hint = app.callHealthLine()
        }
    }

    fun state(
        colour: ColourView,
        words: ScreenWords,
    ): WhyState =
        WhyState(
            name =
                when {
                    colour.recomputation == Recomputation.DIFFERS -> WhyName.DIFFERS
                    colour.shown.tone == ColourTone.ORANGE -> WhyName.ORANGE
                    colour.checkIns != null -> WhyName.CHECK_INS
                    isByOfficers -> WhyName.OFFICER
                    else -> WhyName.GREEN
                },
            look = lookOf(colour.shown.tone),
            title = colour.shown.word,
            spoken = colour.title,
            meaning = meaningOf(lookOf(colour.shown.tone), words),
            reason = colour.why,
            instruction = colour.instruction,
            since = app.moment(colour.since),
            steps = colour.wayToGreen.steps,
            earliestGreen = colour.wayToGreen.earliestText,
            checkIns = colour.checkIns?.let { checkInsOf(it, words) },
            rule = colour.ruleText,
            ruleName = words.format("why-rule-name", "id" to colour.ruleSetId, "version" to colour.ruleSetVersion),
            isByOfficers = isByOfficers,
            comparison =
                when (colour.recomputation) {
                    Recomputation.SAME -> words["why-matches"]
                    Recomputation.DIFFERS -> words["why-differs-text"]
                    Recomputation.NOT_BY_THIS_VERSION, Recomputation.NOT_YET -> words["why-unchecked"]
                },
            citizenId = colour.citizenId,
            hasReports = colour.reports.isNotEmpty(),
            hint = hint,
        )

    private fun checkInsOf(
        checkIns: CheckInsView,
        words: ScreenWords,
    ) = CheckIns(
        text = checkIns.text,
        resetText = checkIns.resetText,
        days =
            checkIns.days.map { day ->
                val kind = boxOf(day.state)
                CheckInBox(day.label, kind, spokenDay(day.label, kind, words))
            },
    )

    private fun boxOf(state: CheckInDayState) =
        when (state) {
            CheckInDayState.DONE -> BoxKind.DONE
            CheckInDayState.MISSED -> BoxKind.MISSED
            CheckInDayState.UNKNOWN -> BoxKind.UNKNOWN
            CheckInDayState.TODAY -> BoxKind.TODAY
            CheckInDayState.COMING -> BoxKind.COMING
        }
}

/** The living screen; where the colour has gone meanwhile, home says what holds. */
@Composable
internal fun WhyContent(app: App) {
    val view by app.health.home.collectAsState()
    val model = remember(app) { WhyModel(app) }
    LaunchedEffect(model) { model.follow() }
    val colour = view.colour
    if (colour == null) {
        LaunchedEffect(app) { app.navigator.home() }
    } else {
        WhyScreen(model.state(colour, Design.words), model::act)
    }
}
