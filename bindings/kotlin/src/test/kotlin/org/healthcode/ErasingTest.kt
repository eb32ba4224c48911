package org.healthcode

import kotlinx.coroutines.runBlocking
import org.healthcode.core.Colour
import org.healthcode.core.ErasureState
import org.healthcode.core.FormKind
import org.healthcode.core.HealthCodeException
import org.healthcode.core.Stage
import org.healthcode.core.SyncResult
import org.healthcode.core.consent
import org.healthcode.support.Authority
import org.healthcode.support.Phone
import org.healthcode.support.configOf
import org.healthcode.support.healthy
import org.healthcode.support.registration
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertNotEquals
import kotlin.test.assertNotNull
import kotlin.test.assertNull
import kotlin.test.assertTrue

/** A citizen leaves, with or without a network, and comes back as somebody new. */
class ErasingTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `a citizen leaves and comes back, over the core's network and the platform's`() =
        runBlocking {
            Authority(folder.resolve("authority")).use { authority ->
                val networks = listOf(null, HttpsTransport(configOf(authority)))
                networks.forEachIndexed { order, transport ->
                    Phone(folder.resolve("phone-$order"), authority).open(transport = transport).use { health ->
                        val before = health.comes(901 + 2 * order)
                        health.erase()
                        assertEquals(Stage.NOT_REGISTERED, health.home.value.stage)
                        assertFailsWith<HealthCodeException.Session> { health.currentCode() }
                        val waiting = health.erasures().single()
                        assertEquals(ErasureState.WAITING, waiting.state)
                        assertEquals(OWNER, waiting.subject)
                        assertFailsWith<HealthCodeException.Sync> { health.forgetErasure(waiting.id) }
                        assertTrue(health.syncWanted())
                        assertEquals(SyncResult.SYNCED, health.sync().result)
                        val erased = health.erasures().single()
                        assertEquals(ErasureState.CONFIRMED, erased.state, "${erased.problem}")
                        assertNotNull(erased.receipt)
                        assertEquals(listOf("receipt", "device", "revoked-credentials"), erased.kept.map { it.what })
                        assertTrue(erased.kept.all { it.text.isNotBlank() })
                        assertNotEquals(before, health.comes(901 + 2 * order))
                        health.forgetErasure(erased.id)
                        assertTrue(health.erasures().isEmpty())
                    }
                }
            }
        }

    @Test
    fun `who is not on this phone cannot be erased`() =
        runBlocking {
            Authority(folder.resolve("authority")).use { authority ->
                Phone(folder.resolve("phone"), authority).open().use { health ->
                    assertFailsWith<HealthCodeException.Sync> { health.erase("somebody") }
                    assertFailsWith<HealthCodeException.Sync> { health.erase("Not an id") }
                    health.erase()
                    assertTrue(health.erasures().isEmpty(), "nobody was told of anybody")
                    assertNull(health.sunset(), "nothing was ordered")
                }
            }
        }

    /** Registers and turns green; the citizen's id. */
    private suspend fun HealthCode.comes(order: Int): String {
        register(registration(order), consent(language))
        submitDeclaration(healthy(draft(FormKind.HEALTH_DECLARATION)))
        assertEquals(SyncResult.SYNCED, sync().result)
        val colour = assertNotNull(home.value.colour)
        assertEquals(Colour.GREEN, colour.colour)
        return colour.citizenId
    }
}
