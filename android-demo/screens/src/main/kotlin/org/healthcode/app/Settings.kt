package org.healthcode.app

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import kotlin.properties.ReadWriteProperty
import kotlin.reflect.KProperty

/** Keeps small values by name, outside of the core's store: nothing personal. A desktop's properties, Android's preferences. */
interface SettingsFile {
    fun read(name: String): String?

    fun write(
        name: String,
        value: String,
    )
}

/**
 * What the reader chose about looks. The core knows nothing of it but the language.
 *
 * Invariant: a value that cannot be read is the default; each change is kept at once, and seen at once.
 */
class Settings(
    private val file: SettingsFile,
    private val systemLanguage: () -> String,
) {
    constructor(file: SettingsFile, systemLanguage: String) : this(file, { systemLanguage })

    private var chosenLanguage: String? by kept("language")

    /** BCP 47: the chosen one, or the system's. */
    var language: String
        get() = chosenLanguage ?: systemLanguage()
        set(value) {
            chosenLanguage = value
        }

    /** Larger texts and targets, fewer actions. */
    var isElder: Boolean by kept("elder", false)

    /** Full brightness while the code is shown. */
    var brightensCode: Boolean by kept("bright", true)

    /** Id of the place where codes are checked, for codes that are made for one place; null: none. */
    var place: String? by kept("place")

    /** The welcome was gone through, whether or not anything was agreed to. */
    var isWelcomed: Boolean by kept("welcomed", false)

    /** Version of the consent's text that the reader agreed to; 0 for none. */
    var agreedConsent: Int by kept("agreed", { it?.toIntOrNull() ?: 0 }) { "$it" }

    /** The phone's lock asks before the app shows anything. */
    var isLocked: Boolean by kept("locked", false)

    /** Since when the colour holds that was last read of, as a number; none before the first. No colour is told by it. */
    var colourRead: String? by kept("colour-read")

    private fun kept(name: String) = kept(name, { it?.ifEmpty { null } }) { it.orEmpty() }

    private fun kept(
        name: String,
        default: Boolean,
    ) = kept(name, { it?.toBooleanStrictOrNull() ?: default }) { "$it" }

    private fun <T> kept(
        name: String,
        read: (String?) -> T,
        write: (T) -> String,
    ) = KeptSetting(file, name, read, write)
}

/** A value of [file] by its [name], read once. */
private class KeptSetting<T>(
    private val file: SettingsFile,
    private val name: String,
    read: (String?) -> T,
    private val write: (T) -> String,
) : ReadWriteProperty<Settings, T> {
    private var value by mutableStateOf(read(file.read(name)))

    override fun getValue(
        thisRef: Settings,
        property: KProperty<*>,
    ): T = value

    override fun setValue(
        thisRef: Settings,
        property: KProperty<*>,
        value: T,
    ) {
        this.value = value
        file.write(name, write(value))
    }
}
