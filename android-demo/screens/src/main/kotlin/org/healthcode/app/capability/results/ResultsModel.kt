package org.healthcode.app.capability.results

import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import org.healthcode.app.App
import org.healthcode.app.SavedFile
import org.healthcode.app.design.StatusMark
import org.healthcode.capability.markResultsRead
import org.healthcode.capability.resultProof
import org.healthcode.capability.results
import org.healthcode.core.HealthCodeException
import org.healthcode.core.ResultLevel
import org.healthcode.core.ResultStep
import org.healthcode.core.ResultView
import org.healthcode.core.ResultsView
import org.healthcode.text

/**
 * Results over the real core; with [id] one of them.
 *
 * Invariant: what is seen here is looked at: the core is told so, and here it stays marked as new until the screen is left. What
 * counts, and for how long, the core says, asked again at the instant that it names.
 */
internal class ResultsModel(
    private val app: App,
    private val id: String?,
) {
    private var view by mutableStateOf<ResultsView?>(null)
    private var new by mutableStateOf(emptySet<String>())
    private var hint by mutableStateOf<(() -> String?)?>(null)
    private val health get() = app.health
    private val words get() = app.words

    /** Keeps up with every change and every sync. */
    suspend fun follow(): Unit = health.home.collect { read() }

    /** Keeps up with time, while anybody looks. */
    suspend fun followTime() =
        app.whileInFront {
            while (true) {
                read()
                delay(millisToChange())
            }
        }

    /** Until the view reads otherwise; not for long, as the clock may be set meanwhile. */
    private suspend fun millisToChange(): Long {
        val next = view?.nextChangeAt ?: return LOOK_AGAIN_MS
        return try {
            (next * 1_000 - health.now().atMs).coerceIn(SOONEST_MS, LOOK_AGAIN_MS)
        } catch (_: HealthCodeException) {
            LOOK_AGAIN_MS
        }
    }

    /** None until it was read, which takes milliseconds. */
    fun state(): ResultsState? {
        val seen = view ?: return null
        val current = seen.current.map(::shown)
        val past = seen.history.map(::shown)
        val one = id?.let { (current + past).find { one -> one.id == it } }
        return ResultsState(
            name =
                when {
                    one != null -> one.name
                    new.isNotEmpty() -> ResultsName.NEW
                    current.isEmpty() && past.isEmpty() -> ResultsName.EMPTY
                    else -> ResultsName.LIST
                },
            lead = seen.text,
            current = current,
            past = past,
            unverified = seen.unverifiedText,
            clock = seen.clockText,
            one = one,
            isSyncing = app.isSyncing,
            hint = hint?.invoke(),
        )
    }

    fun act(action: ResultsAction) {
        hint = null
        when (action) {
            is ResultsAction.Open -> app.navigator.open("results", action.id)
            is ResultsAction.Take -> take(action.step)
            is ResultsAction.SaveProof -> app.scope.launch { save(action.id) }
            ResultsAction.Certificates -> app.navigator.open("dcc")
            ResultsAction.Back -> app.navigator.back()
        }
    }

    private fun take(step: ResultsStep) {
        when (step) {
            ResultsStep.NONE -> Unit
            ResultsStep.CONNECT -> app.sync()
            ResultsStep.TEST_AGAIN -> app.navigator.open("clinics")
            ResultsStep.SEE_COLOUR -> app.navigator.open("why")
            ResultsStep.CALL -> app.callHealthLine()?.let { hint = { it } }
            ResultsStep.UPDATE -> if (!app.host.showUpdate()) hint = { words["common-update-by-hand"] }
        }
    }

    private suspend fun read() =
        saying {
            val seen = health.results()
            val unread = (seen.current + seen.history).filter { it.isNew && (id == null || it.id == id) }.map { it.id }
            new = new + unread
            view = seen
            if (unread.isNotEmpty() && app.isSeen) health.markResultsRead(unread)
        }

    private suspend fun save(id: String) =
        saying {
            hint =
                when (app.host.save(FILE, TYPE, health.resultProof(id))) {
                    SavedFile.SAVED -> ({ words["results-proof-saved"] })
                    SavedFile.CANCELLED -> null
                    SavedFile.FAILED -> ({ words["common-not-saved"] })
                }
        }

    private fun shown(result: ResultView) =
        ResultShown(
            id = result.id,
            name = nameOf(result),
            mark = markOf(result.level),
            title = result.title,
            outcome = result.outcomeText,
            countdown = result.countdown,
            sampled = result.sampledText,
            reported = result.reportedText,
            place = result.place,
            product = result.product,
            fact = result.factText,
            earlier = result.earlier.map { it.text },
            spoken = result.spoken,
            step = ResultsStep.valueOf(result.nextStep.name),
            stepText = result.nextStepText,
            isNew = result.id in new,
        )

    private inline fun saying(work: () -> Unit) {
        try {
            work()
        } catch (refused: HealthCodeException) {
            hint = { refused.text(words.language) }
        }
    }

    private companion object {
        const val FILE = "health-code-result.cose"
        const val TYPE = "application/cose"
        const val SOONEST_MS = 1_000L
        const val LOOK_AGAIN_MS = 30_000L
    }
}

private fun nameOf(result: ResultView): ResultsName =
    when (result.level) {
        ResultLevel.GOOD -> ResultsName.COUNTS
        ResultLevel.WAITING -> ResultsName.AWAITED
        ResultLevel.ATTENTION -> ResultsName.ATTENTION
        ResultLevel.UNCLEAR -> if (result.nextStep == ResultStep.UPDATE) ResultsName.UNKNOWN else ResultsName.UNCLEAR
        ResultLevel.PAST -> if (result.isWithdrawn) ResultsName.WITHDRAWN else ResultsName.PAST
    }

private fun markOf(level: ResultLevel): StatusMark =
    when (level) {
        ResultLevel.GOOD -> StatusMark.DONE
        ResultLevel.WAITING -> StatusMark.WAITING
        ResultLevel.ATTENTION -> StatusMark.ATTENTION
        ResultLevel.UNCLEAR -> StatusMark.UNCLEAR
        ResultLevel.PAST -> StatusMark.PAST
    }

/** The living screen, of the result that [argument] names. */
@Composable
internal fun ResultsContent(
    app: App,
    argument: String?,
) {
    val model = remember(app, argument) { ResultsModel(app, argument) }
    LaunchedEffect(model, app.language) { model.follow() }
    LaunchedEffect(model) { model.followTime() }
    model.state()?.let { ResultsScreen(it, model::act) }
}
