package org.healthcode.app.support

import org.healthcode.HealthCode
import org.healthcode.KeyStoreGuard
import org.healthcode.app.Assertion
import org.healthcode.app.Host
import org.healthcode.app.HostPicker
import org.healthcode.app.HostPosition
import org.healthcode.app.Phone
import org.healthcode.app.SavedFile
import org.healthcode.app.Signal
import org.healthcode.app.desktop.DesktopPaper
import org.healthcode.core.ClockReading
import org.healthcode.core.ExportDocument
import org.healthcode.core.HostClock
import org.healthcode.support.Authority
import org.healthcode.support.configOf
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.atomic.AtomicLong

/** A phone's folder, its clock and its settings; what outlives the app's end. */
class TestPhone(
    val folder: Path,
    private val authority: Authority,
    override val systemLanguage: String = "en",
    val clock: PhoneClock = PhoneClock(),
) : Phone {
    init {
        Files.createDirectories(folder)
    }

    override val settingsFile = SettingsInMemory()

    override val host = TestHost()

    override val storeFolder: String get() = folder.resolve("store").toString()

    val keyFile: Path get() = folder.resolve("keys.p12")

    override suspend fun open(language: String): HealthCode {
        val guard = KeyStoreGuard.open(keyFile, "password".toCharArray())
        return HealthCode.open(storeFolder, configOf(authority).copy(language = language), guard, clock = clock)
    }
}

/** Remembers what it was asked for. */
open class TestHost : Host {
    var canCall = true
    val called = mutableListOf<String>()

    /** What becomes of files that are kept, how often that was asked for, and those that were. */
    var canSave = SavedFile.SAVED
    var saves = 0
    val saved = mutableListOf<Pair<String, ByteArray>>()

    override suspend fun save(
        name: String,
        type: String,
        bytes: ByteArray,
    ): SavedFile =
        canSave.also {
            if (it == SavedFile.SAVED) saved += name to bytes
            saves += 1
        }

    /** As on the desktop. */
    override suspend fun pdf(
        document: ExportDocument,
        foot: suspend (Int, Int) -> String,
    ): ByteArray = DesktopPaper.draw(document, foot)

    /** Each showing of the code, and its end. */
    val shown = mutableListOf<Boolean>()

    /** What is picked next, whichever picker is asked; none where nothing is. */
    val picked = ArrayDeque<ByteArray>()

    override val picker =
        object : HostPicker {
            override suspend fun picture(mostBytes: Int): ByteArray? = picked.removeFirstOrNull()

            override suspend fun document(mostBytes: Int): ByteArray? = picked.removeFirstOrNull()

            override suspend fun codes(): List<String>? = codesInPicture
        }

    /** What the picture that is picked next has of codes; null: none is picked. */
    var codesInPicture: List<String>? = null

    /** What the app around this one says; null: there is none. */
    var assertions: ((Assertion) -> String?)? = null

    override val canAssert: Boolean get() = assertions != null

    override suspend fun assertion(asked: Assertion): String? = assertions?.invoke(asked)

    override fun codeIsShown(isShown: Boolean) {
        shown += isShown
    }

    override fun call(phone: String): Boolean = canCall.also { if (it) called += phone }

    override fun browse(url: String): Boolean = false

    override fun signal(signal: Signal) = Unit

    override suspend fun position(): HostPosition? = null

    override val version: String get() = "0"
}

/** The phone's clocks, moved by hand upon the real ones. */
class PhoneClock(
    private val isStill: Boolean = false,
) : HostClock {
    private val start = System.currentTimeMillis()
    private val wall = AtomicLong()
    private val passed = AtomicLong()

    /** Time passes. */
    fun advance(millis: Long) {
        wall.addAndGet(millis)
        passed.addAndGet(millis)
    }

    /** Somebody sets the wall clock; no time passes. */
    fun set(millis: Long) {
        wall.addAndGet(millis)
    }

    override fun read(): ClockReading {
        val now = if (isStill) start else System.currentTimeMillis()
        return ClockReading(now + wall.get(), (now + passed.get()).toULong(), 1u)
    }
}
