package org.healthcode.app.design

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.defaultMinSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.selection.selectable
import androidx.compose.foundation.selection.toggleable
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.Checkbox
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.OutlinedTextFieldDefaults
import androidx.compose.material3.RadioButton
import androidx.compose.material3.Switch
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.error
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.unit.dp

/**
 * A box to type into. Its [label] is spoken; who draws it says it in sight as well, above the box.
 *
 * Invariant: shows and gives what was typed, as it was typed; an error has words, not a colour alone.
 */
@Composable
fun TextEntry(
    value: String,
    onValue: (String) -> Unit,
    label: String,
    modifier: Modifier = Modifier,
    error: String? = null,
    keyboard: KeyboardOptions = KeyboardOptions.Default,
    lines: Int = 1,
    unit: String? = null,
    placeholder: String? = null,
    style: TextStyle = Design.sizes.body,
) {
    OutlinedTextField(
        value,
        onValue,
        modifier
            .fillMaxWidth()
            .heightIn(min = maxOf(Design.sizes.touch, 56.dp))
            .semantics {
                contentDescription = label
                if (error != null) error(error)
            },
        textStyle = style,
        placeholder = placeholder?.let { { Text(it, style = style, color = Design.palette.second) } },
        suffix = unit?.let { { Text(it, style = style, color = Design.palette.second) } },
        isError = error != null,
        keyboardOptions = keyboard,
        singleLine = lines == 1,
        minLines = lines,
        shape = Corners,
        colors =
            OutlinedTextFieldDefaults.colors(
                unfocusedBorderColor = Design.palette.border,
                focusedBorderColor = Design.palette.action,
                errorBorderColor = Design.palette.error,
                errorCursorColor = Design.palette.action,
                cursorColor = Design.palette.action,
            ),
    )
}

/** What is wrong, in words, by the thing that it is wrong with. */
@Composable
fun ErrorText(
    text: String,
    modifier: Modifier = Modifier,
) = Text(text, modifier, style = Design.sizes.body, color = Design.palette.error)

/** One of several that can be chosen; [isSingle]: choosing it leaves the others. */
@Composable
fun ChoiceRow(
    text: String,
    isChosen: Boolean,
    isSingle: Boolean,
    onChoose: () -> Unit,
    modifier: Modifier = Modifier,
) {
    val action =
        if (isSingle) {
            Modifier.selectable(isChosen, role = Role.RadioButton, onClick = onChoose)
        } else {
            Modifier.toggleable(isChosen, role = Role.Checkbox, onValueChange = { onChoose() })
        }
    val edge = if (isChosen) Design.palette.action else Design.palette.border
    Row(
        modifier
            .fillMaxWidth()
            .clip(Corners)
            .border(if (isChosen) 2.dp else 1.dp, edge, Corners)
            .background(if (isChosen) Design.palette.card else Design.palette.page)
            .then(action)
            .defaultMinSize(minHeight = maxOf(Design.sizes.touch, 52.dp))
            .padding(horizontal = Space.page, vertical = Space.small),
        Arrangement.spacedBy(Space.medium),
        Alignment.CenterVertically,
    ) {
        if (isSingle) RadioButton(isChosen, null) else Checkbox(isChosen, null)
        Text(text, Modifier.weight(1f), style = Design.sizes.body, color = Design.palette.text)
    }
}

/** Something that is on or off, with a word about it. */
@Composable
fun SwitchRow(
    title: String,
    isOn: Boolean,
    onChange: (Boolean) -> Unit,
    modifier: Modifier = Modifier,
    detail: String? = null,
) = Row(
    modifier
        .fillMaxWidth()
        .toggleable(isOn, role = Role.Switch, onValueChange = onChange)
        .defaultMinSize(minHeight = Design.sizes.touch)
        .padding(vertical = Space.small),
    Arrangement.spacedBy(Space.medium),
    Alignment.CenterVertically,
) {
    Column(Modifier.weight(1f)) {
        Paragraph(title)
        if (detail != null) Aside(detail)
    }
    Switch(isOn, null)
}
