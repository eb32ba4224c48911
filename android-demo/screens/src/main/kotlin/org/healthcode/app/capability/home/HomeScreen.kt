package org.healthcode.app.capability.home

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.defaultMinSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import org.healthcode.app.design.Aside
import org.healthcode.app.design.Design
import org.healthcode.app.design.Group
import org.healthcode.app.design.Heading
import org.healthcode.app.design.LinkRow
import org.healthcode.app.design.Page
import org.healthcode.app.design.Paragraph
import org.healthcode.app.design.PrimaryButton
import org.healthcode.app.design.SecondaryButton
import org.healthcode.app.design.Space
import org.healthcode.app.design.StateCard
import org.healthcode.app.design.Strip
import org.healthcode.app.design.Text
import org.healthcode.app.design.stateName

/**
 * The first screen: what holds above all, the state and why, how old that is, what needs the person, and the one thing to do
 * next. Elders have four actions at most: the rest is one page further.
 */
@Composable
fun HomeScreen(
    state: HomeState,
    act: (HomeAction) -> Unit,
) = Box(Modifier.stateName(state.name.name.lowercase())) {
    val words = Design.words
    Page(
        words["home-title"],
        bottom =
            state.next?.let { label ->
                {
                    PrimaryButton(label, { act(HomeAction.Next) })
                    if (state.canShowCode) SecondaryButton(words["home-show-code"], { act(HomeAction.Open("code")) })
                }
            },
    ) {
        Strips(state.strips, act)
        state.end?.let { End(it, state.next, act) }
        Summary(state, act)
        state.hint?.let { Paragraph(it) }
        Refused(state.refused, act)
        state.waiting?.let { waiting ->
            Group(Modifier.testTag("notice-uploads_waiting")) {
                Heading(words["home-waiting-title"])
                Paragraph(waiting)
            }
        }
        Appeals(state.appeals, act)
        HomeMenu(state, act)
    }
}

/** What becomes of the person's data, and by when to save them. */
@Composable
private fun End(
    end: RegionsEnd,
    next: String?,
    act: (HomeAction) -> Unit,
) = Group {
    Heading(end.title)
    Paragraph(end.text)
    // Elders have four actions: the settings lead there too.
    val save = end.save?.takeUnless { it == next || Design.sizes.isElder }
    if (save != null) SecondaryButton(save, { act(HomeAction.Open("export")) })
}

@Composable
private fun Summary(
    state: HomeState,
    act: (HomeAction) -> Unit,
) {
    if (state.look != null) {
        StateCard(state.look, state.title, state.spoken, detail = state.meaning)
        state.text?.let { Paragraph(it) }
    } else {
        Group {
            Heading(state.title)
            state.text?.let { Paragraph(it) }
        }
    }
    if (!Design.sizes.isElder) AsOf(state, act)
}

/** How old what is shown is, and the way to make it newer. */
@Composable
internal fun AsOf(
    state: HomeState,
    act: (HomeAction) -> Unit,
) {
    val words = Design.words
    FlowRow(
        Modifier.fillMaxWidth(),
        horizontalArrangement = Arrangement.SpaceBetween,
        itemVerticalAlignment = Alignment.CenterVertically,
    ) {
        Aside(state.asOf)
        TextButton(
            { act(HomeAction.Sync) },
            Modifier.defaultMinSize(Design.sizes.touch, Design.sizes.touch),
            enabled = !state.isSyncing,
        ) {
            val (label, ink) =
                if (state.isSyncing) {
                    words["home-syncing"] to Design.palette.second
                } else {
                    words["home-sync"] to Design.palette.action
                }
            Text(label, style = Design.sizes.body, color = ink)
        }
    }
}

/** The most urgent of them; the others where somebody asks. */
@Composable
private fun Strips(
    strips: List<HomeStrip>,
    act: (HomeAction) -> Unit,
) {
    var showsAll by rememberSaveable { mutableStateOf(false) }
    if (strips.isEmpty()) return
    Column(Modifier.fillMaxWidth(), Arrangement.spacedBy(Space.small)) {
        val isElder = Design.sizes.isElder
        val shown = if (showsAll || isElder || strips.size <= AT_ONCE + 1) strips else strips.take(AT_ONCE)
        for (strip in shown) {
            val tag = Modifier.testTag("notice-${strip.kind}")
            // The way there is a row of its own as well.
            val action = strip.action?.takeUnless { isElder }
            Strip(strip.text, tag, strip.isQuiet, action) { strip.leadsTo?.let { act(HomeAction.Open(it)) } }
        }
        if (shown.size < strips.size) {
            val more = Design.words.format("common-strip-more", "count" to strips.size - shown.size)
            SecondaryButton(more, { showsAll = true }, Modifier.testTag("notices-more"))
        }
    }
}

private const val AT_ONCE = 2

@Composable
private fun Refused(
    refused: List<RefusedThing>,
    act: (HomeAction) -> Unit,
) {
    if (refused.isEmpty()) return
    val words = Design.words
    Heading(words["home-refused-title"], Modifier.testTag("notice-upload_refused"))
    for (thing in refused) {
        Group(Modifier.testTag("refused")) {
            Text(thing.text, style = Design.sizes.body, color = Design.palette.error)
            thing.field?.let { Paragraph(it) }
            thing.mend?.let { SecondaryButton(words["home-refused-mend"], { act(HomeAction.Open(it)) }) }
            val isOneTooMany = Design.sizes.isElder && thing.mend != null
            if (thing.canDismiss && !isOneTooMany) SecondaryButton(words["common-dismiss"], { act(HomeAction.Dismiss(thing.id)) })
        }
    }
}

@Composable
private fun Appeals(
    appeals: List<OpenAppeal>,
    act: (HomeAction) -> Unit,
) {
    if (appeals.isEmpty()) return
    Heading(Design.words["home-appeals-title"])
    for (appeal in appeals) {
        if (Design.sizes.isElder) {
            Group {
                Paragraph(appeal.title)
                appeal.deadline?.let { Paragraph(it) }
            }
        } else {
            LinkRow(appeal.title, { act(HomeAction.Open("appeal", appeal.id)) }, detail = appeal.deadline)
        }
    }
}
