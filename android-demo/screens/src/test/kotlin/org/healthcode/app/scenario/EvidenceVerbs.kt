@file:OptIn(ExperimentalTestApi::class)

package org.healthcode.app.scenario

import androidx.compose.ui.test.ComposeUiTest
import androidx.compose.ui.test.ExperimentalTestApi
import kotlinx.coroutines.runBlocking
import org.healthcode.ScreenWords
import org.healthcode.app.App
import org.healthcode.app.support.awaitThat
import org.healthcode.app.support.isBusy
import org.healthcode.app.support.reportOf
import org.healthcode.app.support.scenarioData
import org.healthcode.app.support.stateName
import org.healthcode.app.support.tap
import org.healthcode.app.support.type
import org.healthcode.capability.results
import org.healthcode.support.Authority

/** The verbs of what others say of a citizen's health: laboratories' results and EU certificates. */
internal class EvidenceVerbs(
    private val test: ComposeUiTest,
    private val authority: Authority,
    private val opened: () -> App,
) {
    private val words = ScreenWords("en")

    /** Whether it was one of these. */
    fun perform(step: Step): Boolean {
        when (step.verb) {
            "laboratory_reports" -> report(step)
            "sync_result" -> syncResult(step.needed("id"), step.text("version")?.toUInt() ?: 1u)
            "officers_publish" -> authority.publish(step.needed("kind"), scenarioData(step.needed("file")))
            "keep_certificate" -> keep(scenarioData(step.needed("file")))
            "hand_in_certificate" -> {
                val needsNames = test.stateName() == "names"
                test.tap(words[if (needsNames) "dcc-compare" else "dcc-hand-in"])
            }
            "confirm_names" -> test.tap(words["dcc-confirm"])
            "officers_decide_certificate" -> authority.decideCertificate(citizenId(), step.needed("act"))
            "remove_certificate" -> {
                test.tap(words["dcc-remove"])
                test.tap(words["dcc-remove"])
            }
            else -> return false
        }
        quiet()
        return true
    }

    private fun quiet() = test.awaitThat("what was begun has ended") { !opened().isBusy && !opened().isSyncing }

    private fun citizenId() =
        checkNotNull(
            opened()
                .health.home.value.colour,
        ).citizenId

    private fun report(step: Step) =
        authority.report(
            reportOf(
                step.needed("document"),
                step.needed("id"),
                step.needed("outcome"),
                step.text("version")?.toInt() ?: 1,
                step.needed("kind"),
                step.text("hours_ago")?.toDouble() ?: 1.0,
                step.text("place"),
                step.text("withdrawn") == "true",
            ),
        )

    /** The authority delivers after it answered the laboratory. */
    private fun syncResult(
        id: String,
        version: UInt,
    ) = test.awaitThat("$id, version $version, on the phone") {
        if (!opened().isSyncing) test.runOnUiThread { opened().sync() }
        val seen = runBlocking { opened().health.results() }
        (seen.current + seen.history).any { it.id == id && it.version == version }
    }

    private fun keep(text: String) {
        test.awaitThat("the list") { test.stateName() in setOf("empty", "list") }
        test.tap(words["dcc-add"])
        test.type(text)
        test.tap(words["dcc-read"])
        quiet()
        test.awaitThat("what came of it") { test.stateName() in setOf("problem", "read") }
        if (test.stateName() == "read") test.tap(words["dcc-keep"])
    }
}
