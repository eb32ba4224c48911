package org.healthcode.app.capability.home

import org.healthcode.app.design.StateLook
import org.healthcode.app.screen.Destination

/** What home shows. */
data class HomeState(
    val name: HomeName,
    /** None: a colour is not what this is about, yet. */
    val look: StateLook?,
    val title: String,
    val spoken: String,
    /** What the colour means, in a few words. */
    val meaning: String?,
    /** Why, in a line; or what the title means. */
    val text: String?,
    val asOf: String,
    val strips: List<HomeStrip>,
    /** The label of the one primary button; none where there is nothing to do. */
    val next: String?,
    /** The code's own way, where [next] leads elsewhere. */
    val canShowCode: Boolean,
    /** What waits to be sent. */
    val waiting: String?,
    val refused: List<RefusedThing>,
    /** Those that are open, or decided and not looked at. */
    val appeals: List<OpenAppeal>,
    val unreadBulletins: Int,
    val isSyncing: Boolean,
    /** The declaration's own way: not where [next] leads there, nor before there is a registration. */
    val canDeclare: Boolean,
    val hasColour: Boolean,
    /** Whether the authority has, or will get, a registration of this phone. */
    val isRegistered: Boolean = false,
    /** How far the entry of a visitor is; none of who is not one. */
    val entry: String? = null,
    /** The end of the region's codes, where it was ordered. */
    val end: RegionsEnd? = null,
    /** What the phone could not do. */
    val hint: String? = null,
)

/** The end of the region's codes, and when the phone erases what it holds. */
data class RegionsEnd(
    val title: String,
    val text: String,
    /** The label of the way to the export; none once all was erased. */
    val save: String?,
)

/** As in docs/APPS.md; what lies above them are strips. */
enum class HomeName {
    NOT_REGISTERED,
    REGISTRATION_QUEUED,
    REGISTRATION_REFUSED,
    AWAITING_COLOUR,
    GREEN,
    YELLOW,

    /** A visitor's red. */
    ORANGE,
    RED,
    UNKNOWN_EXPIRED,
}

/** Something that holds now. */
data class HomeStrip(
    /** As in docs/APPS.md. */
    val kind: String,
    val text: String,
    /** Nothing to worry about. */
    val isQuiet: Boolean,
    /** What the screen [leadsTo] is for, where there is one. */
    val action: String? = null,
    val leadsTo: String? = null,
)

/** Something that the authority refused. */
data class RefusedThing(
    val id: String,
    val text: String,
    /** What is wrong with which answer. */
    val field: String?,
    /** Where it is mended; none where only a newer app could, or the primary button leads there. */
    val mend: Destination?,
    /** Whether it may be put away unmended. */
    val canDismiss: Boolean,
)

/** An appeal that the person still has to do with. */
data class OpenAppeal(
    val id: String,
    val title: String,
    val deadline: String?,
)

/** A change of colour, to be read. */
data class ColourNews(
    val name: HomeName,
    val look: StateLook,
    val title: String,
    val spoken: String,
    /** What the colour means, in a few words. */
    val meaning: String?,
    val why: String,
    val instruction: String,
    val since: String,
    val hint: String? = null,
)

/** What a person can do here. */
sealed interface HomeAction {
    /** What the primary button says. */
    data object Next : HomeAction

    data object Sync : HomeAction

    /** Shows another screen. */
    data class Open(
        val destination: Destination,
    ) : HomeAction {
        constructor(screen: String, argument: String? = null) : this(Destination(screen, argument))
    }

    /** Has read why it was refused. */
    data class Dismiss(
        val id: String,
    ) : HomeAction

    /** Has read what changed. */
    data object ReadNews : HomeAction

    data object Call : HomeAction
}
