package org.healthcode.app.capability

import androidx.compose.ui.test.ExperimentalTestApi
import kotlinx.coroutines.runBlocking
import org.healthcode.ScreenWords
import org.healthcode.app.support.awaitState
import org.healthcode.app.support.awaitText
import org.healthcode.app.support.awaitThat
import org.healthcode.app.support.images
import org.healthcode.app.support.isBusy
import org.healthcode.app.support.isTagged
import org.healthcode.app.support.onPhone
import org.healthcode.app.support.shows
import org.healthcode.app.support.tap
import org.healthcode.app.support.type
import org.healthcode.app.support.words
import org.healthcode.capability.addDependant
import org.healthcode.capability.carers
import org.healthcode.capability.dependantDraft
import org.healthcode.capability.dependants
import org.healthcode.capability.registerWithCode
import org.healthcode.capability.saveDependantDraft
import org.healthcode.capability.submitDeclarationFor
import org.healthcode.core.Answer
import org.healthcode.core.CarePurpose
import org.healthcode.core.DependantRequest
import org.healthcode.core.DocumentAnswer
import org.healthcode.core.DocumentKind
import org.healthcode.core.FormKind
import org.healthcode.core.consent
import org.healthcode.core.textOfCode
import org.healthcode.subject
import org.healthcode.support.Authority
import org.healthcode.support.Phone
import org.healthcode.support.healthy
import org.healthcode.support.registration
import org.healthcode.support.turnGreen
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertTrue

/** Looking after somebody: what is asked beside the form, codes shown one after the other, handing over, caps, and the other side. */
@OptIn(ExperimentalTestApi::class)
class FamilyTest {
    @TempDir
    lateinit var folder: Path

    private val words = ScreenWords("en")

    private val child: Map<String, Answer> =
        registration(1) +
            mapOf(
                "name" to Answer.Text("李乐乐"),
                "document" to Answer.Document(DocumentAnswer(DocumentKind.BIRTH_CERTIFICATE, "N330106001")),
            )

    @Test
    fun `a day of birth that is missing and a mistyped code open at their own pages, and the draft stays`() =
        Authority(folder.resolve("authority"), mapOf("care_by" to "self_declared", "dependants_per_citizen" to "1")).use { authority ->
            val phone = Phone(folder.resolve("phone"), authority)
            runBlocking {
                phone.open().use {
                    it.turnGreen()
                    assertEquals(Answer.Text("西湖区文三路 90 号"), it.dependantDraft()["address"], "where the carer lives")
                    it.saveDependantDraft(child)
                }
            }
            onPhone(phone, "en", "form", "dependant") { app ->
                awaitState("question")
                // Everything but the day is in the draft: the pages go by.
                var pages = 0
                while (!shows(words["form-birth-date-hint"])) {
                    tap(words["form-continue"])
                    awaitThat("the core's answer") { !app.isBusy }
                    check(pages++ < 20)
                }
                while (!shows(words["form-care-code-hint"])) {
                    tap(words["form-continue"])
                    awaitThat("the core's answer") { !app.isBusy }
                    check(pages++ < 20)
                }
                type("0000-0000-0001")
                tap(words["form-continue"])
                tap(words["form-agree-and-add"])
                awaitText(checkNotNull(textOfCode("care_birth_date_invalid", "en")))
                assertTrue(shows(words["form-birth-date-hint"]), "at its page")
                type("2", "entry")
                type("5", "entry-2")
                type("2020", "entry-3")
                tap(words["form-continue"])
                tap(words["form-agree-and-add"])
                awaitText(checkNotNull(textOfCode("care_code_mistyped", "en")))
                assertTrue(shows(words["form-care-code-hint"]), "at its page")
                type("")
                tap(words["form-continue"])
                tap(words["form-agree-and-add"])
                awaitState("saved")
                awaitText(words["form-taken"])
            }
            onPhone(phone, "en", "family") { app ->
                // How many there may be comes with the state after.
                runBlocking { app.health.sync() }
                awaitState("full")
                assertFalse(shows(words["family-add"]))
                assertTrue(
                    runBlocking { app.health.dependantDraft() }["name"] == null,
                    "the draft went with the request",
                )
            }
        }

    @Test
    fun `two codes are shown one after the other, the owner first, and a tab does what a swipe does`() =
        Authority(folder.resolve("authority"), mapOf("care_by" to "self_declared")).use { authority ->
            val phone = withChild(authority)
            onPhone(phone, "en", "code") { app ->
                awaitState("several")
                awaitThat("the owner's code") { isTagged("qr") }
                assertTrue(
                    images()
                        .single()
                        .words()
                        .single()
                        .contains("欧阳振华"),
                )
                assertTrue(shows("1 of 2"))
                tap("李乐乐")
                awaitText("2 of 2")
                awaitThat("the child's code") {
                    images()
                        .singleOrNull()
                        ?.words()
                        ?.single()
                        ?.contains("李乐乐") == true
                }
                tap(words["code-person"])
                awaitState("in_care")
                app.navigator.back()
                awaitState("several")
            }
        }

    @Test
    fun `a child moves to a phone of its own, and ends the care there`() =
        Authority(folder.resolve("authority"), mapOf("care_by" to "self_declared")).use { authority ->
            val phone = withChild(authority)
            val own = Phone(folder.resolve("own"), authority)
            val id =
                runBlocking {
                    phone.open().use {
                        it
                            .dependants()
                            .dependants
                            .single()
                            .id
                    }
                }
            onPhone(phone, "en", "family", id) { app ->
                awaitState("in_care")
                val looked = runBlocking { app.health.dependants() }.dependants.single()
                awaitText(looked.keyText)
                tap(words["family-own-phone"])
                awaitState("show_code")
                awaitThat("its picture") { isTagged("qr") }
                val code = runBlocking { checkNotNull(app.health.subject(id).careCode()) }
                assertEquals(CarePurpose.PHONE, code.purpose)
                awaitText(code.code)
                runBlocking {
                    own.open().use {
                        it.registerWithCode(child, consent("en").version, code.code)
                        it.sync()
                    }
                }
            }
            onPhone(own, "en", "family") { app ->
                awaitState("empty")
                tap(words["family-carers"])
                awaitState("carers")
                awaitText(words["family-carers-lead"])
                tap(words["family-carers-end"])
                awaitText(words["family-carers-end-text"])
                assertEquals(1, runBlocking { app.health.carers() }.size, "nothing was ended yet")
                tap(words["family-carers-end-confirm"])
                awaitText(words["family-carers-none"])
            }
            onPhone(phone, "en", "family", id) { app ->
                runBlocking { app.health.sync() }
                awaitState("ended")
                assertTrue(shows(words["family-ask-anew"]))
            }
        }

    /** A green carer with a green child. */
    private fun withChild(authority: Authority): Phone {
        val phone = Phone(folder.resolve("phone"), authority)
        runBlocking {
            phone.open().use {
                it.turnGreen()
                val id = it.addDependant(DependantRequest(child, consent("en").version, "2020-05-02"))
                it.sync()
                it.submitDeclarationFor(listOf(id), healthy(it.subject(id).draft(FormKind.HEALTH_DECLARATION)))
                it.sync()
            }
        }
        return phone
    }
}
