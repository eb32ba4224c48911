package org.healthcode.app.capability.bulletins

import org.healthcode.core.BulletinUrgency

/** What the authority tells everybody: all of it, or one. */
data class BulletinsState(
    val bulletins: List<BulletinState>,
    /** Read now, over the list. */
    val opened: BulletinState? = null,
    /** What to do by hand where this phone cannot: a number, an address. */
    val note: String? = null,
) {
    /** The name that docs/APPS.md has for it. */
    val name: String
        get() =
            when {
                opened != null -> "one"
                bulletins.isEmpty() -> "empty"
                else -> "list"
            }
}

/** One bulletin, in words. */
data class BulletinState(
    val id: String,
    val urgency: BulletinUrgency,
    val title: String,
    val text: String,
    /** "26 Mar 09:40". */
    val published: String,
    val isRead: Boolean,
    val phone: String?,
    val link: String?,
)

/** What a person can do there. */
sealed interface BulletinsAction {
    data object Back : BulletinsAction

    data class Open(
        val id: String,
    ) : BulletinsAction

    data class Call(
        val phone: String,
    ) : BulletinsAction

    data class Browse(
        val link: String,
    ) : BulletinsAction
}
