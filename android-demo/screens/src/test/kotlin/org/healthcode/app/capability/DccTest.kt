package org.healthcode.app.capability

import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.ui.Modifier
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.assertIsFocused
import androidx.compose.ui.test.onNodeWithTag
import kotlinx.coroutines.runBlocking
import org.healthcode.ScreenWords
import org.healthcode.app.Host
import org.healthcode.app.HostCamera
import org.healthcode.app.support.TestHost
import org.healthcode.app.support.awaitState
import org.healthcode.app.support.awaitText
import org.healthcode.app.support.awaitThat
import org.healthcode.app.support.isBusy
import org.healthcode.app.support.onPhone
import org.healthcode.app.support.scenarioData
import org.healthcode.app.support.shows
import org.healthcode.app.support.tap
import org.healthcode.app.support.type
import org.healthcode.capability.dccs
import org.healthcode.capability.keepDcc
import org.healthcode.core.DccStatus
import org.healthcode.core.textOfCode
import org.healthcode.support.Authority
import org.healthcode.support.Phone
import org.healthcode.support.turnGreen
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertTrue

/** EU certificates over the real core: scanned, picked and typed, kept when the person says so, handed in and removed. */
@OptIn(ExperimentalTestApi::class)
class DccTest {
    @TempDir
    lateinit var folder: Path

    private val words = ScreenWords("en")

    @Test
    fun `a square is scanned, read, and kept only when that is said`() =
        published { phone, _ ->
            val camera = SeeingCamera(listOf("https://example.org", scenarioData("anna.txt")))
            onPhone(phone, "en", "dcc", host = CameraHost(camera)) { app ->
                awaitState("empty")
                tap(words["dcc-add"])
                awaitState("add")
                tap(words["dcc-scan"])
                awaitState("read")
                awaitText("The signature is right, and it counts here.")
                awaitText("Comirnaty")
                assertTrue(runBlocking { app.health.dccs() }.certificates.isEmpty())
                tap(words["common-back"])
                awaitState("add")
                assertTrue(runBlocking { app.health.dccs() }.certificates.isEmpty())
                tap(words["dcc-scan"])
                awaitState("read")
                tap(words["dcc-keep"])
                // Nobody is registered: first things first.
                awaitState("kept")
                tap(words["form-registration-title"])
                assertEquals("form", app.navigator.shown.screen)
                tap(words["common-back"])
                awaitState("kept")
                tap(words["common-back"])
                awaitState("list")
                awaitText("Eriksson Anna Maria")
                // The same again is the same.
                tap(words["dcc-add"])
                tap(words["dcc-scan"])
                awaitState("kept")
                assertEquals(1, runBlocking { app.health.dccs() }.certificates.size)
            }
        }

    @Test
    fun `what is no certificate is told by what is wrong with it, and a picture without a square too`() =
        published { phone, _ ->
            val host = TestHost()
            onPhone(phone, "en", "dcc", host = host) { app ->
                awaitState("empty")
                tap(words["dcc-add"])
                tap(words["dcc-read"])
                awaitState("problem")
                onNodeWithTag("problems").assertIsFocused()
                awaitText(textOfCode("dcc_not_a_certificate", "en").orEmpty())
                type(scenarioData("damaged.txt"))
                assertFalse(shows(words["common-problem-title"]), "typing on takes the problem away")
                tap(words["dcc-read"])
                awaitText(textOfCode("dcc_compression_damaged", "en").orEmpty())
                app.settings.language = "zh"
                awaitText(textOfCode("dcc_compression_damaged", "zh").orEmpty())
                app.settings.language = "en"
                awaitText(words["dcc-picture"])
                host.codesInPicture = emptyList()
                tap(words["dcc-picture"])
                awaitText(words["dcc-no-code"])
                host.codesInPicture = null
                tap(words["dcc-picture"])
                awaitThat("nothing was picked") { !app.isBusy }
                awaitState("add")
                host.codesInPicture = listOf(scenarioData("expired.txt"))
                tap(words["dcc-picture"])
                // What does not hold is read, and there is no use in keeping it.
                awaitState("read")
                awaitText("Ask whoever issued it for a new one.")
                assertFalse(shows(words["dcc-keep"]))
                assertFalse(shows(words["dcc-hand-in"]))
            }
        }

