package org.healthcode.app.capability.code

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.collectLatest
import kotlinx.coroutines.launch
import org.healthcode.ScreenWords
import org.healthcode.app.App
import org.healthcode.app.design.QrModules
import org.healthcode.app.design.StateLook
import org.healthcode.app.screen.OWNER
import org.healthcode.app.screen.lookOf
import org.healthcode.app.screen.meaningOf
import org.healthcode.app.screen.modulesOf
import org.healthcode.capability.dependants
import org.healthcode.capability.groupCodes
import org.healthcode.capability.words
import org.healthcode.core.DependantState
import org.healthcode.core.GroupCode
import org.healthcode.core.HealthCodeException

/**
 * The codes of everybody on this phone, one after the other.
 *
 * Invariant: who looks after nobody sees nothing of it; a code is drawn until the next one is due, and no longer.
 */
internal class GroupModel(
    private val app: App,
    first: String,
) {
    private var codes by mutableStateOf<List<Pictured>>(emptyList())
    private var shownId by mutableStateOf(first)
    private var elapsedFifths by mutableIntStateOf(0)

    /** Whether it is known who is looked after here. */
    var hasRead by mutableStateOf(false)
        private set

    private class Pictured(
        val view: GroupCode,
        val modules: QrModules?,
    )

    private val place: Int get() = codes.indexOfFirst { it.view.id == shownId }.coerceAtLeast(0)

    /** The dependant whose tab is shown; none for the owner's. */
    val id: String? get() =
        codes
            .getOrNull(place)
            ?.view
            ?.id
            ?.takeIf { it != OWNER }

    fun show(tab: Int) {
        shownId = codes.getOrNull(tab)?.view?.id ?: return
    }

    /** Follows them until it is cancelled; anew with each change of home. */
    suspend fun follow() {
        app.health.home.collectLatest {
            try {
                read()
            } catch (_: HealthCodeException) {
                codes = emptyList()
                hasRead = true
            }
        }
    }

    private suspend fun read() {
        while (true) {
            val cared =
                app.health
                    .dependants()
                    .dependants
                    .filter { it.state == DependantState.IN_CARE }
            val read = if (cared.isEmpty()) emptyList() else app.health.groupCodes(listOf(OWNER) + cared.map { it.id })
            codes = read.map { Pictured(it, it.code?.takeUnless { code -> code.isExpired }?.let { code -> modulesOf(code.text) }) }
            hasRead = true
            val due = read.mapNotNull { it.code?.remainingMs?.toLong() }.minOrNull() ?: return
            coroutineScope {
                val steps = read.firstNotNullOfOrNull { it.code }?.let { launch { inFifths(it) { fifths -> elapsedFifths = fifths } } }
                delay(due.coerceAtLeast(1))
                steps?.cancel()
            }
        }
    }

    /** The owner's own screen where nobody else is here; else the shown one's, with the tabs. */
    fun over(
        own: CodeState,
        words: ScreenWords,
    ): CodeState {
        if (codes.size < 2) return own
        val one = codes[place]
        val code = one.view.code.takeIf { one.modules != null }
        val colour = code?.colour?.words(code.scheme, words.language)
        val look = colour?.let { lookOf(it.tone) } ?: StateLook.UNKNOWN
        val isOwner = one.view.id == OWNER
        return own.copy(
            name = if (code == null) CodeName.SEVERAL_MISSING else CodeName.SEVERAL,
            person = one.view.title,
            look = look,
            title = colour?.word ?: words["code-none-title"],
            spoken = one.view.spoken,
            meaning = colour?.let { meaningOf(look, words) },
            code = one.modules,
            absence =
                one.view.missingText
                    .takeIf { code == null }
                    ?.ifEmpty { words["code-expired-text"] },
            next = if (isOwner) own.next else words["code-person"],
            notes = code?.let(::notesOf).orEmpty(),
            shownBefore = code?.shownBeforeText,
            elapsedFifths = elapsedFifths,
            tabs = codes.map { tabOf(it, words) },
            shown = place,
        )
    }

    private fun tabOf(
        one: Pictured,
        words: ScreenWords,
    ): CodeTab {
        val colour =
            one.view.code
                ?.let { it.colour.words(it.scheme, words.language).word }
                .orEmpty()
        val image = words.format("code-image", "name" to one.view.name, "colour" to colour)
        return CodeTab(one.view.id, one.view.name, one.modules, image)
    }
}
