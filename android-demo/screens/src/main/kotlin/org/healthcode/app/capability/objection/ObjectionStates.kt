package org.healthcode.app.capability.objection

import org.healthcode.ScreenWords
import org.healthcode.app.design.StateLook
import org.healthcode.app.screen.Screen
import org.healthcode.app.screen.drawings
import org.healthcode.core.Colour
import org.healthcode.core.MomentStyle
import org.healthcode.core.Reason
import org.healthcode.core.momentText
import org.healthcode.core.objectionMaxChars
import org.healthcode.text
import org.healthcode.word

/** An objection. */
val objectionScreen =
    Screen(
        "objection",
        drawings("empty", "problem", "queued", "received", "overdue", state = ::example) { ObjectionScreen(it) {} },
    ) { app, _ -> ObjectionContent(app) }

/** 27 March 2026, 09:40 in China. */
private const val NOW = 1_774_575_600L
private const val DAY = 86_400L

private fun example(
    name: String,
    words: ScreenWords,
): ObjectionState {
    fun moment(
        at: Long,
        style: MomentStyle,
    ) = momentText(at, NOW, style, words.language)
    val page = ObjectionPage.entries.find { it.name == name.uppercase() } ?: ObjectionPage.WRITE
    val state =
        ObjectionState(
            page,
            StateLook.YELLOW,
            Colour.YELLOW.word(words.language),
            Reason.CLOSE_CONTACT.text(words.language),
            maxChars = objectionMaxChars().toInt(),
            receipt = if (page == ObjectionPage.QUEUED) null else "01990f3c-5a7e-7c41-9d1a-2f6b8c0e4d52",
        )
    return when (name) {
        "problem" -> state.copy(problem = words["objection-problem-empty"])
        "received" -> {
            val (time, deadline) = moment(NOW - 600, MomentStyle.DAY_AND_TIME) to moment(NOW + 2 * DAY, MomentStyle.DEADLINE)
            state.copy(received = words.format("objection-received-text", "time" to time, "deadline" to deadline))
        }
        "overdue" -> {
            val deadline = moment(NOW - DAY, MomentStyle.DEADLINE)
            state.copy(received = words.format("objection-overdue-text", "deadline" to deadline))
        }
        else -> state
    }
}