    @Test
    fun `other names are seen on both sides, confirmed, refused by officers, and removed after a question`() =
        published { phone, authority ->
            runBlocking {
                phone.open().use {
                    it.turnGreen()
                    it.sync()
                    it.keepDcc(scenarioData("svensson.txt"))
                }
            }
            onPhone(phone, "en", "dcc") { app ->
                awaitState("list")
                tap("EU vaccination certificate")
                awaitState("names")
                awaitText("Svensson")
                awaitText("欧阳振华")
                awaitText(words["dcc-in-document"])
                tap(words["dcc-compare"])
                awaitState("confirm")
                tap(words["common-cancel"])
                awaitState("names")
                assertEquals(
                    0u,
                    app.health.home.value.uploadsWaiting,
                )
                tap(words["dcc-compare"])
                tap(words["dcc-confirm"])
                awaitState("at_desk")
                val citizen = checkNotNull(app.health.home.value.colour).citizenId
                authority.decideCertificate(citizen, "refuse")
                tap(words["code-connect"])
                awaitState("not_ours")
                awaitText("Officers found that it is not yours.")
                tap(words["dcc-remove"])
                awaitState("remove")
                tap(words["common-cancel"])
                awaitState("not_ours")
                tap(words["dcc-remove"])
                tap(words["dcc-remove"])
                awaitState("empty")
                awaitThat("the authority knows") { !app.isSyncing && app.health.home.value.uploadsWaiting == 0u }
            }
        }

    @Test
    fun `no more than twenty are kept, and there is no way to add one then`() =
        published { phone, _ ->
            val texts = scenarioData("twenty-one.txt").lines()
            runBlocking { phone.open().use { health -> texts.take(20).forEach { health.keepDcc(it) } } }
            onPhone(phone, "en", "dcc") { app ->
                awaitState("full")
                awaitText("20 certificates are kept, the most there can be.")
                assertFalse(shows(words["dcc-add"]))
                val first = runBlocking { app.health.dccs() }.certificates.first()
                app.navigator.open("dcc", first.id)
                awaitState("kept")
                tap(words["dcc-remove"])
                tap(words["dcc-remove"])
                awaitState("list")
                tap(words["dcc-add"])
                type(texts.last())
                tap(words["dcc-read"])
                awaitState("read")
                tap(words["dcc-keep"])
                awaitState("kept")
                tap(words["common-back"])
                awaitState("full")
            }
        }

    @Test
    fun `before there are keys it is kept unchecked, and counts once the list is there`() =
        Authority(folder.resolve("authority")).use { authority ->
            val phone = Phone(folder.resolve("phone"), authority)
            runBlocking {
                phone.open().use { health ->
                    health.turnGreen()
                    health.keepDcc(scenarioData("anna.txt"))
                    assertEquals(
                        DccStatus.UNCHECKED,
                        health
                            .dccs()
                            .certificates
                            .single()
                            .status,
                    )
                }
            }
            onPhone(phone, "en", "dcc") { app ->
                awaitText("Not checked yet.")
                tap("EU vaccination certificate")
                awaitText("Connect this phone once.")
                authority.publish("dcc-keys", scenarioData("dcc-keys.json"))
                authority.publish("dcc-rules", scenarioData("dcc-rules.json"))
                awaitThat("nothing runs") { !app.isSyncing }
                tap(words["code-connect"])
                awaitText("The signature is right, and it counts here.")
            }
        }

    /** An authority with the keys and the rules, and a phone that has them. */
    private fun published(look: (Phone, Authority) -> Unit) =
        Authority(folder.resolve("authority")).use { authority ->
            authority.publish("dcc-keys", scenarioData("dcc-keys.json"))
            authority.publish("dcc-rules", scenarioData("dcc-rules.json"))
            val phone = Phone(folder.resolve("phone"), authority)
            runBlocking { phone.open().use { it.sync() } }
            look(phone, authority)
        }

    private class CameraHost(
        override val camera: HostCamera,
    ) : Host by TestHost()

    /** A camera that sees the same at once. */
    private class SeeingCamera(
        private val codes: List<String>,
    ) : HostCamera {
        override suspend fun isAllowed() = true

        override fun openSettings() = Unit

        @Composable
        override fun View(
            isLit: Boolean,
            onCodes: (List<String>) -> Unit,
            modifier: Modifier,
        ) = LaunchedEffect(Unit) { onCodes(codes) }
    }
}
