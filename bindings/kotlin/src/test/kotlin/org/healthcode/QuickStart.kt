@file:Suppress("unused", "UNUSED_VARIABLE")

package org.healthcode

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch
import org.healthcode.capability.changes
import org.healthcode.capability.submitAppeal
import org.healthcode.core.BundleKind
import org.healthcode.core.CodeView
import org.healthcode.core.HealthCodeEvent
import org.healthcode.core.HealthCodeException
import org.healthcode.core.HomeView
import org.healthcode.core.SyncReason
import org.healthcode.core.SyncResult
import kotlin.time.Duration.Companion.seconds

// The regions of this file are the examples of docs/KOTLIN.md that follow quickstart/Main.kt; DocumentationTest holds them
// together and runs them.

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
                is HealthCodeEvent.NewResults -> Unit // health.results() has them
                is HealthCodeEvent.ColourAlarms -> alert(health.changes().text, "")
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
suspend fun appeal(
    health: HealthCode,
    statement: String,
    tell: (String) -> Unit,
) {
    try {
        health.submitAppeal(statement)
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
