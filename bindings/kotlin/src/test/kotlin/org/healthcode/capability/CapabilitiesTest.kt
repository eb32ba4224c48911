package org.healthcode.capability

import kotlinx.coroutines.runBlocking
import org.healthcode.answers
import org.healthcode.core.ActivationCodeError
import org.healthcode.core.ChainState
import org.healthcode.core.ClinicOpen
import org.healthcode.core.Colour
import org.healthcode.core.ColourTone
import org.healthcode.core.DocumentKind
import org.healthcode.core.EntryStage
import org.healthcode.core.FormKind
import org.healthcode.core.HealthCodeException
import org.healthcode.core.MrzLevel
import org.healthcode.core.NameComparison
import org.healthcode.core.OwnProofState
import org.healthcode.core.Position
import org.healthcode.core.ProofKind
import org.healthcode.core.ProofStep
import org.healthcode.core.Scheme
import org.healthcode.core.consent
import org.healthcode.support.Authority
import org.healthcode.support.Phone
import org.healthcode.support.registration
import org.healthcode.support.residentId
import org.healthcode.support.turnGreen
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import java.time.LocalDate
import java.time.ZoneId
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertFalse
import kotlin.test.assertNotNull
import kotlin.test.assertNull
import kotlin.test.assertTrue

/** What officers publish reaches an app, and stays without the authority. */
class CapabilitiesTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `bulletins are read offline and stay marked as read`() =
        runBlocking {
            Authority(folder.resolve("authority")).use { authority ->
                Phone(folder.resolve("phone"), authority).open().use { health ->
                    assertTrue(health.bulletins().bulletins.isEmpty())
                    authority.publish(
                        "bulletins",
                        """{"id": "hangzhou", "version": 1, "bulletins": [{"id": "metro", "division": 330100,
                        "urgency": "urgent", "publishedAt": 1583020800,
                        "title": {"en": "Masks", "zh": "口罩", "ko": "마스크"}, "text": {"en": "Wear one.", "zh": "请佩戴。"}}]}""",
                    )
                    health.sync()
                    authority.stop()
                    val view = health.bulletins(330106u)
                    assertEquals(1u, view.unread)
                    val bulletin = view.bulletins.single()
                    for ((language, title) in listOf("ko-KR" to "마스크", "zh-Hans-CN" to "口罩", "fr" to "Masks")) {
                        health.setLanguage(language)
                        assertEquals(
                            title,
                            health
                                .bulletins()
                                .bulletins
                                .single()
                                .title,
                        )
                    }
                    assertTrue(health.bulletins(110000u).bulletins.isEmpty())
                    health.markBulletinsRead(listOf(bulletin.id))
                    assertEquals(0u, health.bulletins().unread)
                }
            }
        }

    @Test
    fun `a sheet of paper is asked for offline, shown offline and ended`() =
        runBlocking {
            Authority(folder.resolve("authority")).use { authority ->
                Phone(folder.resolve("phone"), authority).open().use { health ->
                    health.turnGreen()
                    health.requestPaper(30u)
                    val waiting = health.papers()
                    assertTrue(waiting.isAskedFor && waiting.sheet == null && waiting.waitingText != null)
                    health.sync()
                    health.sync()
                    val sheet = assertNotNull(health.papers().sheet)
                    assertTrue(sheet.counts && !sheet.byDesk && sheet.maskedName.isNotEmpty())
                    assertTrue(assertNotNull(sheet.code).startsWith("JKM1:"))
                    health.endPaper()
                    health.sync()
                    health.sync()
                    authority.stop()
                    val ended = health.papers()
                    assertNull(ended.sheet)
                    assertFalse(ended.earlier.single().counts)
                    assertFailsWith<HealthCodeException.FormRefused> { health.requestPaper(0u) }
                }
            }
        }

    @Test
    fun `an authority that tells of no chain yet raises no alarm`() =
        runBlocking {
            Authority(folder.resolve("authority")).use { authority ->
                Phone(folder.resolve("phone"), authority).open().use { health ->
                    health.sync()
                    val view = health.changes()
                    assertEquals(ChainState.NOT_BY_AUTHORITY, view.state)
                    assertTrue(view.text.isNotEmpty() && view.alarms.isEmpty() && view.changes.isEmpty())
                    health.markChainAlarmsRead(listOf("none"))
                    assertEquals(0u, health.changes().unread)
                }
            }
        }

    @Test
    fun `the nearest clinic is found offline`() =
        runBlocking {
            Authority(folder.resolve("authority")).use { authority ->
                Phone(folder.resolve("phone"), authority).open().use { health ->
                    val places = listOf("far" to 31.23, "near" to 30.26)
                    val clinics =
                        places.joinToString { (id, latitude) ->
                            """{"id": "$id", "name": {"en": "Hospital", "zh": "医院"},
                            "address": {"en": "1 Lake Road", "zh": "湖滨路一号"}, "division": 330106, "phone": "0571-12345678",
                            "latitude": $latitude, "longitude": 120.16, "hours": "always"}"""
                        }
                    authority.publish(
                        "clinics",
                        """{"id": "hangzhou", "version": 1, "utcOffsetMinutes": 480, "clinics": [$clinics]}""",
                    )
                    health.sync()
                    authority.stop()
                    val found = health.clinics(Position(30.25, 120.15), openOnly = true)
                    assertEquals(listOf("near", "far"), found.map { it.id })
                    assertEquals(ClinicOpen.OPEN, found[0].open)
                    assertTrue(checkNotNull(found[0].distanceM) in 1_000u..2_000u, "${found[0].distanceM}")
                    assertTrue(health.clinics(division = 110000u).isEmpty())
                }
            }
        }

    @Test
    fun `a desk's code registers, and a login that is not taken is refused here`() =
        runBlocking {
            Authority(folder.resolve("authority")).use { authority ->
                Phone(folder.resolve("phone"), authority).open().use { health ->
                    health.sync()
                    val view = health.identityProof()
                    assertTrue(view.isKnown && !view.isRequired && view.nonce.length == 43)
                    assertEquals(listOf(ProofKind.ACTIVATION_CODE), view.ways.map { it.kind })
                    assertEquals(
                        OwnProofState.NOT_REGISTERED to ProofStep.REGISTER,
                        view.own.state to view.own.nextStep,
                    )
                    val code = authority.activationCode(residentId("33010619900307773"))
                    val typing = health.reviewActivationCode(code.take(6).lowercase())
                    assertEquals("\u206811\u2069 characters are missing", typing.message)
                    assertEquals(ActivationCodeError.CHARACTER_NOT_USED, health.reviewActivationCode("O0").error)
                    val typed = health.reviewActivationCode(code.lowercase())
                    assertEquals(code to true, typed.text to typed.isComplete)
                    health.registerWithProof(
                        registration(773),
                        consent(health.language),
                        ProofKind.ACTIVATION_CODE,
                        typed.text,
                    )
                    assertEquals(OwnProofState.WAITING, health.identityProof().own.state)
                    health.sync()
                    assertEquals(OwnProofState.PROVEN, health.identityProof().own.state)
                    val refused = runCatching { health.proveIdentity(ProofKind.OIDC, "a.b.c") }.exceptionOrNull()
                    check(refused is HealthCodeException.FormRefused) { "$refused" }
                    assertEquals(
                        "proof" to "identity_proof_kind_not_taken",
                        refused.fields.single().let {
                            it.path to
                                it.code
                        },
                    )
                }
            }
        }

    @Test
    fun `a visitor reads the passport, declares the entry and is orange by rule`() =
        runBlocking {
            Authority(folder.resolve("authority")).use { authority ->
                Phone(folder.resolve("phone"), authority).open().use { health ->
                    val passport =
                        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F3204153ZE184226B<<<<<16"
                    assertEquals(MrzLevel.SOUND, health.readMrz(passport).level)
                    assertEquals(MrzLevel.UNREAD, health.readMrz("no zone").level)
                    val names = checkNotNull(health.compareWithMrz("Eriksson Anna-Maria", passport))
                    assertEquals(NameComparison.SAME, names.comparison)
                    val filled = health.prefillFromMrz(passport)
                    val rest =
                        answers {
                            all(filled)
                            "nationality" set "SWE"
                            "division" set "330106"
                            "address" set "西湖区文三路 90 号"
                            "phone" set "13800001234"
                            "underlyingIllness" set listOf("none")
                        }
                    health.register(rest, consent(health.language))
                    assertEquals(EntryStage.TO_DECLARE, health.entry().stage)
                    val today = LocalDate.now(ZoneId.of("Asia/Shanghai")).toString()
                    val entry =
                        answers {
                            all(health.draft(FormKind.ENTRY_DECLARATION))
                            "entryDate" set today
                            "transport" set "flight"
                            "number" set "CA936"
                            "seat" set "12A"
                            "stay1" set "ITA"
                            "days1" set 3.0
                            "temperature" set 36.5
                            "symptoms" set listOf("none")
                            "contact" set false
                            "truthful" set true
                        }
                    health.submitEntryDeclaration(entry)
                    assertEquals(EntryStage.WAITING, health.entry().stage)
                    health.sync()
                    authority.stop()
                    val shown = checkNotNull(health.home.value.colour).shown
                    assertEquals(ColourTone.ORANGE to "\u25c6", shown.tone to shown.shape)
                    assertEquals(EntryStage.RUNNING, health.entry().stage)
                    val there = health.codeElsewhere(420100u)
                    assertEquals(null to false, there.ruleId to there.isAdmitted)
                    assertEquals(listOf(330100u, 420100u), health.codeInRegions().map { it.division })
                }
            }
        }

    @Test
    fun `documents and colours are explained`() {
        val permit = DocumentKind.RESIDENT_ID.explain("810000199408230021", "zh")
        assertEquals("港澳台居民居住证（香港）" to "1994-08-23", permit.title to permit.bornOn)
        assertEquals("document_check_digit", DocumentKind.RESIDENT_ID.explain("810000199408230022", "zh").fault)
        assertEquals("橙码", Colour.RED.words(Scheme.INTERNATIONAL, "zh").word)
        assertEquals(ColourTone.RED, Colour.RED.words(Scheme.DOMESTIC, "zh").tone)
    }
}
