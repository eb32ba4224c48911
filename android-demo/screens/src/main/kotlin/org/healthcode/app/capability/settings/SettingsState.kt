package org.healthcode.app.capability.settings

import org.healthcode.app.design.LanguageChoice

/** How the app looks, what it is, and how to leave. */
data class SettingsState(
    val page: SettingsPage,
    val isElder: Boolean = false,
    val brightensCode: Boolean = true,
    val isLocked: Boolean = false,
    /** Others' codes can be checked on this phone. */
    val canCheckOthers: Boolean = false,
    val languages: List<LanguageChoice> = emptyList(),
    /** What the authority's desk asks for; none where the key does not answer. */
    val deviceId: String? = null,
    val version: String = "",
    val rootKeyFingerprint: String = "",
    /** Where this phone keeps everything, for who helps with a damaged store. */
    val storeFolder: String? = null,
    val licences: List<Library> = emptyList(),
    /** Forms that erasing loses unsent. */
    val uploadsWaiting: Int = 0,
    val erasures: List<Erasure> = emptyList(),
    val problem: String? = null,
) {
    /** The name in the table of states. */
    val name: String get() = page.name.lowercase()
}

/** Which page is seen. */
enum class SettingsPage { MAIN, LANGUAGE, ABOUT, LICENCES, ERASE_CONFIRM, ERASED }

/** How far an erasing is at the authority. */
data class Erasure(
    val id: String,
    /** In words: "waiting for a network". */
    val state: String,
    val erasedAt: String,
    /** What the authority keeps, why and until when. */
    val kept: List<String>,
    /** The authority's signed receipt. */
    val receipt: String?,
    /** It was answered, and can be forgotten. */
    val isAnswered: Boolean,
)

/** What a person can do there. */
sealed interface SettingsAction {
    data object ProveIdentity : SettingsAction

    data class Show(
        val page: SettingsPage,
    ) : SettingsAction

    data class ChooseLanguage(
        val tag: String,
    ) : SettingsAction

    data class SetElder(
        val isOn: Boolean,
    ) : SettingsAction

    data class SetBright(
        val isOn: Boolean,
    ) : SettingsAction

    data class SetLocked(
        val isOn: Boolean,
    ) : SettingsAction

    data object CheckOthers : SettingsAction

    /** Shows what is held, before it is erased too. */
    data object Export : SettingsAction

    data object Erase : SettingsAction

    /** Asks the authority again. */
    data object Update : SettingsAction

    data class Forget(
        val id: String,
    ) : SettingsAction

    data object StartAgain : SettingsAction

    data object Back : SettingsAction
}
