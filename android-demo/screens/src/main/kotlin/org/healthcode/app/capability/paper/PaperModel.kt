package org.healthcode.app.capability.paper

import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import org.healthcode.app.App
import org.healthcode.app.OneAct
import org.healthcode.app.SavedFile
import org.healthcode.app.screen.OWNER
import org.healthcode.app.screen.modulesOf
import org.healthcode.capability.dependants
import org.healthcode.capability.endPaper
import org.healthcode.capability.papers
import org.healthcode.capability.requestPaper
import org.healthcode.core.HealthCodeException
import org.healthcode.core.PaperSheetView
import org.healthcode.core.PapersView
import org.healthcode.core.RefusedUpload
import org.healthcode.core.SyncReason
import org.healthcode.core.codePng
import org.healthcode.core.dateText
import org.healthcode.subject
import org.healthcode.text

/** Sheets of paper over the real core, of the owner or of a dependant: what counts and for how long, it says. */
internal class PaperModel(
    private val app: App,
    private val id: String?,
) {
    private var page by mutableStateOf(PaperPage.MAIN)
    private var view by mutableStateOf<PapersView?>(null)
    private var person by mutableStateOf<String?>(null)
    private var refused by mutableStateOf<RefusedUpload?>(null)
    private var days by mutableStateOf(USUAL_DAYS)
    private var problem by mutableStateOf<(() -> String?)?>(null)
    private var attempt by mutableIntStateOf(0)
    private var hint by mutableStateOf<(() -> String)?>(null)
    private val subject = app.health.subject(id ?: OWNER)
    private val acts = OneAct(app.scope)
    private val words get() = app.words

    /** Keeps up with every change and every sync. */
    suspend fun follow(): Unit = app.health.home.collect { read() }

    /** None until it was read, which takes milliseconds. */
    fun state(): PaperState? {
        val seen = view ?: return null
        return PaperState(
            page = page,
            person = person,
            sheet = seen.sheet?.let(::shown),
            earlier = seen.earlier.map(::shown),
            waiting = seen.waitingText,
            isEnding = seen.isEnding && !seen.isAskedFor,
            days = days,
            maxDays = seen.maxDays.toInt(),
            advice = seen.advice,
            problem = problem?.invoke() ?: refused?.takeIf { seen.waitingText == null }?.let { it.fieldText ?: it.text },
            attempt = attempt,
            hint = hint?.invoke(),
            isSyncing = app.isSyncing,
            isBusy = acts.isUnderWay,
        )
    }

    fun act(action: PaperAction) {
        when (action) {
            PaperAction.Back -> app.navigator.back()
            is PaperAction.Type -> {
                saidNothing()
                days = action.days
            }
            PaperAction.Ask -> if (view?.sheet == null) begin { ask() } else turnTo(PaperPage.REPLACE)
            PaperAction.AskToEnd -> turnTo(PaperPage.END)
            PaperAction.Confirm ->
                begin {
                    val asked = page
                    page = PaperPage.MAIN
                    if (asked == PaperPage.REPLACE) ask() else end()
                }
            PaperAction.Sync -> app.sync()
            PaperAction.Save -> begin { save() }
        }
    }

    private fun begin(work: suspend () -> Unit) =
        acts.begin {
            saidNothing()
            work()
        }

    private fun turnTo(next: PaperPage) {
        if (acts.isUnderWay) return
        saidNothing()
        page = next
    }

    private fun saidNothing() {
        problem = null
        hint = null
    }

    /** One step back; whether there was one. */
    fun stepBack(): Boolean {
        val wasAsking = page != PaperPage.MAIN
        page = PaperPage.MAIN
        return wasAsking
    }

    private suspend fun read() =
        saying {
            view = subject.papers()
            refused = subject.home().uploadsRefused.lastOrNull { it.kind == REQUEST }
            person =
                id?.let {
                    app.health
                        .dependants()
                        .dependants
                        .find { one -> one.id == id }
                        ?.name
                }
        }

    private suspend fun ask() {
        val wanted = days.trim().toUByteOrNull()
        if (wanted == null) {
            attempt += 1
            problem = { words.format("paper-days-most", "count" to (view?.maxDays?.toInt() ?: 0)) }
            return
        }
        sending {
            refused?.let { subject.dismissUpload(it.uploadId) }
            subject.requestPaper(wanted)
        }
    }

    private suspend fun end() = sending { subject.endPaper() }

    private suspend fun sending(work: suspend () -> Unit) {
        saying {
            work()
            app.sync(SyncReason.AFTER_SUBMIT)
        }
        read()
    }

    private suspend fun save() {
        val code = view?.sheet?.code ?: return
        val saved =
            try {
                app.host.save(FILE, "image/png", codePng(code, PIXELS))
            } catch (_: HealthCodeException) {
                SavedFile.FAILED
            }
        hint =
            when (saved) {
                SavedFile.SAVED -> ({ words["paper-saved"] })
                SavedFile.CANCELLED -> null
                SavedFile.FAILED -> ({ words["common-not-saved"] })
            }
    }

    private fun shown(sheet: PaperSheetView) =
        Sheet(
            code = sheet.code?.let(::modulesOf),
            maskedName = sheet.maskedName,
            documentTail = sheet.documentTail,
            days =
                words.format(
                    "paper-dates",
                    "from" to dateText(sheet.firstDay, words.language),
                    "until" to dateText(sheet.lastDay, words.language),
                ),
            standing = sheet.standingText,
            byDesk = sheet.byDesk,
        )

    private inline fun saying(work: () -> Unit) {
        try {
            work()
        } catch (wrong: HealthCodeException) {
            attempt += 1
            val first = (wrong as? HealthCodeException.FormRefused)?.fields?.firstOrNull()
            problem = { first?.text ?: wrong.text(words.language) }
        }
    }

    private companion object {
        const val USUAL_DAYS = "30"
        const val REQUEST = "paper-request"
        const val FILE = "health-code-paper.png"

        /** Pixels a module: 46 mm wide at 600 dots an inch. */
        val PIXELS = 16u
    }
}

/** The living screen, of the dependant that [argument] names. */
@Composable
internal fun PaperContent(
    app: App,
    argument: String?,
) {
    val model = remember(app, argument) { PaperModel(app, argument) }
    LaunchedEffect(model, app.language) { model.follow() }
    DisposableEffect(model) {
        app.navigator.within = model::stepBack
        onDispose { app.navigator.within = null }
    }
    model.state()?.let { PaperScreen(it, model::act) }
}
