package org.healthcode

import kotlinx.coroutines.runBlocking
import org.healthcode.core.Colour
import org.healthcode.core.HealthCodeException
import org.healthcode.core.HomeNoticeKind
import org.healthcode.core.NextStepKind
import org.healthcode.core.OpeningFailureKind
import org.healthcode.core.Reason
import org.healthcode.core.StatusKind
import org.healthcode.core.SyncResult
import org.healthcode.core.consent
import org.healthcode.support.Authority
import org.healthcode.support.HandClock
import org.healthcode.support.Phone
import org.healthcode.support.registration
import org.healthcode.support.turnGreen
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertIs
import kotlin.test.assertNotNull
import kotlin.test.assertTrue

/** What a screen draws comes whole from the core: state, next step, strips, the rule, the history. */
class ViewsTest {
    @TempDir
    lateinit var folder: Path

    private val HealthCode.drawn
        get() = Triple(home.value.status.kind, home.value.nextStep.kind, home.value.notices.map { it.kind })

    @Test
    fun `from nothing to a code that has ended`() =
        runBlocking {
            val authority = Authority(folder.resolve("authority"))
            val clock = HandClock()
            Phone(folder.resolve("phone"), authority).open(clock = clock).use { health ->
                assertEquals(Triple(StatusKind.UNKNOWN, NextStepKind.REGISTER, emptyList()), health.drawn)
                health.turnGreen()
                assertEquals(Triple(StatusKind.GREEN, NextStepKind.SHOW_CODE, emptyList()), health.drawn)
                assertEquals("Green: no restriction", health.home.value.status.title)
                val colour = assertNotNull(health.home.value.colour)
                assertEquals("Green as long as none of the rules for red and yellow holds.", colour.ruleText)
                assertEquals(Colour.GREEN to Reason.CLEAR, colour.colour to colour.reason)
                health.setLanguage("zh-Hans-CN")
                assertEquals("绿码 暂无限制", health.home.value.status.title)
                assertEquals("出示健康码", health.home.value.nextStep.text)
                assertEquals("符合以下条件时为绿码：不符合红码和黄码的各条规则。", assertNotNull(health.home.value.colour).ruleText)

                authority.close()
                assertEquals(SyncResult.OFFLINE, health.sync().result)
                val offline =
                    health.home.value.notices
                        .single()
                assertEquals(HomeNoticeKind.OFFLINE to "离线，可继续使用", offline.kind to offline.text)
                clock.advance(25 * 3_600_000L)
                health.refresh()
                assertEquals(
                    StatusKind.UNKNOWN to "状态待更新",
                    health.home.value.status
                        .run { kind to title },
                )
                assertEquals(NextStepKind.CONNECT, health.home.value.nextStep.kind)
                val kinds =
                    health.home.value.notices
                        .map { it.kind }
                assertEquals(listOf(HomeNoticeKind.EXPIRED, HomeNoticeKind.OFFLINE, HomeNoticeKind.STALE), kinds)
                assertEquals(
                    health.home.value.credentialExpiresAt,
                    health.home.value.notices[0]
                        .at,
                )
            }
        }

    @Test
    fun `what waits is told`() =
        runBlocking {
            Authority(folder.resolve("authority")).use { authority ->
                Phone(folder.resolve("phone"), authority).open().use { health ->
                    health.register(registration(901), consent(health.language))
                    val waiting =
                        health.home.value.notices
                            .single()
                    assertEquals(HomeNoticeKind.UPLOADS_WAITING, waiting.kind)
                    assertEquals("Saved here; sent once when online", waiting.text)
                    assertEquals(NextStepKind.CONNECT, health.home.value.nextStep.kind)
                }
            }
        }

    @Test
    fun `a store that does not open says what can be done`() =
        runBlocking {
            Authority(folder.resolve("authority")).use { authority ->
                val phone = Phone(folder.resolve("phone"), authority)
                phone.open().close()
                val other = KeyStoreGuard.open(folder.resolve("other.p12"), "password".toCharArray())
                val error = runCatching { phone.open(guard = other) }.exceptionOrNull()
                val shown = assertIs<HealthCodeException>(error).openingFailure("en")
                assertEquals(OpeningFailureKind.KEY_LOST, shown.kind)
                assertTrue(shown.canReset && !shown.canRetry)
                assertEquals("The key is lost", shown.title)
            }
        }
}
