package org.healthcode.app.capability.export

import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import org.healthcode.ScreenWords
import org.healthcode.app.App
import org.healthcode.app.OneAct
import org.healthcode.app.SavedFile
import org.healthcode.app.design.Design
import org.healthcode.capability.exportData
import org.healthcode.capability.exportDocument
import org.healthcode.capability.exportPageText
import org.healthcode.capability.exportView
import org.healthcode.capability.requestHoldings
import org.healthcode.core.ExportView
import org.healthcode.core.HealthCodeException
import org.healthcode.core.HomeNoticeKind
import org.healthcode.core.HomeView
import org.healthcode.core.SyncReason
import org.healthcode.text

/** The export over the real core; the file goes where the person says, and nowhere else. */
internal class ExportModel(
    private val app: App,
) {
    private var view by mutableStateOf<ExportView?>(null)
    private var isSaved by mutableStateOf(false)
    private var problem by mutableStateOf<(() -> String)?>(null)
    private val acts = OneAct(app.scope)
    private val words get() = app.words

    /** Keeps up with every change and every sync. */
    suspend fun follow(): Unit = app.health.home.collect { read() }

    /** None until it was read, which takes milliseconds. */
    fun state(
        home: HomeView,
        words: ScreenWords,
    ): ExportState? {
        val seen = view ?: return problem?.let { ExportState(HoldingsName.NOT_REQUESTED, problem = it()) }
        val holdings = HoldingsName.valueOf(seen.holdings.name)
        return ExportState(
            holdings = holdings,
            title = seen.title,
            madeAt = seen.madeAtText,
            sections = seen.sections.map { part -> Section(part.title, part.rows.map { it.label to it.text }, part.emptyText) },
            told = toldOf(holdings, words),
            isOffline = home.notices.any { it.kind == HomeNoticeKind.OFFLINE },
            isSyncing = app.isSyncing,
            isBusy = acts.isUnderWay,
            isSaved = isSaved,
            problem = problem?.invoke(),
        )
    }

    fun act(action: ExportAction) {
        when (action) {
            ExportAction.BACK -> app.navigator.back()
            ExportAction.ASK -> begin { ask() }
            ExportAction.SYNC -> app.sync()
            ExportAction.SAVE_FILE -> begin { save(FILE, "application/json", app.health.exportData().encodeToByteArray()) }
            ExportAction.SAVE_PAGE -> begin { savePage() }
        }
    }

    private fun begin(work: suspend () -> Unit) =
        acts.begin {
            problem = null
            isSaved = false
            saying { work() }
        }

    private suspend fun read() = saying { view = app.health.exportView() }

    private suspend fun ask() {
        app.health.requestHoldings()
        read()
        app.sync(SyncReason.AFTER_SUBMIT)
    }

    private suspend fun savePage() {
        val document = app.health.exportDocument()
        val pages = app.host.pdf(document) { page, pages -> app.health.exportPageText(page, pages) }
        if (pages == null) problem = { words["common-not-saved"] } else save(document.fileName, "application/pdf", pages)
    }

    private suspend fun save(
        name: String,
        type: String,
        bytes: ByteArray,
    ) = when (app.host.save(name, type, bytes)) {
        SavedFile.SAVED -> isSaved = true
        SavedFile.CANCELLED -> Unit
        SavedFile.FAILED -> problem = { words["common-not-saved"] }
    }

    private inline fun saying(work: () -> Unit) {
        try {
            work()
        } catch (refused: HealthCodeException) {
            problem = { refused.text(words.language) }
        }
    }

    private companion object {
        const val FILE = "health-code-export.json"
    }
}

/** How far the authority's part is, in words. */
internal fun toldOf(
    holdings: HoldingsName,
    words: ScreenWords,
): String =
    when (holdings) {
        HoldingsName.NOT_REQUESTED -> words["export-not-requested"]
        HoldingsName.REQUESTED -> words["export-requested"]
        HoldingsName.COMING -> words["export-coming"]
        HoldingsName.HELD -> words["export-held"]
    }

/** The living screen. */
@Composable
internal fun ExportContent(app: App) {
    val home by app.health.home.collectAsState()
    val model = remember(app) { ExportModel(app) }
    LaunchedEffect(model, app.language) { model.follow() }
    model.state(home, Design.words)?.let { ExportScreen(it, model::act) }
}
