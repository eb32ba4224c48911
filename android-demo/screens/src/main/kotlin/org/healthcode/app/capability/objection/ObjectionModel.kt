package org.healthcode.app.capability.objection

import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableLongStateOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import kotlinx.coroutines.launch
import org.healthcode.app.App
import org.healthcode.app.HEALTH_LINE
import org.healthcode.app.screen.lookOf
import org.healthcode.core.HealthCodeException
import org.healthcode.core.HomeView
import org.healthcode.core.MomentStyle
import org.healthcode.core.ObjectionView
import org.healthcode.core.SyncReason
import org.healthcode.core.checkObjection
import org.healthcode.core.momentText
import org.healthcode.core.objectionMaxChars
import org.healthcode.text

/** Takes an objection down and follows it: what waits and what was taken, the home view says. */
internal class ObjectionModel(
    private val app: App,
) {
    private val words get() = app.words

    private var statement by mutableStateOf("")

    /** In the language of the moment. */
    private var problem by mutableStateOf<(() -> String?)?>(null)
    private var attempt by mutableStateOf(0)
    private var isChecking by mutableStateOf(false)
    private var writesAnother by mutableStateOf(false)
    private var now by mutableLongStateOf(0)
    private var isSending = false

    /** Looks at the core's clock: moments are told as of then. */
    suspend fun readTime() = saying { now = app.health.now().atMs / 1_000 }

    fun state(home: HomeView): ObjectionState {
        val taken = home.objections.lastOrNull()
        val page =
            when {
                writesAnother || (home.objectionsWaiting == 0u && taken == null) ->
                    if (isChecking) ObjectionPage.CHECK else ObjectionPage.WRITE
                home.objectionsWaiting > 0u || taken == null -> ObjectionPage.QUEUED
                taken.isOverdue -> ObjectionPage.OVERDUE
                else -> ObjectionPage.RECEIVED
            }
        val isTaken = page == ObjectionPage.RECEIVED || page == ObjectionPage.OVERDUE
        val colour = home.colour ?: return ObjectionState(ObjectionPage.WRITE)
        return ObjectionState(
            page = page,
            look = lookOf(colour.colour),
            title = colour.title,
            concerns = colour.why,
            statement = statement,
            maxChars = objectionMaxChars().toInt(),
            problem = problem?.invoke(),
            attempt = attempt,
            received = taken?.takeIf { isTaken }?.let(::told),
            receipt = taken?.takeIf { isTaken }?.uploadId,
        )
    }

    fun act(action: ObjectionAction) {
        when (action) {
            is ObjectionAction.Type -> statement = action.statement
            ObjectionAction.Send -> if (isChecking) app.scope.launch { send() } else check()
            ObjectionAction.Change -> isChecking = false
            ObjectionAction.Another -> writesAnother = true
            ObjectionAction.Call -> app.callHealthLine()?.let { problem = { words.format("common-call-by-hand", "number" to HEALTH_LINE) } }
            ObjectionAction.Back -> app.navigator.back()
        }
    }

    /** One step back; whether there was one. */
    fun stepBack(): Boolean {
        val wasChecking = isChecking
        isChecking = false
        return wasChecking
    }

    private fun told(taken: ObjectionView): String {
        val deadline = taken.decidedBy?.let { moment(it, MomentStyle.DEADLINE) }
        return when {
            deadline == null -> words["common-received"]
            taken.isOverdue -> words.format("objection-overdue-text", "deadline" to deadline)
            else -> {
                val received = moment(taken.receivedAt, MomentStyle.DAY_AND_TIME)
                words.format("objection-received-text", "time" to received, "deadline" to deadline)
            }
        }
    }

    private fun moment(
        at: Long,
        style: MomentStyle,
    ) = momentText(at, now, style, words.language)

    private fun check() {
        val checked = statement
        val refused = checkObjection(checked, words.language)
        if (refused != null) attempt += 1
        isChecking = refused == null
        problem =
            when (refused?.code) {
                null -> null
                REQUIRED -> ({ words["objection-problem-empty"] })
                else -> ({ checkObjection(checked, words.language)?.text })
            }
    }

    private suspend fun send() {
        if (isSending) return
        isSending = true
        saying {
            app.health.submitCorrection(statement)
            statement = ""
            writesAnother = false
            isChecking = false
        }
        isSending = false
        if (problem == null) saying { app.health.sync(SyncReason.AFTER_SUBMIT) }
        readTime()
    }

    private suspend fun saying(work: suspend () -> Unit) {
        try {
            work()
        } catch (refused: HealthCodeException) {
            attempt += 1
            isChecking = false
            val first = (refused as? HealthCodeException.FormRefused)?.fields?.firstOrNull()
            problem = { first?.text ?: refused.text(words.language) }
        }
    }

    private companion object {
        const val REQUIRED = "answer_required"
    }
}

/** The living screen. */
@Composable
internal fun ObjectionContent(app: App) {
    val model = remember(app) { ObjectionModel(app) }
    val home by app.health.home.collectAsState()
    LaunchedEffect(model) { model.readTime() }
    DisposableEffect(model) {
        app.navigator.within = model::stepBack
        onDispose { app.navigator.within = null }
    }
    ObjectionScreen(model.state(home), model::act)
}
