package quickstart

import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.healthcode.HealthCode
import org.healthcode.KeyStoreGuard
import org.healthcode.answers
import org.healthcode.core.CitizenConfig
import org.healthcode.core.DocumentKind
import org.healthcode.core.FormKind
import org.healthcode.core.Stage
import org.healthcode.core.SyncOutcome
import org.healthcode.core.SyncReason
import org.healthcode.core.SyncResult
import org.healthcode.core.consent
import org.healthcode.core.textOfCode
import org.healthcode.document
import org.healthcode.png
import org.healthcode.word
import java.nio.file.Path
import java.util.Locale
import kotlin.io.path.createDirectories
import kotlin.io.path.readBytes
import kotlin.io.path.readText
import kotlin.io.path.writeBytes
import kotlin.system.exitProcess
import kotlin.time.Duration.Companion.seconds

/** Makes a phone in a folder, registers, declares, syncs, and writes the code as a picture. */
fun main(arguments: Array<String>) {
    if (arguments.size != 3) {
        System.err.println("usage: PHONE_FOLDER URL AUTHORITY_FOLDER")
        exitProcess(2)
    }
    val (phone, url, authority) = arguments
    val folder = Path.of(phone).createDirectories()
    val wentWell = runBlocking { openHealthCode(folder, url, Path.of(authority)).use { becomeGreen(it, folder) } }
    if (!wentWell) exitProcess(1)
}

/** In development the three values of the configuration lie in the authority's folder; an app ships with its region's. */
suspend fun openHealthCode(
    folder: Path,
    url: String,
    authority: Path,
): HealthCode =
    HealthCode.open(
        dataDir = folder.resolve("store").toString(),
        config =
            CitizenConfig(
                baseUrl = url, // as the authority says it: https://127.0.0.1:8443
                rootKey =
                    authority
                        .resolve("root-key.hex")
                        .readText()
                        .trim()
                        .hexToByteArray(),
                rootsPem = authority.resolve("ca.pem").readBytes(),
                language = Locale.getDefault().toLanguageTag(),
            ),
        // On a phone the Keystore guards the store's key; on the JVM a file under a password.
        keyGuard = KeyStoreGuard.open(folder.resolve("keys.p12"), "password".toCharArray()),
    )

suspend fun becomeGreen(
    health: HealthCode,
    folder: Path,
): Boolean {
    if (health.home.value.stage == Stage.NOT_REGISTERED) {
        register(health, "欧阳振华", "330106199003076133")
        declare(health)
    }
    if (health.home.value.colour == null) {
        val problem = problemOf(health.sync(SyncReason.AFTER_SUBMIT), health.language)
        if (problem != null) {
            System.err.println("not synced: $problem") // what was declared stays queued: sync again
            return false
        }
    }
    val code = withTimeout(30.seconds) { health.codes.first() }
    val picture = folder.resolve("code.png")
    picture.writeBytes(code.png(pixelsPerModule = 8))
    println("${code.colour.word(health.language)}: $picture")
    return true
}

/** Works without a network: what returned is on disk. */
suspend fun register(
    health: HealthCode,
    name: String,
    idNumber: String,
) {
    val consent = consent(health.language) // show consent.text and ask
    health.register(
        answers {
            "name" set name
            "sex" set "1"
            "nationality" set "CHN"
            "document" set document(DocumentKind.RESIDENT_ID, idNumber)
            "division" set "330106"
            "address" set "西湖区文三路 90 号"
            "phone" set "13800001234"
            "underlyingIllness" set listOf("none")
        },
        consent,
    )
}

/** Works without a network too; the next sync sends it. */
suspend fun declare(health: HealthCode) {
    val answers =
        answers {
            all(health.draft(FormKind.HEALTH_DECLARATION)) // what the citizen told before
            "temperature" set 36.5
            "symptoms" set listOf("none")
            "underlyingIllness" set listOf("none")
            "highRiskStay" set false
            "contact" set false
            "travelled" set false
            "truthful" set true
        }
    val review = health.review(FormKind.HEALTH_DECLARATION, answers)
    review.errors.forEach { System.err.println("${it.path}: ${it.text}") }
    if (review.errors.isEmpty()) health.submitDeclaration(answers)
}

/** A network that fails is no exception: the outcome says what did not work. Null where all went well. */
fun problemOf(
    outcome: SyncOutcome,
    language: String,
): String? {
    val code = outcome.problem ?: outcome.uploadsRefused.firstOrNull()?.code
    return when {
        code != null -> "${textOfCode(code, language) ?: outcome.result} ($code)"
        outcome.result != SyncResult.SYNCED -> outcome.result.toString()
        else -> null
    }
}
