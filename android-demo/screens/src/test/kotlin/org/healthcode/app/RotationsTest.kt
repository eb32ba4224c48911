package org.healthcode.app

import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.ui.ImageComposeScene
import androidx.compose.ui.use
import com.sun.management.ThreadMXBean
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.test.StandardTestDispatcher
import kotlinx.coroutines.test.TestCoroutineScheduler
import org.healthcode.HealthCode
import org.healthcode.app.capability.code.CodeModel
import org.healthcode.app.capability.code.CodeScreen
import org.healthcode.app.design.Design
import org.healthcode.app.design.QrModules
import org.healthcode.app.support.PhoneClock
import org.healthcode.app.support.SettingsInMemory
import org.healthcode.app.support.TestPhone
import org.healthcode.app.support.appAt
import org.healthcode.support.Authority
import org.healthcode.support.longLived
import org.healthcode.support.turnGreen
import org.junit.jupiter.api.io.TempDir
import java.lang.management.ManagementFactory
import java.nio.file.Path
import kotlin.test.Test
import kotlin.test.assertTrue

/** The code on the screen for seven hours: a thousand rotations, drawn, leave nothing behind. */
class RotationsTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `a thousand rotations take no more memory than the first`() =
        Authority(folder.resolve("authority"), longLived).use { authority ->
            val phone = TestPhone(folder.resolve("phone"), authority, clock = PhoneClock(isStill = true))
            val health = runBlocking { phone.open("en").also { it.turnGreen() } }
            health.use { Rotations(it, phone.clock).assertSteady() }
        }
}

/** The screen in a scene of its own, whose time is moved by hand: a frame is drawn for each step of the countdown. */
@OptIn(ExperimentalCoroutinesApi::class)
private class Rotations(
    health: HealthCode,
    private val clock: PhoneClock,
) {
    private val time = TestCoroutineScheduler()
    private val dispatcher = StandardTestDispatcher(time)
    private val app = appAt(health, CoroutineScope(dispatcher), Settings(SettingsInMemory(), "en"))
    private val model = CodeModel(app)
    private val step = runBlocking { health.currentCode() }.rotationSecs.toLong() * 1_000
    private var shown: QrModules? = null

    fun assertSteady() =
        ImageComposeScene(412, 860, coroutineContext = dispatcher) { Shown() }.use { scene ->
            awaitCode(scene, null)
            val blocks = List(BLOCKS) { block(scene) }
            println("bytes a rotation, and kept after a collection: $blocks")
            // The first block compiles and fills caches.
            val (early, late) = blocks[1] to blocks.last()
            assertTrue(late.bytesEach <= early.bytesEach * 5 / 4, "a rotation allocates more and more: $blocks")
            assertTrue(blocks.drop(1).all { it.bytesEach < MOST_BYTES }, "a rotation allocates much: $blocks")
            assertTrue(late.kept - early.kept < KEPT_BYTES_EACH * ROTATIONS, "rotations are kept: $blocks")
        }

    @Composable
    private fun Shown() =
        ReadersLooks(app.language, isElder = false, isDark = false, reducesMotion = false) {
            val view by app.health.home.collectAsState()
            LaunchedEffect(model) { model.follow() }
            val state = model.state(view, Design.words)
            shown = state?.code
            if (state != null) CodeScreen(state) {}
        }

    private fun block(scene: ImageComposeScene): Block {
        val before = allocated()
        repeat(ROTATIONS / BLOCKS) {
            val last = shown
            repeat(STEPS) {
                clock.advance(step / STEPS)
                time.advanceTimeBy(step / STEPS)
                frame(scene)
            }
            awaitCode(scene, last)
        }
        return Block((allocated() - before) / (ROTATIONS / BLOCKS), heapAfterCollection())
    }

    /** The next code comes from a thread of the core's. */
    private fun awaitCode(
        scene: ImageComposeScene,
        last: QrModules?,
    ) {
        val end = System.nanoTime() + PATIENCE_NS
        while (shown === last || shown == null) {
            check(System.nanoTime() < end) { "no other code came" }
            Thread.sleep(1)
            frame(scene)
        }
    }

    private fun frame(scene: ImageComposeScene) {
        time.runCurrent()
        scene.render(time.currentTime * 1_000_000).close()
    }

    private data class Block(
        val bytesEach: Long,
        val kept: Long,
    )

    /** By all threads that live. */
    private fun allocated(): Long {
        val threads = ManagementFactory.getThreadMXBean() as ThreadMXBean
        return threads.getThreadAllocatedBytes(threads.allThreadIds).filter { it > 0 }.sum()
    }

    private fun heapAfterCollection(): Long {
        repeat(3) {
            System.gc()
            Thread.sleep(50)
        }
        return ManagementFactory
            .getMemoryMXBean()
            .heapMemoryUsage.used
    }

    private companion object {
        const val ROTATIONS = 1_000
        const val STEPS = 5
        const val PATIENCE_NS = 30_000_000_000
        const val BLOCKS = 5

        /** The code is text, modules and a picture of 61 by 61; the rest is Compose's and the test's. */
        const val MOST_BYTES = 1_000_000L
        const val KEPT_BYTES_EACH = 500L
    }
}
