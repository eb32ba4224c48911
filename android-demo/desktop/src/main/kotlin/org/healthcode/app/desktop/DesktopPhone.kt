package org.healthcode.app.desktop

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import org.healthcode.HealthCode
import org.healthcode.KeyStoreGuard
import org.healthcode.app.Host
import org.healthcode.app.HostCamera
import org.healthcode.app.HostPicker
import org.healthcode.app.HostPosition
import org.healthcode.app.Phone
import org.healthcode.app.SavedFile
import org.healthcode.app.SettingsFile
import org.healthcode.app.Signal
import org.healthcode.core.CitizenConfig
import org.healthcode.core.ExportDocument
import org.healthcode.core.textOfCode
import java.awt.Desktop
import java.awt.Toolkit
import java.awt.datatransfer.StringSelection
import java.net.URI
import java.nio.file.Files
import java.nio.file.Path
import java.util.Locale
import java.util.Properties
import kotlin.io.path.inputStream
import kotlin.io.path.outputStream
import kotlin.io.path.readBytes

/**
 * A folder on this computer as a phone: for trying out. The key store's password stands in this source, so it guards
 * nothing; a phone has its hardware.
 */
internal class DesktopPhone(
    private val options: Options,
    private val times: StartTimes? = null,
) : Phone {
    private val folder: Path = Files.createDirectories(Path.of(options.data))

    override val systemLanguage: String = options.language ?: Locale.getDefault().toLanguageTag()

    override val settingsFile: SettingsFile = PropertiesFile(folder.resolve("settings.properties"))

    override val storeFolder: String get() = folder.resolve("store").toString()

    /** Sees the screen around the pointer. */
    val camera: DesktopCamera by lazy(::DesktopCamera)

    override val host: Host =
        object : Host {
            override fun codeIsShown(isShown: Boolean) {
                if (isShown) times?.codeIsShown()
            }

            override fun call(phone: String): Boolean = false

            override fun browse(url: String): Boolean =
                Desktop.isDesktopSupported() && runCatching { Desktop.getDesktop().browse(URI(url)) }.isSuccess

            override fun signal(signal: Signal) = Tones.give(signal)

            override suspend fun save(
                name: String,
                type: String,
                bytes: ByteArray,
            ): SavedFile = saveByDialog(name, bytes)

            override suspend fun pdf(
                document: ExportDocument,
                foot: suspend (Int, Int) -> String,
            ): ByteArray = DesktopPaper.draw(document, foot)

            override suspend fun position(): HostPosition? = null

            override val logins = LoopbackLogins()

            override fun copy(text: String): Boolean =
                runCatching { Toolkit.getDefaultToolkit().systemClipboard.setContents(StringSelection(text), null) }.isSuccess

            override val camera: HostCamera get() = this@DesktopPhone.camera

            override val picker: HostPicker get() = DesktopPicker

            override val version: String get() = "0.1.0"

            override val storeFolder: String get() = this@DesktopPhone.storeFolder
        }

    /** The store is opened while the window is still made; a second try opens it then. */
    private var early: Deferred<HealthCode>? =
        CoroutineScope(Dispatchers.IO).async { openStore(settingsFile.read("language") ?: systemLanguage) }

    override suspend fun open(language: String): HealthCode = early?.also { early = null }?.await() ?: openStore(language)

    private suspend fun openStore(language: String): HealthCode {
        val guard = KeyStoreGuard.open(folder.resolve("keys.p12"), "for trying out".toCharArray())
        val config = CitizenConfig(options.url, options.rootKey, Path.of(options.ca).readBytes(), language)
        times?.mark("key_store")
        times?.timed("binding") { textOfCode("closed", language) }
        val open = suspend { HealthCode.open(storeFolder, config, guard) }
        val health = if (times == null) open() else times.timed("open", open)
        times?.timed("first_code") { health.currentCode() }
        times?.mark("opened")
        return health
    }
}

/** Settings in a file of properties. */
private class PropertiesFile(
    private val file: Path,
) : SettingsFile {
    private val values = Properties().also { read -> if (Files.exists(file)) file.inputStream().use(read::load) }

    override fun read(name: String): String? = values.getProperty(name)

    override fun write(
        name: String,
        value: String,
    ) {
        values.setProperty(name, value)
        file.outputStream().use { values.store(it, null) }
    }
}
