package org.healthcode.app.capability.home

import org.healthcode.ScreenWords
import org.healthcode.app.design.StateLook
import org.healthcode.app.screen.DECLARATION
import org.healthcode.app.screen.Destination
import org.healthcode.app.screen.REGISTRATION
import org.healthcode.app.screen.label
import org.healthcode.app.screen.meaningOf
import org.healthcode.core.AppealView
import org.healthcode.core.ColourTone
import org.healthcode.core.HomeNotice
import org.healthcode.core.HomeNoticeKind
import org.healthcode.core.HomeView
import org.healthcode.core.MomentStyle
import org.healthcode.core.NextStepKind
import org.healthcode.core.RefusedUpload
import org.healthcode.core.Stage
import org.healthcode.core.StatusKind

// The core's home view as it is drawn.

private typealias Moment = (at: Long, style: MomentStyle) -> String

internal fun homeStateOf(
    view: HomeView,
    words: ScreenWords,
    moment: Moment,
): HomeState {
    val name = nameOf(view)
    val step = view.nextStep
    val isRegistered = view.stage != Stage.NOT_REGISTERED && view.stage != Stage.REGISTRATION_REFUSED
    val leadsToForm = step.kind == NextStepKind.DECLARE || step.kind == NextStepKind.CHECK_IN_TODAY
    return HomeState(
        name = name,
        look = lookOf(name),
        title = titleOf(name, words) ?: wordOf(view),
        // The card is one thing to hear: the word and what it means.
        spoken = view.status.title,
        meaning = lookOf(name)?.let { meaningOf(it, words) },
        text = textOf(name, words) ?: view.colour?.why?.takeIf { view.status.kind != StatusKind.UNKNOWN },
        asOf =
            view.syncedAtMs?.let { words.format("home-as-of", "time" to moment(it.floorDiv(1_000), MomentStyle.DAY_AND_TIME)) }
                ?: words["home-never-synced"],
        strips = view.notices.filter { it.kind !in OF_THEIR_OWN }.map { stripOf(it, words) },
        next = step.label,
        canShowCode = view.codeAvailable && step.kind != NextStepKind.SHOW_CODE,
        waiting = view.notices.find { it.kind == HomeNoticeKind.UPLOADS_WAITING }?.text,
        refused = view.uploadsRefused.map { refusedOf(it, step.kind) },
        appeals = emptyList(),
        unreadBulletins = 0,
        isSyncing = false,
        canDeclare = isRegistered && !leadsToForm,
        isRegistered = isRegistered,
        hasColour = view.status.kind != StatusKind.UNKNOWN,
    )
}

/** The colour's word while the code counts. */
internal fun wordOf(view: HomeView): String =
    view.colour
        ?.shown
        ?.word
        ?.takeIf { view.status.kind != StatusKind.UNKNOWN } ?: view.status.title

/** A colour is one only while the code counts. */
internal fun newsOf(
    view: HomeView,
    words: ScreenWords,
    moment: Moment,
): ColourNews? {
    val colour = view.colour ?: return null
    val name = nameOf(view)
    val look = lookOf(name)?.takeIf { it != StateLook.UNKNOWN } ?: return null
    return ColourNews(
        name = name,
        look = look,
        title = wordOf(view),
        spoken = view.status.spoken,
        meaning = meaningOf(look, words),
        why = colour.why,
        instruction = colour.instruction,
        since = moment(colour.since, MomentStyle.DAY_AND_TIME),
    )
}

private fun nameOf(view: HomeView): HomeName =
    when (view.status.kind) {
        StatusKind.GREEN -> HomeName.GREEN
        StatusKind.YELLOW -> HomeName.YELLOW
        StatusKind.RED -> if (view.colour?.shown?.tone == ColourTone.ORANGE) HomeName.ORANGE else HomeName.RED
        StatusKind.UNKNOWN ->
            when (view.stage) {
                Stage.NOT_REGISTERED -> HomeName.NOT_REGISTERED
                Stage.REGISTRATION_QUEUED -> HomeName.REGISTRATION_QUEUED
                Stage.REGISTRATION_REFUSED -> HomeName.REGISTRATION_REFUSED
                Stage.AWAITING_COLOUR -> HomeName.AWAITING_COLOUR
                Stage.DECIDED -> HomeName.UNKNOWN_EXPIRED
            }
    }

