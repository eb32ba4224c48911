package org.healthcode

import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.async
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.healthcode.capability.appeals
import org.healthcode.capability.submitAppeal
import org.healthcode.core.BundleKind
import org.healthcode.core.Colour
import org.healthcode.core.FormKind
import org.healthcode.core.HealthCodeEvent
import org.healthcode.core.Reason
import org.healthcode.core.Recomputation
import org.healthcode.core.Refusal
import org.healthcode.core.Stage
import org.healthcode.core.SyncResult
import org.healthcode.core.TimeSource
import org.healthcode.core.consent
import org.healthcode.support.Authority
import org.healthcode.support.Phone
import org.healthcode.support.healthy
import org.healthcode.support.registration
import org.healthcode.support.turnGreen
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertNotEquals
import kotlin.test.assertNotNull
import kotlin.test.assertNull
import kotlin.test.assertTrue
import kotlin.time.Duration.Companion.seconds

/** The main job from Kotlin: real library, real authority, TLS. */
class MainJobTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `from a form to a code that a checkpoint accepts, and to yellow by two officers`() =
        runBlocking {
            Authority(folder.resolve("authority")).use { authority ->
                val phone = Phone(folder.resolve("phone"), authority)
                phone.open().use { health ->
                    assertEquals(Stage.NOT_REGISTERED, health.home.value.stage)
                    assertEquals(TimeSource.WALL_CLOCK, health.now().source)
                    health.register(registration(613), consent(health.language))
                    assertEquals(Stage.REGISTRATION_QUEUED, health.home.value.stage)
                    val draft = health.draft(FormKind.HEALTH_DECLARATION)
                    assertTrue(draft.isNotEmpty(), "what registration told is not asked again")
                    val answers = healthy(draft)
                    val review = health.review(FormKind.HEALTH_DECLARATION, answers)
                    assertEquals(review.required, review.answered)
                    assertEquals(emptyList(), review.errors)
                    health.submitDeclaration(answers)
                    assertEquals(2u, health.home.value.uploadsWaiting)
                    assertTrue(health.syncWanted())

                    assertEquals(SyncResult.SYNCED, health.sync().result)
                    // A phone that only shows codes fetches no lists; one that checks others has them with the next sync.
                    assertEquals(emptyList(), health.statusLists())
                    health.setChecksOthers(true)
                    assertEquals(SyncResult.SYNCED, health.sync().result)
                    val green = assertNotNull(health.home.value.colour)
                    assertEquals(Colour.GREEN, green.colour)
                    assertEquals(Recomputation.SAME, green.recomputation, "the phone comes to the same colour")
                    assertNull(green.checkIns)
                    assertEquals(0u, health.home.value.uploadsWaiting)

                    val code = health.codes.first()
                    assertTrue(code.text.startsWith("JKM1:"))
                    assertEquals(Colour.GREEN, code.colour)
                    assertEquals("绿码", code.colour.word("zh-Hans-CN"))
                    assertEquals("●", code.colour.shape)
                    assertTrue(code.png().size in 100..1_024)

                    authority.stop()
                    checkpoint(health, authority).use { wuhan ->
                        val verdict = wuhan.check(health.currentCode().text)
                        assertTrue(verdict.accepted, verdict.reason)
                        assertEquals(Colour.GREEN, verdict.localColour)
                        assertEquals("Let the person in.", verdict.text("en").substringAfter(". "))
                        assertEquals(330100u, verdict.region)
                        assertEquals(Refusal.REPLAYED, wuhan.check(code.text).refusal)
                    }
                    authority.start()

                    becomesYellow(health, authority, code.text)
                }
                phone.open().use { again ->
                    assertEquals(
                        Colour.YELLOW,
                        again.home.value.colour
                            ?.colour,
                        "it is on disk",
                    )
                }
            }
        }

    private suspend fun becomesYellow(
        health: HealthCode,
        authority: Authority,
        oldCode: String,
    ) = kotlinx.coroutines.coroutineScope {
        val citizen = assertNotNull(health.home.value.colour).citizenId
        val event = async(start = CoroutineStart.UNDISPATCHED) { health.events.first() }
        val yellowView =
            async(start = CoroutineStart.UNDISPATCHED) { health.home.first { it.colour?.colour == Colour.YELLOW } }
        val yellowCode =
            async(start = CoroutineStart.UNDISPATCHED) { health.codes.first { it.colour == Colour.YELLOW } }
        authority.changeColour(citizen, "yellow", "close_contact")
        health.pushHint()
        assertEquals(SyncResult.SYNCED, health.sync().result)

        withTimeout(30.seconds) {
            val changed = event.await() as HealthCodeEvent.ColourChanged
            assertEquals(Colour.GREEN to Colour.YELLOW, changed.v1.from to changed.v1.to)
            assertEquals(Reason.CLOSE_CONTACT, changed.v1.reason)
            assertEquals("close_contact", changed.v1.texts.id)
            assertTrue(
                changed.v1.texts.instruction
                    .contains("Stay at home"),
            )
            val why = assertNotNull(yellowView.await().colour)
            val checkIns = assertNotNull(why.checkIns)
            assertEquals(1u to 7u, checkIns.done to checkIns.required)
            assertNotNull(checkIns.nextDue)
            assertEquals("You are a close contact of a confirmed case.", why.why)
            assertTrue(why.instruction.contains("Stay at home"))
            // In another language from the next view on; nothing else changes.
            health.setLanguage("zh-Hans-CN")
            val chinese = assertNotNull(health.home.value.colour)
            assertEquals("zh-Hans-CN", health.language)
            assertEquals("您是确诊病例的密切接触者。", chinese.why)
            assertTrue(checkNotNull(chinese.checkIns).text.contains("还需"), "${chinese.checkIns}")
            assertEquals(why.since to why.receiptSha256, chinese.since to chinese.receiptSha256)
            for ((tag, words) in listOf("ko-KR" to "확진자의 밀접 접촉자입니다.", "fr" to why.why)) {
                health.setLanguage(tag)
                assertEquals(
                    words,
                    health.home.value.colour
                        ?.why,
                    "$tag, or English where there are no words",
                )
            }
            // The code on the screen changed at once, not at the next rotation.
            assertNotEquals(oldCode, yellowCode.await().text)
        }
        checkpoint(health, authority).use { wuhan ->
            assertEquals(Refusal.REVOKED, wuhan.check(oldCode).refusal)
            val yellow = wuhan.check(health.currentCode().text)
            assertEquals(Refusal.COLOUR_NOT_ADMITTED, yellow.refusal)
            assertEquals(Colour.YELLOW, yellow.colour)
        }
    }

    @Test
    fun `an appeal and an itinerary are queued offline and sent`() =
        runBlocking {
            Authority(folder.resolve("authority")).use { authority ->
                Phone(folder.resolve("phone"), authority).open().use { health ->
                    health.turnGreen()
                    val appeal = health.submitAppeal("请复核。")
                    health.submitItinerary(
                        listOf(org.healthcode.core.ItineraryLeg(420100u, "2026-11-20", "2026-11-22", "train", "G590")),
                    )
                    assertEquals(2u, health.home.value.uploadsWaiting)
                    val sent = health.sync()
                    assertEquals(SyncResult.SYNCED to 2u, sent.result to sent.uploadsSent)
                    assertNull(sent.problem)
                    val leg = org.healthcode.core.ItineraryLeg(420100u, "2026-11-23", "2026-11-23", "train", "G591")
                    val waiting = health.submitItinerary(listOf(leg))
                    health.dismissUpload(waiting)
                    assertEquals(0u, health.home.value.uploadsWaiting)
                    assertEquals(listOf(appeal), health.appeals().appeals.map { it.id })
                }
            }
        }

    private suspend fun checkpoint(
        health: HealthCode,
        authority: Authority,
    ): Checkpoint {
        val trust = assertNotNull(health.publishedBundle(BundleKind.TRUST))
        val checkpoint = Checkpoint.open(trust, authority.rootKey, localDivision = 420100u)
        assertEquals(listOf(330100u, 420100u), checkpoint.trust.divisions)
        val lists = health.statusLists()
        assertTrue(lists.isNotEmpty())
        for (list in lists) assertTrue(checkpoint.addStatusList(list) > 0)
        val ruleSet = assertNotNull(health.home.value.colour).ruleSetId
        val rules = assertNotNull(health.publishedBundle(BundleKind.RULE_SET, ruleSet))
        val opened = checkpoint.openSigned("application/health-code-rules+json", rules)
        assertEquals(330100u, opened.division)
        assertTrue("\"$ruleSet\"" in opened.payload.decodeToString())
        return checkpoint
    }
}
