package org.healthcode

import kotlinx.coroutines.runBlocking
import org.healthcode.core.BundleKind
import org.healthcode.core.CitizenConfig
import org.healthcode.core.ConsentForm
import org.healthcode.core.FormKind
import org.healthcode.core.HealthCodeException
import org.healthcode.core.PinnedKeys
import org.healthcode.core.Stage
import org.healthcode.core.TextDirection
import org.healthcode.core.checkAnswers
import org.healthcode.core.codeModules
import org.healthcode.core.codePng
import org.healthcode.core.consent
import org.healthcode.core.evaluateRule
import org.healthcode.core.textDirection
import org.healthcode.support.Authority
import org.healthcode.support.HandClock
import org.healthcode.support.Phone
import org.healthcode.support.configOf
import org.healthcode.support.healthy
import org.healthcode.support.registration
import org.healthcode.support.turnGreen
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Files
import java.nio.file.Path
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertNotNull
import kotlin.test.assertNull
import kotlin.test.assertTrue

/** Every kind of error, with its code and its texts. */
class ErrorsTest {
    @TempDir
    lateinit var folder: Path

    private val seen = mutableSetOf<Class<*>>()

    private suspend inline fun <reified E : HealthCodeException> fails(
        code: String,
        crossinline work: suspend () -> Unit,
    ) {
        val error = runCatching { work() }.exceptionOrNull()
        assertTrue(error is E, "$error")
        assertEquals(code, error.code)
        assertTrue(error.text("en-GB").all { it < '\u3000' }, error.text("en-GB"))
        assertTrue(error.text("zh_CN").any { it > '\u3000' }, error.text("zh_CN"))
        assertEquals(error.text("en"), error.text("sw"), "English where there are no words")
        seen += E::class.java
    }

    @Test
    fun `an error of every kind`() =
        runBlocking {
            Authority(folder.resolve("authority")).use { authority ->
                sessionAndForms(authority)
                storesAndHosts(authority)
                networks(authority)
                checkpoints(authority)
            }
            // A credential of another issuer and a defect of the core cannot be brought about from here: the phone takes
            // no credential that it did not verify, and no call is known that panics. Rust's tests do both.
            val unreachable =
                setOf(HealthCodeException.Credential::class.java, HealthCodeException.Internal::class.java)
            val kinds = HealthCodeException::class.java.run { declaredClasses.filter { isAssignableFrom(it) } }
            assertEquals(kinds.toSet() - unreachable, seen)
        }

    private suspend fun sessionAndForms(authority: Authority) {
        Phone(folder.resolve("a"), authority).open().use { health ->
            fails<HealthCodeException.Session>("no_code_yet") { health.currentCode() }
            fails<HealthCodeException.Session>("not_registered") { health.submitDeclaration(emptyMap()) }
            fails<HealthCodeException.Session>("consent_missing") {
                health.register(registration(1), ConsentForm(99u, ""))
            }
            val wrong = registration(1) + answers { "phone" set "12" }
            fails<HealthCodeException.FormRefused>("form_refused") { health.register(wrong, consent(health.language)) }
            val refused = runCatching { health.register(wrong, consent(health.language)) }.exceptionOrNull()
            val field = (refused as HealthCodeException.FormRefused).fields.single()
            assertEquals("phone" to "answer_phone_invalid", field.path to field.code)
            assertEquals("This is not a phone number.", field.text)
            health.setLanguage("zh-CN")
            val chinese = runCatching { health.register(wrong, consent(health.language)) }.exceptionOrNull()
            assertEquals("电话号码无效。", (chinese as HealthCodeException.FormRefused).fields.single().text)
            // Until the authority took it, it is corrected by filing it again.
            repeat(2) { health.register(registration(1), consent(health.language)) }
            fails<HealthCodeException.Sync>("sync_upload_unknown") { health.dismissUpload("nothing") }
            fails<HealthCodeException.Argument>("argument_invalid") {
                health.saveDraft(FormKind.HEALTH_DECLARATION, answers { "temperature" set Double.NaN })
            }
            repeat(199) { health.submitDeclaration(healthy(health.draft(FormKind.HEALTH_DECLARATION))) }
            fails<HealthCodeException.Sync>("sync_outbox_full") {
                health.submitDeclaration(healthy(health.draft(FormKind.HEALTH_DECLARATION)))
            }
        }
        fails<HealthCodeException.Form>("form_malformed") { checkAnswers("{}", "{}", "2026-11-25", "en") }
        fails<HealthCodeException.Form>("rule_unknown_operator") { evaluateRule("""{"drop": [1]}""", "{}") }
        fails<HealthCodeException.Argument>("argument_invalid") { evaluateRule("{", "{}") }
        fails<HealthCodeException.Code>("picture_text_not_alphanumeric") { codePng("健康码") }
        fails<HealthCodeException.Code>("picture_scale_not_allowed") { codePng("JKM1:", 33u) }
        fails<HealthCodeException.Code>("picture_text_too_long") { codeModules("A".repeat(2_000)) }
        fails<HealthCodeException.Code>("picture_text_not_alphanumeric") { codeModules("jkm1:") }
    }

