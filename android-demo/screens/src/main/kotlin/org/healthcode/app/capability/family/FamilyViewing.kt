package org.healthcode.app.capability.family

import org.healthcode.ScreenWords
import org.healthcode.app.design.StateLook
import org.healthcode.app.screen.OWNER
import org.healthcode.app.screen.label
import org.healthcode.app.screen.lookOf
import org.healthcode.app.screen.meaningOf
import org.healthcode.core.DependantState
import org.healthcode.core.DependantView
import org.healthcode.core.HomeView
import org.healthcode.core.NextStepKind
import org.healthcode.core.StatusKind

// The core's views of a dependant as they are drawn.

internal fun personOf(
    view: DependantView,
    home: HomeView?,
    words: ScreenWords,
): Person {
    // A colour is one only while the code counts.
    val colour = home?.colour?.takeIf { view.status.kind != StatusKind.UNKNOWN && view.state == DependantState.IN_CARE }
    val look = colour?.let { lookOf(it.shown.tone) } ?: StateLook.UNKNOWN
    val refusal = view.refusal
    return Person(
        id = view.id,
        name = view.name,
        stage =
            when (view.state) {
                DependantState.WAITING -> PersonStage.WAITING
                DependantState.REFUSED -> PersonStage.REFUSED
                DependantState.IN_CARE -> PersonStage.IN_CARE
                DependantState.ENDED -> PersonStage.ENDED
            },
        standing = view.stateText,
        next = view.nextText,
        spoken = view.spoken,
        look = look,
        colour = colour?.shown?.word ?: view.status.title.takeIf { view.state == DependantState.IN_CARE },
        meaning = colour?.let { meaningOf(look, words) },
        why = colour?.why,
        instruction = colour?.instruction,
        step = view.nextStep.label,
        canShowCode = view.codeAvailable && view.nextStep.kind != NextStepKind.SHOW_CODE,
        canDeclare = view.nextStep.kind !in DECLARES,
        refusal = listOfNotNull(refusal?.text, refusal?.fieldText),
        ends = view.endText.ifEmpty { null },
        key = view.keyText.takeIf { view.state == DependantState.IN_CARE },
        carers = view.carers.map { it.text },
        waiting = view.uploadsWaiting.takeIf { it > 0u }?.let { words.format("home-waiting", "count" to it.toInt()) },
    )
}

/** This phone's owner, in a list of those whom a declaration is for. */
internal fun myself(words: ScreenWords) = Person(OWNER, words["family-myself"], PersonStage.IN_CARE, "", "", words["family-myself"])

/** The steps that a declaration takes. */
internal val DECLARES = setOf(NextStepKind.DECLARE, NextStepKind.CHECK_IN_TODAY)
