package org.healthcode.capability

import kotlinx.coroutines.runBlocking
import org.healthcode.core.AppealStatus
import org.healthcode.core.HealthCodeException
import org.healthcode.support.Authority
import org.healthcode.support.Phone
import org.healthcode.support.turnGreen
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertTrue

/** An appeal goes out in pieces, is acknowledged by the real authority, and can be withdrawn. */
class AppealsTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `an appeal with evidence is acknowledged and can be withdrawn`() =
        runBlocking {
            Authority(folder.resolve("authority")).use { authority ->
                Phone(folder.resolve("phone"), authority).open().use { health ->
                    health.turnGreen()
                    val pdf = "%PDF-1.7".encodeToByteArray().copyOf(100_000)
                    val evidence = health.addAppealEvidence(pdf)
                    assertFailsWith<HealthCodeException> { health.addAppealEvidence("GIF89a".encodeToByteArray()) }
                    health.saveAppealStatement("请复核。")
                    val draft = health.appealDraft()
                    assertEquals(listOf(evidence), draft.evidence.map { it.sha256 })
                    assertTrue(draft.canSubmit)
                    val id = health.submitAppeal(draft.statement)
                    val queued = health.appeals().appeals.single()
                    assertEquals(AppealStatus.QUEUED to 2u, queued.status to queued.pieces)
                    health.sync()
                    val received = health.appeals().appeals.single()
                    assertEquals(id to AppealStatus.RECEIVED, received.id to received.status)
                    assertEquals(received.receivedAt!! + 4 * 3_600, received.decideBy)
                    assertTrue(received.acknowledgement != null && received.spoken.isNotEmpty())
                    assertFailsWith<HealthCodeException> { health.markAppealRead("unknown") }
                    assertFailsWith<HealthCodeException> { health.answerAppeal(id, "还有。") }
                    authority.askOnAppeal(id, "test_report")
                    health.sync()
                    val asked = health.appeals().appeals.single()
                    assertEquals(AppealStatus.ASKED to true, asked.status to asked.canAnswer)
                    assertEquals(received.decideBy!! + 48 * 3_600, asked.decideBy)
                    health.answerAppeal(id, "已做过检测。")
                    health.sync()
                    val answered = health.appeals().appeals.single()
                    assertEquals(AppealStatus.RECEIVED to 3, answered.status to answered.events.size)
                    health.withdrawAppeal(id)
                    health.sync()
                    assertEquals(
                        AppealStatus.WITHDRAWN,
                        health
                            .appeals()
                            .appeals
                            .single()
                            .status,
                    )
                    health.dismissAppeal(id)
                    assertTrue(health.appeals().appeals.isEmpty())
                    val other = health.addAppealEvidence(pdf)
                    health.removeAppealEvidence(other)
                    assertTrue(health.appealDraft().evidence.isEmpty())
                }
            }
        }
}
