package org.healthcode

import kotlinx.coroutines.runBlocking
import org.healthcode.core.BundleKind
import org.healthcode.core.CancelToken
import org.healthcode.core.CoreHealthCode
import org.healthcode.core.codePng
import org.healthcode.support.Authority
import org.healthcode.support.HandClock
import org.healthcode.support.Phone
import org.healthcode.support.configOf
import org.healthcode.support.longLived
import org.healthcode.support.turnGreen
import java.nio.file.Files

/**
 * What calls into the core cost: `cargo xtask bench kotlin`. Each round times every call in turn, so that a busy machine
 * slows all; the table gives medians, and ratios to the cheapest call of the same round.
 */
fun main() {
    val folder = Files.createTempDirectory("health-code-costs")
    Authority(folder.resolve("authority"), longLived).use { authority ->
        val phone = Phone(folder.resolve("phone"), authority)
        runBlocking { phone.open().use { it.turnGreen() } }
        val clock = HandClock()
        val store = folder.resolve("phone/store").toString()
        CoreHealthCode.open(store, configOf(authority), phone.guard, clock = clock).use { core ->
            val trust = checkNotNull(core.publishedBundle(BundleKind.TRUST, ""))
            Checkpoint.open(trust, authority.rootKey).use { checkpoint ->
                CancelToken().use { token -> measure(core, checkpoint, clock, token) }
            }
        }
    }
    folder.toFile().deleteRecursively()
}

private fun measure(
    core: CoreHealthCode,
    checkpoint: Checkpoint,
    clock: HandClock,
    token: CancelToken,
) {
    var text = core.currentCode().text
    var at = core.now().atMs / 1_000
    var verdict = checkpoint.check(text, at)
    // A check that refused early would cost less: each that is timed must have been accepted.
    val prepare = {
        check(verdict.accepted) { verdict.reason }
        at = core.now().atMs / 1_000
    }
    val calls =
        listOf<Pair<String, () -> Unit>>(
            "cheapest call (`CancelToken.isCancelled`)" to { token.isCancelled() },
            "home view" to { core.home() },
            "code, same slot" to { core.currentCode() },
            "code, next slot (one signature)" to {
                clock.advance(25_000)
                text = core.currentCode().text
            },
            "code's picture, PNG" to { codePng(text) },
            "check (two verifications)" to { verdict = checkpoint.check(text, at) },
        )
    repeat(WARM_UP) {
        calls.dropLast(1).forEach { (_, call) -> call() }
        prepare()
        calls.last().second()
    }
    val times = List(calls.size) { DoubleArray(ROUNDS) }
    repeat(ROUNDS) { round ->
        calls.forEachIndexed { number, (_, call) ->
            val repeats = if (number == 0) 20 else 1
            if (number == calls.lastIndex) prepare()
            val start = System.nanoTime()
            repeat(repeats) { call() }
            times[number][round] = (System.nanoTime() - start) / 1e3 / repeats
        }
    }
    println("| call from Kotlin | us | times the cheapest |\n|---|---|---|")
    calls.forEachIndexed { number, (name, _) ->
        val ratio = DoubleArray(ROUNDS) { times[number][it] / times[0][it] }
        println("| $name | %.0f | %.1f |".format(median(times[number]), median(ratio)))
    }
}

private fun median(values: DoubleArray) = values.sorted()[values.size / 2]

// A day has 3,456 rotations: the credential outlives both.
private const val WARM_UP = 1_500
private const val ROUNDS = 500