private fun lookOf(name: HomeName): StateLook? =
    when (name) {
        HomeName.GREEN -> StateLook.GREEN
        HomeName.YELLOW -> StateLook.YELLOW
        HomeName.ORANGE -> StateLook.ORANGE
        HomeName.RED -> StateLook.RED
        HomeName.UNKNOWN_EXPIRED -> StateLook.UNKNOWN
        else -> null
    }

/** Of those that are not about a colour yet. */
internal fun titleOf(
    name: HomeName,
    words: ScreenWords,
): String? =
    when (name) {
        HomeName.NOT_REGISTERED -> words["home-not-registered-title"]
        HomeName.REGISTRATION_QUEUED -> words["home-queued-title"]
        HomeName.REGISTRATION_REFUSED -> words["home-refused-registration-title"]
        HomeName.AWAITING_COLOUR -> words["home-awaiting-title"]
        else -> null
    }

internal fun textOf(
    name: HomeName,
    words: ScreenWords,
): String? =
    when (name) {
        HomeName.NOT_REGISTERED -> words["home-not-registered-text"]
        HomeName.REGISTRATION_QUEUED -> words["home-queued-text"]
        HomeName.AWAITING_COLOUR -> words["home-awaiting-text"]
        else -> null
    }

private fun stripOf(
    notice: HomeNotice,
    words: ScreenWords,
): HomeStrip {
    val (action, leadsTo) =
        when (notice.kind) {
            HomeNoticeKind.COLOUR_DIFFERS -> words["home-why"] to "why"
            HomeNoticeKind.COLOUR_ALARM -> words["history-see"] to "history"
            HomeNoticeKind.APPEAL_OVERDUE, HomeNoticeKind.APPEAL_ASKED, HomeNoticeKind.APPEAL_DECIDED -> words["appeal-see"] to "appeal"
            HomeNoticeKind.NEW_RESULTS -> words["results-see"] to "results"
            else -> null to null
        }
    return HomeStrip(
        kind = notice.kind.name.lowercase(),
        text = notice.text,
        isQuiet = notice.kind in QUIET,
        action = action,
        leadsTo = leadsTo,
    )
}

/** Said further down, where something can be done about it. */
private val OF_THEIR_OWN = setOf(HomeNoticeKind.UPLOAD_REFUSED, HomeNoticeKind.UPLOADS_WAITING)

/** Nothing to worry about: the app works on, or mends it by itself. */
private val QUIET =
    setOf(
        HomeNoticeKind.OFFLINE,
        HomeNoticeKind.SERVER_BUSY,
        HomeNoticeKind.GRACE_IN_FORCE,
        HomeNoticeKind.REGISTERS_AGAIN,
        HomeNoticeKind.UPLOADS_OF_NEWER_APP,
        HomeNoticeKind.UPDATE_ADVISED,
    )

private fun refusedOf(
    refused: RefusedUpload,
    next: NextStepKind,
): RefusedThing {
    val isRegistration = refused.kind == REGISTRATION
    // The primary button leads there.
    val isNext = isRegistration && next == NextStepKind.MEND_REGISTRATION
    return RefusedThing(
        id = refused.uploadId,
        text = refused.text,
        field = refused.fieldText,
        mend = if (isNext) null else placeToMend(refused.kind),
        canDismiss = !isRegistration,
    )
}

/** None for what only a newer app knows. */
private fun placeToMend(kind: String): Destination? =
    when (kind) {
        REGISTRATION, DECLARATION -> Destination("form", kind)
        "itinerary" -> Destination("itinerary")
        "paper-request" -> Destination("paper")
        "care" -> Destination("family")
        "certificate", "certificate-removal" -> Destination("dcc")
        "correction" -> Destination("appeal", "new")
        "appeal", "appeal-withdrawal" -> Destination("appeal")
        else -> null
    }

/** Those that are open, or decided and not looked at: the others are in their list alone. */
internal fun openAppealsOf(
    appeals: List<AppealView>,
    words: ScreenWords,
): List<OpenAppeal> =
    appeals.filter { !it.canDismiss || it.isNew }.map { appeal ->
        OpenAppeal(appeal.id, appeal.title, appeal.deadlineText?.let { words.format("appeal-deadline-short", "time" to it) })
    }
