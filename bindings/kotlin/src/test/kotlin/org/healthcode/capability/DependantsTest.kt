package org.healthcode.capability

import kotlinx.coroutines.runBlocking
import org.healthcode.GuardedKeySigner
import org.healthcode.core.Answer
import org.healthcode.core.CareCodeState
import org.healthcode.core.CarePurpose
import org.healthcode.core.Colour
import org.healthcode.core.DependantRequest
import org.healthcode.core.DependantState
import org.healthcode.core.DocumentAnswer
import org.healthcode.core.DocumentKind
import org.healthcode.core.FormKind
import org.healthcode.core.HealthCodeException
import org.healthcode.core.SyncResult
import org.healthcode.core.consent
import org.healthcode.subject
import org.healthcode.support.Authority
import org.healthcode.support.Phone
import org.healthcode.support.healthy
import org.healthcode.support.registration
import org.healthcode.support.residentId
import org.healthcode.support.turnGreen
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Files
import java.nio.file.Path
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertFalse
import kotlin.test.assertTrue

/** People who are looked after on a phone, over the real library and a real authority. */
class DependantsTest {
    @TempDir
    lateinit var folder: Path

    private fun child(order: Int): Map<String, Answer> {
        val number = residentId("33010620160520%03d".format(order))
        return registration(order) +
            mapOf(
                "name" to Answer.Text("欧阳小小"),
                "document" to Answer.Document(DocumentAnswer(DocumentKind.RESIDENT_ID, number)),
            )
    }

    @Test
    fun `a child's key is with the device's, signs the child's codes, and goes with the child`() =
        runBlocking {
            Authority(folder.resolve("authority"), mapOf("care_by" to "self_declared")).use { authority ->
                val phone = Phone(folder.resolve("mother"), authority)
                val signer = GuardedKeySigner.open(folder.resolve("device.key"), phone.guard)
                val keys = {
                    val names = Files.list(folder).use { all -> all.map { it.fileName.toString() }.toList() }
                    names.filter { it.startsWith("device.key.subject-") }
                }
                phone.open(signer = signer).use { mother ->
                    mother.turnGreen()
                    val id = mother.addDependant(DependantRequest(child(902), consent("en").version))
                    val child = mother.subject(id)
                    mother.submitDeclarationFor(listOf(id), healthy(child.draft(FormKind.HEALTH_DECLARATION)))
                    assertEquals(SyncResult.SYNCED, mother.sync().result)
                    val one = mother.dependants().dependants.single()
                    assertFalse(one.keyInHardware, "files are no hardware")
                    assertTrue(one.codeAvailable && one.keyText.isNotEmpty())
                    assertTrue(child.currentCode().text.startsWith("JKM1:"))
                    val own = keys().filter { ".credential-" !in it }
                    assertEquals(1, own.size)
                    assertTrue(keys().size > 1, "and keys of credentials of its own")
                    child.erase()
                    assertEquals(emptyList(), keys())
                }
            }
        }

    @Test
    fun `a child is added, shown with the carer, shared, handed over and left`() =
        runBlocking {
            Authority(folder.resolve("authority"), mapOf("care_by" to "self_declared")).use { authority ->
                Phone(folder.resolve("mother"), authority).open().use { mother ->
                    mother.turnGreen()
                    val request = DependantRequest(child(901), consent("en").version)
                    mother.saveDependantDraft(child(901))
                    assertEquals(child(901)["name"], mother.dependantDraft()["name"])
                    val id = mother.addDependant(request)
                    val left = mother.dependantDraft()
                    assertEquals(
                        null to child(901)["phone"],
                        left["name"] to left["phone"],
                        "sent, it is no draft any more",
                    )
                    val child = mother.subject(id)
                    val answers = healthy(child.draft(FormKind.HEALTH_DECLARATION))
                    assertEquals(2, mother.submitDeclarationFor(listOf("owner", id), answers).size)
                    assertEquals(
                        DependantState.WAITING,
                        mother
                            .dependants()
                            .dependants
                            .single()
                            .state,
                    )
                    assertEquals(SyncResult.SYNCED, mother.sync().result)
                    val view = mother.dependants()
                    val one = view.dependants.single()
                    assertEquals("欧阳小小", one.name)
                    assertEquals(DependantState.IN_CARE, one.state)
                    assertTrue(one.codeAvailable && one.stateText.isNotEmpty() && view.text.isNotEmpty())
                    assertEquals(Colour.GREEN, child.home().colour?.colour)
                    val codes = mother.groupCodes()
                    assertEquals(listOf("owner", id), codes.map { it.id })
                    assertEquals(2, codes.mapNotNull { it.code?.text }.toSet().size)

                    assertEquals(CareCodeState.WAITING, child.showCareCode(CarePurpose.PHONE).state)
                    mother.sync()
                    val code = checkNotNull(child.careCode())
                    assertEquals(CareCodeState.COUNTS, code.state)
                    Phone(folder.resolve("child"), authority).open().use { own ->
                        assertFailsWith<HealthCodeException.Session> {
                            own.registerWithCode(child(901), consent("en").version, "0000-0000-0001")
                        }
                        own.registerWithCode(child(901), consent("en").version, code.code)
                        assertEquals(SyncResult.SYNCED, own.sync().result)
                        assertEquals(
                            child.home().colour?.citizenId,
                            own.home.value.colour
                                ?.citizenId,
                        )
                        own.endCare(own.carers().map { it.id })
                        own.sync()
                    }
                    mother.sync()
                    assertEquals(
                        DependantState.ENDED,
                        mother
                            .dependants()
                            .dependants
                            .single()
                            .state,
                    )
                    mother.mendDependant(id, request)
                    child.erase()
                    mother.sync()
                    assertTrue(mother.dependants().dependants.isEmpty())
                }
            }
        }
}
