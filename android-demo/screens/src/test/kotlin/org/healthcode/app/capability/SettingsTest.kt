package org.healthcode.app.capability

import androidx.compose.ui.test.ExperimentalTestApi
import kotlinx.coroutines.runBlocking
import org.healthcode.ScreenWords
import org.healthcode.app.Settings
import org.healthcode.app.support.SettingsInMemory
import org.healthcode.app.support.awaitText
import org.healthcode.app.support.awaitThat
import org.healthcode.app.support.onPhone
import org.healthcode.app.support.tap
import org.healthcode.app.support.texts
import org.healthcode.core.FormKind
import org.healthcode.core.Stage
import org.healthcode.support.Authority
import org.healthcode.support.Phone
import org.healthcode.support.healthy
import org.healthcode.support.turnGreen
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import java.security.MessageDigest
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertNotNull
import kotlin.test.assertTrue

/** What a citizen sets, reads about the app, and how they leave. */
@OptIn(ExperimentalTestApi::class)
class SettingsTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `language and large text are kept and seen at once`() =
        Authority(folder.resolve("authority")).use { authority ->
            val file = SettingsInMemory()
            onPhone(Phone(folder.resolve("phone"), authority), "en", "settings", null, Settings(file, "en")) { app ->
                tap(ScreenWords("en")["settings-elder"])
                assertTrue(app.settings.isElder)
                tap(ScreenWords("en")["settings-language"])
                tap("العربية")
                awaitText("اللغة")
                assertEquals("ar", app.settings.language)
                tap("한국어")
                awaitText("언어")
                tap("简体中文")
                awaitText("语言")
                runOnIdle { app.navigator.back() }
                awaitText(ScreenWords("zh")["settings-elder"])
                val again = Settings(file, "en")
                assertEquals("zh", again.language)
                assertTrue(again.isElder)
            }
        }

    @Test
    fun `about says whom the app believes and which phone it is`() =
        Authority(folder.resolve("authority")).use { authority ->
            val digest = MessageDigest.getInstance("SHA-256").digest(authority.rootKey)
            // Two rows of two pairs each, which no narrow line parts.
            val groups = digest.copyOf(16).toHexString().chunked(4)
            val fingerprint = groups.chunked(2) { it.joinToString("\u00a0") }.chunked(2) { it.joinToString(" ") }.joinToString("\n")
            onPhone(Phone(folder.resolve("phone"), authority), "en", "settings", "about") { app ->
                awaitText(fingerprint)
                awaitText(runBlocking { app.health.deviceId() })
                tap(ScreenWords("en")["settings-licences"])
                assertTrue(texts().any { "chrono" in it } && texts().any { "JNA" in it })
                runOnIdle { app.navigator.back() }
                awaitText(fingerprint)
            }
        }

    @Test
    fun `all that is lost is listed, cancelling loses nothing, and erasing has a receipt`() =
        Authority(folder.resolve("authority")).use { authority ->
            val phone = Phone(folder.resolve("phone"), authority)
            val words = ScreenWords("en")
            runBlocking {
                phone.open().use { health ->
                    health.turnGreen()
                    authority.stop()
                    health.submitDeclaration(healthy(health.draft(FormKind.HEALTH_DECLARATION)))
                }
            }
            onPhone(phone, "en", "settings") { app ->
                tap(words["settings-erase"])
                awaitText(words.format("settings-erase-pending", "count" to 1))
                tap(words["common-cancel"])
                awaitText(words["settings-elder"])
                assertEquals(Stage.DECIDED, app.health.home.value.stage)
                tap(words["settings-erase"])
                tap(words["settings-erase-confirm"])
                awaitText("The authority was not reached yet.")
                assertEquals(Stage.NOT_REGISTERED, app.health.home.value.stage)
                authority.start()
                tap(words["home-sync"])
                awaitText("The authority confirmed it.")
                assertNotNull(texts().find { it.startsWith("Receipt") })
                tap(words["settings-start-again"])
                awaitThat("it comes about") { app.navigator.shown.screen == "onboarding" }
            }
        }
}
