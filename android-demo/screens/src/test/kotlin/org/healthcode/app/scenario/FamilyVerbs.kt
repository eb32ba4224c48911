@file:OptIn(ExperimentalTestApi::class)

package org.healthcode.app.scenario

import androidx.compose.ui.test.ComposeUiTest
import androidx.compose.ui.test.ExperimentalTestApi
import kotlinx.coroutines.runBlocking
import org.healthcode.ScreenWords
import org.healthcode.app.App
import org.healthcode.app.capability.form.BIRTH_DATE
import org.healthcode.app.capability.form.CARE_CODE
import org.healthcode.app.screen.ENTRY
import org.healthcode.app.support.awaitState
import org.healthcode.app.support.awaitThat
import org.healthcode.app.support.isBusy
import org.healthcode.app.support.shows
import org.healthcode.app.support.stateName
import org.healthcode.app.support.tap
import org.healthcode.app.support.type
import org.healthcode.capability.dependants
import org.healthcode.core.Answer
import org.healthcode.core.CarePurpose
import org.healthcode.core.FormKind
import org.healthcode.subject
import org.healthcode.support.Authority
import org.healthcode.support.Phone
import java.nio.file.Path
import kotlin.test.assertEquals

/** The verbs of dependants, paper, visitors and exports. */
internal class FamilyVerbs(
    private val test: ComposeUiTest,
    private val authority: Authority,
    private val folder: Path,
    private val opened: () -> App,
) {
    private val words = ScreenWords("en")

    /** What the other phone shows. */
    private var shownCode = ""

    /** Whether [step] is one of them. */
    fun perform(step: Step): Boolean {
        when (step.verb) {
            "add_dependant" -> addDependant(step)
            "other_phone_shows_code" -> otherShows(step.needed("purpose"))
            "desk_orders_care" -> orderCare(step)
            "open_dependant" -> tapName(step.needed("name"))
            "leave_dependant" -> leave(step.needed("name"))
            "declare_together" -> {
                test.tap(words["family-declare"])
                test.tap(words["form-continue"])
                Filling(test, opened(), words, FormKind.HEALTH_DECLARATION, step.answers).run()
            }
            "show_tab" -> test.tap(step.needed("name"))
            "declare_entry" -> {
                if (opened().navigator.shown.screen != "form") test.runOnIdle { opened().navigator.open("form", ENTRY) }
                Filling(test, opened(), words, FormKind.ENTRY_DECLARATION, step.answers).run()
            }
            "read_passport" -> readPassport(step.needed("lines"))
            "request_paper" -> requestPaper(step.needed("days"))
            "desk_makes_paper" -> authority.issuePaper(citizenId(), step.needed("days"))
            "end_paper" -> {
                test.tap(words["paper-end"])
                test.tap(words["paper-end-confirm"])
            }
            "request_holdings" -> test.tap(words["export-ask"])
            else -> return false
        }
        test.awaitThat("what was begun has ended") { !opened().isBusy }
        return true
    }

    private fun citizenId() =
        checkNotNull(
            opened()
                .health.home.value.colour,
        ).citizenId

    private fun addDependant(step: Step) {
        test.awaitThat("the list") { test.stateName() in setOf("empty", "list") }
        test.tap(words["family-add"])
        test.tap(words["form-continue"])
        val code = shownCode.takeIf { step.text("code") == "true" }
        val beside = listOfNotNull(step.text("birth_date")?.let { BIRTH_DATE to it }, code?.let { CARE_CODE to it })
        val answers = step.answers + beside.associate { (id, text) -> id to Answer.Text(text) }
        Filling(test, opened(), words, FormKind.REGISTRATION, answers).run()
    }

    private fun otherShows(purpose: String) =
        runBlocking {
            Phone(folder.resolve("other"), authority).open().use { other ->
                val owner = other.subject("owner")
                owner.showCareCode(CarePurpose.valueOf(purpose.uppercase()))
                assertEquals(1u, other.sync().uploadsSent)
                shownCode = checkNotNull(owner.careCode()).code
            }
        }

    private fun orderCare(step: Step) {
        val document = (step.answer("document") as Answer.Document).document
        authority.orderCare(document.kind.name.lowercase(), document.number, runBlocking { opened().health.deviceId() })
    }

    /** A row of the list is heard as more than the name. */
    private fun tapName(name: String) {
        val all = runBlocking { opened().health.dependants().dependants }
        val id = all.first { it.name == name }.id
        test.runOnIdle { opened().navigator.open("family", id) }
        test.awaitThat("the page of $name") { test.stateName() in PAGES }
    }

    private fun leave(name: String) {
        if (test.stateName() !in PAGES) tapName(name)
        test.tap(words[if (test.stateName() == "in_care") "family-leave" else "family-remove"])
        test.awaitState("leave")
        test.tap(words["family-leave-confirm"])
    }

    private fun readPassport(lines: String) {
        test.type(lines)
        val label = if (test.stateName() == "empty") "passport-read" else "passport-read-again"
        test.tap(words[label])
        test.awaitThat("what came of it") { test.stateName() != "empty" }
        if (test.stateName() == "sound") test.tap(words["passport-take"])
    }

    private fun requestPaper(days: String) {
        test.type(days)
        val isNewer = test.shows(words["paper-ask-newer"])
        test.tap(words[if (isNewer) "paper-ask-newer" else "paper-ask"])
        if (isNewer) test.tap(words["paper-replace-confirm"])
    }

    private companion object {
        val PAGES = setOf("waiting", "refused", "in_care", "ended")
    }
}