    private suspend fun storesAndHosts(authority: Authority) {
        val phone = Phone(folder.resolve("b"), authority)
        phone.open().use { fails<HealthCodeException.Store>("store_already_open") { phone.open().close() } }
        val stranger = KeyStoreGuard.open(folder.resolve("other.p12"), "password".toCharArray())
        fails<HealthCodeException.Store>("store_key_refused") { phone.open(guard = stranger).close() }
        phone.open().use { assertEquals(0u, it.home.value.uploadsWaiting, "nothing was lost") }
        Files.list(folder.resolve("b/store")).use { files ->
            files.filter { it.fileName.toString().contains("envelope") }.forEach { Files.write(it, byteArrayOf(1, 2)) }
        }
        fails<HealthCodeException.Store>("store_envelope_damaged") { phone.open().close() }
        HealthCode.dangerReset(folder.resolve("b/store").toString())
        phone.open().use { anew ->
            assertEquals(Stage.NOT_REGISTERED, anew.home.value.stage)
            fails<HealthCodeException.Store>("store_already_open") {
                HealthCode.dangerReset(folder.resolve("b/store").toString())
            }
        }
        val silent =
            object : org.healthcode.core.HostDeviceSigner {
                override fun publicKey(): ByteArray =
                    throw org.healthcode.core.HostException
                        .KeyUnavailable()

                override fun sign(message: ByteArray): ByteArray = message

                override fun isHardware() = true

                override fun credentialSigner(number: ULong): org.healthcode.core.HostDeviceSigner? = null

                override fun credentialSlots() = 1u
            }
        fails<HealthCodeException.Host>("key_unavailable") {
            Phone(folder.resolve("c"), authority).open(signer = silent).close()
        }
    }

    private suspend fun networks(authority: Authority) {
        val good = configOf(authority)

        suspend fun open(config: CitizenConfig) = Phone(folder.resolve("d"), config).open().close()
        fails<HealthCodeException.Http>("http_roots_invalid") {
            open(CitizenConfig(good.baseUrl, good.rootKey, "no PEM".toByteArray(), "en"))
        }
        fails<HealthCodeException.Sync>("sync_base_url_invalid") {
            open(CitizenConfig("http://127.0.0.1", good.rootKey, good.rootsPem, "en"))
        }
        fails<HealthCodeException.Argument>("argument_invalid") {
            open(CitizenConfig(good.baseUrl, ByteArray(31), good.rootsPem, "en"))
        }
        fails<HealthCodeException.Argument>("argument_invalid") {
            val pins = PinnedKeys(ByteArray(32), ByteArray(20), 0)
            open(CitizenConfig(good.baseUrl, good.rootKey, good.rootsPem, "en", pins))
        }
    }

    private suspend fun checkpoints(authority: Authority) {
        val clock = HandClock()
        Phone(folder.resolve("e"), authority).open(clock = clock).use { health ->
            health.turnGreen()
            val trust = assertNotNull(health.publishedBundle(BundleKind.TRUST))
            assertNull(health.publishedBundle(BundleKind.FORM, "nothing-of-the-kind"))
            val key = authority.rootKey
            fails<HealthCodeException.Bundle>("bundle_signer_unknown") { Checkpoint.open(trust, ByteArray(32)) }
            fails<HealthCodeException.Bundle>("bundle_rolled_back") { Checkpoint.open(trust, key, lowestVersion = 9u) }
            fails<HealthCodeException.Bundle>("bundle_expired") { Checkpoint.open(trust, key, at = 9_999_999_999) }
            fails<HealthCodeException.Bundle>("bundle_not_canonical") { Checkpoint.open(trust + 0, key) }
            fails<HealthCodeException.Argument>("argument_invalid") { Checkpoint.open(trust, key, place = "ä") }
            Checkpoint.open(trust, key).use { checkpoint ->
                fails<HealthCodeException.Bundle>("bundle_wrong_kind") { checkpoint.addStatusList(trust) }
            }
        }
    }

    @Test
    fun `a language says which way it is written`() {
        val left = listOf("zh-Hans-CN", "en", "ko", "ug-Latn", "no language")
        assertTrue(left.all { textDirection(it) == TextDirection.LEFT_TO_RIGHT })
        assertTrue(listOf("ar", "ar-EG", "ug-CN").all { textDirection(it) == TextDirection.RIGHT_TO_LEFT })
    }
}
