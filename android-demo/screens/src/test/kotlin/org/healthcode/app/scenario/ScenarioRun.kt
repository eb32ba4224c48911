@file:OptIn(ExperimentalTestApi::class)

package org.healthcode.app.scenario

import androidx.compose.runtime.getValue
import androidx.compose.runtime.key
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.test.ComposeUiTest
import androidx.compose.ui.test.ExperimentalTestApi
import kotlinx.coroutines.runBlocking
import org.healthcode.ScreenWords
import org.healthcode.app.App
import org.healthcode.app.CitizenRoot
import org.healthcode.app.support.TestPhone
import org.healthcode.app.support.awaitText
import org.healthcode.app.support.awaitThat
import org.healthcode.app.support.isTagged
import org.healthcode.app.support.nodes
import org.healthcode.app.support.shows
import org.healthcode.app.support.stateName
import org.healthcode.app.support.tap
import org.healthcode.app.support.texts
import org.healthcode.core.FormKind
import org.healthcode.core.consent
import org.healthcode.support.Authority
import org.healthcode.support.Phone
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.writeBytes
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertTrue

private const val HOUR_MS = 3_600_000.0

/** One scenario through the whole app, with a phone and an authority of its own. */
class ScenarioRun(
    private val scenario: Scenario,
    private val folder: Path,
    private val test: ComposeUiTest,
) {
    private val authority = Authority(folder.resolve("authority"), scenario.authority)
    private val phone = TestPhone(folder.resolve("phone"), authority)

    private val rights = RightsVerbs(test, authority, phone.host) { opened() }

    /** 0 while the app is ended. */
    private var start by mutableIntStateOf(0)
    private var starts = 0
    private var isServed = true
    private var app by mutableStateOf<App?>(null)
    private val family = FamilyVerbs(test, authority, folder, ::opened)
    private val evidence = EvidenceVerbs(test, authority, ::opened)

    fun run() =
        authority.use {
            test.setContent { if (start > 0) key(start) { CitizenRoot(phone, isDark = false) { app = it } } }
            for (step in scenario.given) perform(step)
            scenario.steps.forEachIndexed { number, step ->
                perform(step)
                val place = "${scenario.name}, step ${number + 1}: ${step.verb}"
                step.see?.let { look(it, place) }
            }
            end()
        }

    private fun perform(step: Step) {
        when (step.verb) {
            "open" -> open()
            "welcome" -> test.tap(words("en")["onboarding-start"])
            "agree" -> test.tap(words("en")["onboarding-consent-agree"])
            "open_screen" -> openScreen(step.needed("screen"), step.text("form"))
            "register" -> fill(FormKind.REGISTRATION, "registration", step)
            "declare" -> fill(FormKind.HEALTH_DECLARATION, "declaration", step)
            "sync" -> sync()
            "officers_change_colour" -> changeColour(step)
            "another_phone_registers" -> anotherRegisters(step)
            "authority_stop" -> {
                authority.stop()
                isServed = false
            }
            "authority_start" -> {
                authority.start()
                isServed = true
            }
            "authority_set" -> authority.set(step.map("settings"))
            "officers_end_region" ->
                authority.endRegion(
                    step.needed("in_days").toLong(),
                    step.needed("erase_after_days").toInt(),
                    mapOf("en" to step.needed("en"), "zh" to step.needed("zh")),
                )
            "clock_advance" -> passes { phone.clock.advance((step.hours * HOUR_MS).toLong()) }
            "clock_set" -> passes { phone.clock.set((step.hours * HOUR_MS).toLong()) }
            "lose_key" -> {
                end()
                Files.delete(phone.keyFile)
            }
            "damage_store" -> {
                end()
                Path.of(phone.storeFolder).resolve(step.needed("file")).writeBytes(ByteArray(16))
            }
            else -> check(family.perform(step) || rights.perform(step) || evidence.perform(step)) { "no verb ${step.verb}" }
        }
        test.waitForIdle()
    }

    private fun words(language: String) = ScreenWords(language)

    private fun end() {
        test.runOnIdle {
            start = 0
            app = null
        }
        test.waitForIdle()
    }

    private fun open() {
        end()
        starts++
        test.runOnIdle { start = starts }
        test.awaitThat("it is open, or says why not") { isReady() || test.stateName() in FAILURES }
    }

    private fun isReady() = app?.isSyncing == false && test.stateName() != "opening"

    private fun opened(): App = checkNotNull(app) { "${scenario.name}: it is not open" }

    private fun openScreen(
        screen: String,
        argument: String?,
    ) = test.runOnIdle { if (screen == "home") opened().navigator.home() else opened().navigator.open(screen, argument) }

    private fun fill(
        kind: FormKind,
        argument: String,
        step: Step,
    ) {
        if (opened().navigator.shown.screen == "onboarding") {
            if (test.stateName() == "welcome") test.tap(words("en")["onboarding-start"])
            test.tap(words("en")["onboarding-consent-agree"])
        }
        if (opened().navigator.shown.screen != "form") openScreen("form", argument)
        Filling(test, opened(), words("en"), kind, step.answers).run()
        if (isServed) {
            test.awaitThat("it is sent") {
                opened()
                    .health.home.value.uploadsWaiting == 0u || test.stateName() == "problem"
            }
        }
    }

    private fun sync() {
        test.awaitThat("nothing runs") { !opened().isSyncing }
        test.runOnIdle { opened().sync() }
        test.awaitThat("it has ended") { !opened().isSyncing }
    }

    private fun changeColour(step: Step) {
        val colour =
            checkNotNull(
                opened()
                    .health.home.value.colour,
            ) { "no colour to change" }
        authority.changeColour(colour.citizenId, step.needed("colour"), step.needed("reason"))
    }

    private fun anotherRegisters(step: Step) =
        runBlocking {
            Phone(folder.resolve("other"), authority).open().use { other ->
                other.register(step.answers, consent("en"))
                assertEquals(1u, other.sync().uploadsSent)
            }
        }

    /** What only time changes is looked at now and then. */
    private fun passes(move: () -> Unit) {
        move()
        test.mainClock.advanceTimeBy(31_000)
    }

    private fun look(
        see: See,
        place: String,
    ) {
        for (language in listOf("zh", "en")) {
            speak(language)
            val words = words(language)
            see.state?.let { state -> test.awaitThat("$place: state $state") { test.stateName() == state } }
            see.screen?.let { assertEquals(it, app?.navigator?.shown?.screen ?: "opening", place) }
            see.notices?.let { expected ->
                if (test.isTagged("notices-more")) test.tap(words.format("common-strip-more", "count" to notices().size))
                test.awaitThat("$place: notices $expected") { notices() == expected }
            }
            for (text in see.texts(language)) test.awaitText(text)
            for (id in see.words) {
                assertTrue(words[id] != id, "$place: no word $id")
                test.awaitText(words[id])
            }
            for (id in see.hidden) assertFalse(test.shows(words[id]), "$place: $id is shown: ${test.texts()}")
        }
    }

    private fun speak(language: String) {
        val opened = app
        if (opened == null) {
            phone.settingsFile.write("language", language)
            open()
        } else {
            test.runOnIdle { opened.settings.language = language }
            test.awaitThat("the app speaks $language") { opened.language == language }
        }
    }

    private fun notices() =
        test
            .nodes()
            .mapNotNull { it.config.getOrNull(SemanticsProperties.TestTag) }
            .filter { it.startsWith("notice-") }
            .map { it.removePrefix("notice-") }

    private companion object {
        val FAILURES = setOf("key_lost", "store_damaged", "store_newer", "failed")
    }
}
