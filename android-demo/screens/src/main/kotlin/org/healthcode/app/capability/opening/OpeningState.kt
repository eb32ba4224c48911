package org.healthcode.app.capability.opening

/** What is shown while the store opens, and instead of the app where it does not. */
data class OpeningState(
    val name: OpeningName,
    val title: String,
    /** What is kept, and what can be done. None at first: a flash of text helps nobody. */
    val text: String? = null,
    /** Stable code of what happened, for whoever is called. */
    val code: String? = null,
    val canRetry: Boolean = false,
    val canReset: Boolean = false,
    val canUpdate: Boolean = false,
    /** The person is asked whether all of it may be deleted. */
    val asksReset: Boolean = false,
    /** What the phone could not do: call, show where the app is. */
    val hint: String? = null,
)

/** As in docs/APPS.md. */
enum class OpeningName { OPENING, KEY_LOST, STORE_DAMAGED, STORE_NEWER, FAILED }

/** What a person can do there. */
enum class OpeningAction { RETRY, UPDATE, CALL, ASK_RESET, KEEP, RESET }
