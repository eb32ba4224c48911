package org.healthcode.app.shrunk

import kotlinx.coroutines.runBlocking
import org.healthcode.Checkpoint
import org.healthcode.code
import org.healthcode.core.BundleKind
import org.healthcode.core.FormKind
import org.healthcode.core.HealthCodeException
import org.healthcode.core.SyncResult
import org.healthcode.support.Authority
import org.healthcode.text
import quickstart.becomeGreen
import quickstart.openHealthCode
import java.nio.file.Path

/**
 * The main job for classes that R8 has shrunk: records and enumerations both ways, callbacks, coroutines, errors, maps,
 * pictures, a checkpoint. Not part of the app.
 */
fun main(arguments: Array<String>) {
    val folder = Path.of(arguments.single())
    Authority(folder.resolve("authority")).use { authority ->
        runBlocking { mainJob(folder, authority) }
    }
    println("The main job is done.")
}

private suspend fun mainJob(
    folder: Path,
    authority: Authority,
) {
    openHealthCode(folder.resolve("phone").also { it.toFile().mkdirs() }, authority.baseUrl, authority.data).use { health ->
        check(becomeGreen(health, folder)) { "no green code" }
        health.setChecksOthers(true)
        check(health.sync().result == SyncResult.SYNCED)
        val trust = checkNotNull(health.publishedBundle(BundleKind.TRUST))
        authority.stop()
        Checkpoint.open(trust, authority.rootKey).use { door ->
            health.statusLists().forEach { door.addStatusList(it) }
            val verdict = door.check(health.currentCode().text)
            check(verdict.accepted) { verdict.text("en") }
        }
        check(health.sync().result != SyncResult.SYNCED) { "synced with nobody" }
        check(health.review(FormKind.HEALTH_DECLARATION, emptyMap()).answered == 0u)
        val refused =
            try {
                health.submitDeclaration(emptyMap())
                null
            } catch (refused: HealthCodeException) {
                refused.code
            }
        check(refused != null) { "an empty declaration was taken" }
    }
}
