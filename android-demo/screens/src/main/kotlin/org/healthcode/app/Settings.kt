package org.healthcode.app

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue

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
 * Invariant: a value that cannot be read is the default; each change is kept at once.
 */
class Settings(
    private val file: SettingsFile,
    private val systemLanguage: String,
) {
    private var chosenLanguage by mutableStateOf(file.read("language"))
    private var chosenElder by mutableStateOf(file.read("elder") == "true")
    private var chosenBright by mutableStateOf(file.read("bright") != "false")
    private var readColour by mutableStateOf(file.read("colour-read")?.ifEmpty { null })
    private var chosenPlace by mutableStateOf(file.read("place")?.ifEmpty { null })
    private var passedWelcome by mutableStateOf(file.read("welcomed") == "true")
    private var agreedVersion by mutableStateOf(file.read("agreed")?.toIntOrNull() ?: 0)
    private var chosenLock by mutableStateOf(file.read("locked") == "true")

    /** BCP 47: the chosen one, or the system's. */
    var language: String
        get() = chosenLanguage ?: systemLanguage
        set(value) {
            chosenLanguage = value
            file.write("language", value)
        }

    /** Larger texts and targets, fewer actions. */
    var isElder: Boolean
        get() = chosenElder
        set(value) {
            chosenElder = value
            file.write("elder", "$value")
        }

    /** Full brightness while the code is shown. */
    var brightensCode: Boolean
        get() = chosenBright
        set(value) {
            chosenBright = value
            file.write("bright", "$value")
        }

    /** Id of the place where codes are checked, for codes that are made for one place; null: none. */
    var place: String?
        get() = chosenPlace
        set(value) {
            chosenPlace = value
            file.write("place", value.orEmpty())
        }

    /** The welcome was gone through, whether or not anything was agreed to. */
    var isWelcomed: Boolean
        get() = passedWelcome
        set(value) {
            passedWelcome = value
            file.write("welcomed", "$value")
        }

    /** Version of the consent's text that the reader agreed to; 0 for none. */
    var agreedConsent: Int
        get() = agreedVersion
        set(value) {
            agreedVersion = value
            file.write("agreed", "$value")
        }

    /** The phone's lock asks before the app shows anything. */
    var isLocked: Boolean
        get() = chosenLock
        set(value) {
            chosenLock = value
            file.write("locked", "$value")
        }

    /** Since when the colour holds that was last read of, as a number; none before the first. No colour is told by it. */
    var colourRead: String?
        get() = readColour
        set(value) {
            readColour = value
            file.write("colour-read", value.orEmpty())
        }
}
