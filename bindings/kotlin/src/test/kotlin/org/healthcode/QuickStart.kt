@file:Suppress("unused", "UNUSED_VARIABLE")

package org.healthcode

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.healthcode.core.BundleKind
import org.healthcode.core.CitizenConfig
import org.healthcode.core.CodeView
import org.healthcode.core.DocumentKind
import org.healthcode.core.FormKind
import org.healthcode.core.HealthCodeEvent
import org.healthcode.core.HealthCodeException
import org.healthcode.core.HomeView
import org.healthcode.core.SyncReason
import org.healthcode.core.SyncResult
import org.healthcode.core.consent
import java.nio.file.Path
import kotlin.time.Duration.Companion.seconds

// The regions of this file are the examples of docs/KOTLIN.md; DocumentationTest holds both together and runs them.

// region open
suspend fun openHealthCode(
    folder: Path,
    authorityUrl: String,
    rootKey: ByteArray,
    rootsPem: ByteArray,
    password: CharArray,
): HealthCode =
    HealthCode.open(
        dataDir = folder.resolve("store").toString(),
        config = CitizenConfig(authorityUrl, rootKey, rootsPem, language = "zh-Hans-CN"), // the phone's own
        keyGuard = KeyStoreGuard.open(folder.resolve("keys.p12"), password),
    )
// endregion

// region register
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
// endregion

// region declare
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
    review.errors.forEach { println("${it.path}: ${it.text}") }
    if (review.errors.isEmpty()) {
        health.submitDeclaration(answers) // on disk now, sent by the next sync
        health.sync(SyncReason.AFTER_SUBMIT)
    }
}
// endregion

// region show
fun show(
    health: HealthCode,
    screen: CoroutineScope,
    draw: (CodeView, ByteArray) -> Unit,
    drawHome: (HomeView) -> Unit,
) {
    screen.launch { health.home.collect(drawHome) }
    screen.launch { health.codes.collect { draw(it, it.png()) } } // ends with the scope: nothing runs unseen
}
// endregion

// region alert
fun alertOnChanges(
    health: HealthCode,
    app: CoroutineScope,
    alert: (title: String, text: String) -> Unit,
) {
    app.launch {
        health.events.collect { event ->
            when (event) {
                is HealthCodeEvent.ColourChanged ->
                    alert(event.v1.to.word(health.language), "${event.v1.texts.text} ${event.v1.texts.instruction}")
                is HealthCodeEvent.UploadRefused -> alert(event.code, event.uploadId)
                is HealthCodeEvent.RegistersAgain -> alert(event.text, "")
                is HealthCodeEvent.NewBulletins -> Unit // health.bulletins() has them
            }
        }
    }
}
// endregion

// region sync
suspend fun syncInBackground(health: HealthCode): Boolean {
    val outcome = health.sync(SyncReason.SCHEDULED, deadline = 30.seconds)
    return when (outcome.result) {
        SyncResult.SYNCED, SyncResult.NOT_NEEDED, SyncResult.ALREADY_RUNNING -> true
        else -> false // come again at outcome.nextAllowedAtMs
    }
}
// endregion

// region errors
suspend fun objectTo(
    health: HealthCode,
    statement: String,
    tell: (String) -> Unit,
) {
    try {
        health.submitCorrection(statement)
    } catch (refused: HealthCodeException) {
        tell(refused.text(health.language)) // programs go by refused.code
    }
}
// endregion

// region check
suspend fun checkOffline(
    health: HealthCode,
    rootKey: ByteArray,
    scanned: String,
): Boolean {
    val trust = health.publishedBundle(BundleKind.TRUST) ?: return false
    Checkpoint.open(trust, rootKey, localDivision = 330106u).use { checkpoint ->
        val verdict = checkpoint.check(scanned)
        println("${verdict.text(health.language)} ${verdict.maskedName}")
        return verdict.accepted
    }
}
// endregion
