package org.healthcode.app.capability.history

import org.healthcode.app.design.KeyDigits
import org.healthcode.app.design.StateLook

/** Every change of the colour that the authority entered, and what did not fit. */
data class HistoryState(
    val name: HistoryName,
    /** How the chain stands, in words. */
    val lead: String,
    /** Newest first; those that the authority lost come last. */
    val changes: List<EnteredChange> = emptyList(),
    /** What was not read yet. */
    val alarms: List<ChainAlarm> = emptyList(),
    /** What was read. */
    val pastAlarms: List<ChainAlarm> = emptyList(),
    /** Whether there is a colour to appeal against. */
    val canAppeal: Boolean = false,
    /** What the phone could not do. */
    val hint: String? = null,
)

/** As in docs/APPS.md. */
enum class HistoryName { CHANGES, EMPTY, ALARM, ALARMS_READ, INCOMPLETE, NOT_KEPT }

/** A change of colour or reason, or an order. */
data class EnteredChange(
    /** None: the first colour, or one whose colour before is not known here. */
    val from: StateLook?,
    /** None where this version cannot read it. */
    val to: StateLook?,
    /** "Green to yellow". */
    val title: String,
    val reason: String,
    val changedAt: String,
    /** By which rule, or by which two officers. */
    val decidedBy: String?,
    val seal: String,
    /** Said loud. */
    val isBroken: Boolean,
    /** What is wrong with it, a sentence each. */
    val faults: List<String>,
    /** What an office asks for where something is wrong with it. */
    val entry: KeyDigits?,
)

/** Something that does not fit. */
data class ChainAlarm(
    val text: String,
    /** What to do. */
    val nextStep: String,
    /** When this phone noticed it. */
    val noticed: String,
)

/** What a person can do there. */
enum class HistoryAction { BACK, CALL, READ, APPEAL, CONNECT }
