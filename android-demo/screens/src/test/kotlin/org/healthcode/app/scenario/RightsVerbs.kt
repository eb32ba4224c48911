@file:OptIn(ExperimentalTestApi::class)

package org.healthcode.app.scenario

import androidx.compose.ui.test.ComposeUiTest
import androidx.compose.ui.test.ExperimentalTestApi
import kotlinx.coroutines.runBlocking
import org.healthcode.ScreenWords
import org.healthcode.app.App
import org.healthcode.app.support.TestHost
import org.healthcode.app.support.awaitThat
import org.healthcode.app.support.evidence
import org.healthcode.app.support.isBusy
import org.healthcode.app.support.shows
import org.healthcode.app.support.stateName
import org.healthcode.app.support.tap
import org.healthcode.app.support.type
import org.healthcode.capability.appeals
import org.healthcode.support.Authority

/** The verbs of appeals, of the chain of changes and of the proof of identity. */
internal class RightsVerbs(
    private val test: ComposeUiTest,
    private val authority: Authority,
    private val host: TestHost,
    private val opened: () -> App,
) {
    private val words = ScreenWords("en")
    private var code = ""

    /** Whether it was one of these. */
    fun perform(step: Step): Boolean {
        when (step.verb) {
            "appeal" -> appeal(step)
            "withdraw_appeal" -> {
                test.tap(words["appeal-withdraw"])
                test.tap(words["appeal-withdraw"])
                quiet()
            }
            "officers_ask_on_appeal" -> {
                val newest = runBlocking { opened().health.appeals() }.appeals.first()
                authority.askOnAppeal(newest.id, step.needed("reason"))
            }
            "answer_appeal" -> {
                test.tap(words["appeal-answer"])
                write(step, words["appeal-answer-send"])
            }
            "officers_decide_appeal" -> decide(step)
            "desk_gives_code" -> code = authority.activationCode(step.needed("document"))
            "type_code" -> typeCode(step.text("mistyped") == "true")
            "authority_backup" -> authority.backUp()
            "authority_put_back" -> authority.putBack()
            "read_alarms" -> test.tap(words["history-alarm-read"])
            else -> return false
        }
        return true
    }

    private fun quiet() = test.awaitThat("the core's answer") { !opened().isBusy && !opened().isSyncing }

    private fun appeal(step: Step) = write(step, words["appeal-send"])

    private fun write(
        step: Step,
        send: String,
    ) {
        test.awaitThat("a page to write on") { test.stateName() in setOf("write", "problem") }
        for (name in step.names("evidence")) {
            host.picked += evidence(name)
            test.tap(words[if (name == "pdf") "appeal-add-document" else "appeal-add-picture"])
            quiet()
            if (test.stateName() == "problem") return
        }
        step.text("statement")?.let { test.type(it) }
        test.tap(words["form-continue"])
        test.awaitThat("what became of it") { test.stateName() == "problem" || test.shows(words["appeal-check-title"]) }
        if (test.stateName() == "problem") return
        test.tap(send)
        quiet()
    }

    private fun decide(step: Step) {
        val newest = runBlocking { opened().health.appeals() }.appeals.first()
        authority.decideAppeal(
            newest.id,
            step.needed("outcome"),
            step.needed("reason"),
            strikesOrder = step.text("strike") == "order=HEAD",
            adds = listOfNotNull(step.text("add")),
            texts = mapOf("en" to step.needed("en"), "zh" to step.needed("zh")),
        )
    }

    private fun typeCode(isMistyped: Boolean) {
        test.awaitThat("a way to prove it") { test.stateName() in setOf("ways", "code", "problem") }
        if (test.stateName() == "ways") test.tap(words["proof-type-code"])
        test.type(if (isMistyped) swapped(code) else code)
        test.tap(words["proof-send"])
        quiet()
    }

    /** The first two neighbours that differ change places. */
    private fun swapped(code: String): String {
        val place =
            (0 until code.length - 1).first {
                code[it].isLetterOrDigit() && code[it + 1].isLetterOrDigit() &&
                    code[it] != code[it + 1]
            }
        return code.substring(0, place) + code[place + 1] + code[place] + code.substring(place + 2)
    }
}
