package org.healthcode.app.checkpoint

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.defaultMinSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.selection.toggleable
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Switch
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.error
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.semantics.stateDescription
import androidx.compose.ui.text.input.KeyboardCapitalization
import androidx.compose.ui.text.input.KeyboardType
import androidx.compose.ui.text.style.TextDirection
import androidx.compose.ui.unit.dp
import org.healthcode.app.design.Aside
import org.healthcode.app.design.Design
import org.healthcode.app.design.Group
import org.healthcode.app.design.LinkRow
import org.healthcode.app.design.Paragraph
import org.healthcode.app.design.PrimaryButton
import org.healthcode.app.design.SecondaryButton
import org.healthcode.app.design.Space
import org.healthcode.app.design.Strip
import org.healthcode.app.design.Text
import org.healthcode.core.VerdictLevel

/** What stands beside the camera: lists, counters, torch, place. */
@Composable
internal fun ColumnScope.Below(
    state: CheckpointState,
    act: (CheckpointAction) -> Unit,
) {
    val words = Design.words
    if (state.isCameraDenied) {
        Strip(
            words["checkpoint-camera-denied-text"],
            action = words["checkpoint-camera-settings"],
            onAction = { act(CheckpointAction.AllowCamera) },
        )
    }
    Lists(state.lists, act)
    Counters(state.counts)
    if (state.isLit != null && !state.isCameraDenied) Torch(state.isLit, act)
    if (state.lists.areThere) TypedCode(state.typed, act)
    if (state.lists.areThere) Place(state, act)
}

/** For a camera that fails: a code is a text, which somebody can send or read out. */
@Composable
private fun TypedCode(
    typed: String?,
    act: (CheckpointAction) -> Unit,
) {
    val words = Design.words
    if (typed == null) {
        LinkRow(words["checkpoint-type"], { act(CheckpointAction.EditCode) })
        return
    }
    Group {
        OutlinedTextField(
            typed,
            { act(CheckpointAction.TypeCode(it)) },
            Modifier.fillMaxWidth().testTag("typed"),
            textStyle = Design.sizes.body.copy(textDirection = TextDirection.Ltr),
            label = { Text(words["checkpoint-type-label"]) },
            keyboardOptions =
                KeyboardOptions(
                    capitalization = KeyboardCapitalization.Characters,
                    autoCorrectEnabled = false,
                    keyboardType = KeyboardType.Ascii,
                ),
            maxLines = 4,
        )
        Text(words["checkpoint-type-hint"], style = Design.sizes.small, color = Design.palette.second)
        PrimaryButton(words["checkpoint-type-check"], { act(CheckpointAction.CheckTyped) }, isEnabled = typed.isNotBlank())
        SecondaryButton(words["common-cancel"], { act(CheckpointAction.LeaveCode) })
    }
}

@Composable
private fun Lists(
    lists: ListsState,
    act: (CheckpointAction) -> Unit,
) {
    val words = Design.words
    if (lists.isFresh) {
        if (lists.asOf != null) Aside(lists.asOf)
        return
    }
    val text =
        when {
            lists.isFetching -> words["checkpoint-lists-fetching"]
            lists.hasFailed -> words["checkpoint-lists-failed"]
            lists.areThere -> words["checkpoint-lists-old-text"]
            else -> words["checkpoint-lists-none-text"]
        }
    Strip(
        listOfNotNull(if (lists.areThere) words["checkpoint-lists-old-title"] else null, text, lists.asOf).joinToString("\n"),
        action = words["checkpoint-lists-fetch"].takeIf { !lists.isFetching },
        onAction = { act(CheckpointAction.FetchLists) },
    )
}

/** How many of each; a reader that speaks has it as one sentence. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun Counters(counts: Map<VerdictLevel, Int>) {
    fun count(level: VerdictLevel) = counts[level] ?: 0
    val spoken =
        Design.words.format(
            "checkpoint-counters",
            "pass" to count(VerdictLevel.PASS),
            "check" to count(VerdictLevel.CHECK),
            "stop" to count(VerdictLevel.STOP),
            "unknown" to count(VerdictLevel.CANNOT_TELL),
        )
    FlowRow(
        Modifier.fillMaxWidth().clearAndSetSemantics { contentDescription = spoken },
        Arrangement.SpaceBetween,
        Arrangement.spacedBy(Space.small),
    ) {
        for (level in VerdictLevel.entries) {
            Row(
                Modifier.defaultMinSize(minWidth = 72.dp),
                Arrangement.spacedBy(Space.small, Alignment.CenterHorizontally),
                Alignment.CenterVertically,
            ) {
                VerdictMark(level, 28.dp, shape = brightOf(level), inner = Design.palette.page)
                Text("${count(level)}", style = Design.sizes.title, color = Design.palette.text)
            }
        }
    }
}

/** On the dark frame red needs its light tone; the shape tells it anyway. */
@Composable
private fun brightOf(level: VerdictLevel) =
    when (level) {
        VerdictLevel.STOP -> Design.palette.error
        VerdictLevel.CANNOT_TELL -> Design.palette.second
        else -> level.look.fill
    }

@Composable
private fun Torch(
    isLit: Boolean,
    act: (CheckpointAction) -> Unit,
) {
    val now = if (isLit) Design.words["checkpoint-torch-on"] else Design.words["checkpoint-torch-off"]
    Row(
        Modifier
            .fillMaxWidth()
            .toggleable(isLit, role = Role.Switch) { act(CheckpointAction.SwitchTorch) }
            .defaultMinSize(minHeight = Design.sizes.touch)
            .semantics {
                stateDescription = now
                liveRegion = LiveRegionMode.Polite
            },
        Arrangement.spacedBy(Space.medium),
        Alignment.CenterVertically,
    ) {
        Paragraph(Design.words["checkpoint-torch-switch"], Modifier.weight(1f))
        Switch(isLit, null)
    }
}

@Composable
private fun Place(
    state: CheckpointState,
    act: (CheckpointAction) -> Unit,
) {
    val words = Design.words
    val draft = state.placeDraft
    if (draft == null) {
        LinkRow(
            words["checkpoint-place"],
            { act(CheckpointAction.EditPlace) },
            detail = state.place ?: words["checkpoint-place-none"],
        )
        return
    }
    Group {
        val problem = words["checkpoint-place-wrong"]
        OutlinedTextField(
            draft.text,
            { act(CheckpointAction.TypePlace(it)) },
            Modifier.fillMaxWidth().semantics { if (draft.isWrong) error(problem) },
            textStyle = Design.sizes.body,
            label = { Text(words["checkpoint-place"]) },
            isError = draft.isWrong,
            singleLine = true,
        )
        Text(
            if (draft.isWrong) problem else words["checkpoint-place-hint"],
            style = Design.sizes.small,
            color = if (draft.isWrong) Design.palette.error else Design.palette.second,
        )
        PrimaryButton(words["common-save"], { act(CheckpointAction.SavePlace) })
        SecondaryButton(words["common-cancel"], { act(CheckpointAction.LeavePlace) })
    }
}
