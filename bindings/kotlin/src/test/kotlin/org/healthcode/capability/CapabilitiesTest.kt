package org.healthcode.capability

import kotlinx.coroutines.runBlocking
import org.healthcode.core.ActivationCodeError
import org.healthcode.core.ClinicOpen
import org.healthcode.core.HealthCodeException
import org.healthcode.core.OwnProofState
import org.healthcode.core.Position
import org.healthcode.core.ProofKind
import org.healthcode.core.ProofStep
import org.healthcode.core.consent
import org.healthcode.support.Authority
import org.healthcode.support.Phone
import org.healthcode.support.registration
import org.healthcode.support.residentId
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.test.Test
import kotlin.test.assertEquals
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
                    assertEquals(OwnProofState.NOT_REGISTERED to ProofStep.REGISTER, view.own.state to view.own.nextStep)
                    val code = authority.activationCode(residentId("33010619900307773"))
                    val typing = health.reviewActivationCode(code.take(6).lowercase())
                    assertEquals("11 characters are missing", typing.message)
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
                    assertEquals("proof" to "identity_proof_kind_not_taken", refused.fields.single().let { it.path to it.code })
                }
            }
        }
}
