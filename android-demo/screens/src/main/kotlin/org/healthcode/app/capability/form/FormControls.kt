package org.healthcode.app.capability.form

import androidx.compose.foundation.focusable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.width
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.focus.FocusRequester
import androidx.compose.ui.focus.focusRequester
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.text.input.ImeAction
import androidx.compose.ui.text.input.KeyboardType
import androidx.compose.ui.unit.dp
import org.healthcode.app.design.Aside
import org.healthcode.app.design.ChoiceRow
import org.healthcode.app.design.Design
import org.healthcode.app.design.Paragraph
import org.healthcode.app.design.Space
import org.healthcode.app.design.TextEntry
import org.healthcode.core.FieldKind
import org.healthcode.core.FormChoiceView
import org.healthcode.core.FormFieldView

/**
 * The boxes of a question, by its kind.
 *
 * Invariant: what is typed goes on as it is; [focus] leads to the first box.
 */
@Composable
fun FormControl(
    field: FormFieldView,
    typed: TypedAnswer,
    error: String?,
    focus: FocusRequester,
    onTyped: (TypedAnswer) -> Unit,
) {
    val onText = { text: String -> onTyped(typed.copy(text = text)) }
    val entry = Modifier.focusRequester(focus).testTag("entry")
    when (field.kind) {
        FieldKind.TEXT -> {
            val lines = if (field.multiline) MULTILINE else 1
            TextEntry(typed.text, onText, field.label, entry, error, keyboard(KeyboardType.Text), lines)
        }
        FieldKind.NUMBER -> {
            val keys = if ((field.decimals?.toInt() ?: 0) > 0) KeyboardType.Decimal else KeyboardType.Number
            TextEntry(typed.text, onText, field.label, entry, error, keyboard(keys), unit = field.unit)
        }
        FieldKind.PHONE -> TextEntry(typed.text, onText, field.label, entry, error, keyboard(KeyboardType.Phone))
        FieldKind.DIVISION -> {
            Aside(Design.words["form-division-hint"])
            TextEntry(typed.text, onText, field.label, entry, error, keyboard(KeyboardType.Number))
        }
        FieldKind.DATE -> DateBoxes(field.label, typed.date, error, focus, "entry") { onTyped(typed.copy(date = it)) }
        FieldKind.DOCUMENT -> DocumentControl(field, typed, error, entry, onTyped)
        FieldKind.YES_NO ->
            Choices(focus) {
                ChoiceRow(Design.words["common-yes"], typed.yesNo == true, true, { onTyped(typed.copy(yesNo = true)) })
                ChoiceRow(Design.words["common-no"], typed.yesNo == false, true, { onTyped(typed.copy(yesNo = false)) })
            }
        FieldKind.SINGLE_CHOICE ->
            ChoiceList(field, typed, focus, entry) { onTyped(typed.copy(chosen = listOf(it))) }
        FieldKind.MULTIPLE_CHOICE -> ChoiceList(field, typed, focus, entry) { onTyped(typed.toggled(it, field)) }
    }
}

private fun keyboard(type: KeyboardType) = KeyboardOptions(keyboardType = type, imeAction = ImeAction.Done)

/** Rows to choose from, as one thing that can be led to. */
@Composable
private fun Choices(
    focus: FocusRequester?,
    rows: @Composable ColumnScope.() -> Unit,
) {
    val target = if (focus == null) Modifier else Modifier.focusRequester(focus).testTag("entry").focusable()
    Column(target.fillMaxWidth().selectableGroup(), Arrangement.spacedBy(Design.sizes.gap), content = rows)
}

/** All choices; where there are many, a box to search them, and those that fit. */
@Composable
private fun ChoiceList(
    field: FormFieldView,
    typed: TypedAnswer,
    focus: FocusRequester,
    entry: Modifier,
    onChoose: (String) -> Unit,
) {
    val words = Design.words
    val isSingle = field.kind == FieldKind.SINGLE_CHOICE
    val row = @Composable { choice: FormChoiceView ->
        ChoiceRow(choice.label, choice.id in typed.chosen, isSingle, { onChoose(choice.id) })
    }
    if (field.choices.size <= SEARCHED_ABOVE) {
        Choices(focus) { field.choices.forEach { row(it) } }
        return
    }
    var search by rememberSaveable { mutableStateOf("") }
    val (chosen, others) = field.choices.partition { it.id in typed.chosen }
    val found = others.filter { it.label.contains(search.trim(), ignoreCase = true) }
    Choices(null) { chosen.forEach { row(it) } }
    TextEntry(search, { search = it }, words["form-search"], entry, placeholder = words["form-search"])
    Choices(null) { found.take(MOST_FOUND).forEach { row(it) } }
    val more = found.size - MOST_FOUND
    when {
        found.isEmpty() -> Paragraph(words["form-search-none"])
        more > 0 -> Aside(words.format("form-search-more", "count" to more))
    }
}

/** Three boxes in the reader's order; none leads on by itself. */
@Composable
internal fun DateBoxes(
    label: String,
    date: TypedDate,
    error: String?,
    focus: FocusRequester,
    tag: String,
    onDate: (TypedDate) -> Unit,
) {
    val words = Design.words
    Aside(words["form-date-hint"])
    FlowRow(Modifier.fillMaxWidth(), Arrangement.spacedBy(Space.medium), Arrangement.spacedBy(Space.small)) {
        datePartsOf(words["form-date-order"]).forEachIndexed { place, part ->
            val name =
                when (part) {
                    DatePart.YEAR -> words["form-date-year"]
                    DatePart.MONTH -> words["form-date-month"]
                    DatePart.DAY -> words["form-date-day"]
                }
            val digits = if (part == DatePart.YEAR) 4 else 2
            val wide =
                with(LocalDensity.current) {
                    Design.sizes.body.fontSize
                        .toDp() * (digits + 1) * 0.62f
                } + 40.dp
            Column(Modifier.width(wide)) {
                Aside(name)
                TextEntry(
                    date[part],
                    { onDate(date.with(part, it)) },
                    words.format("common-spoken", "label" to label, "value" to name),
                    if (place == 0) Modifier.focusRequester(focus).testTag(tag) else Modifier.testTag("$tag-${place + 1}"),
                    error,
                    keyboard(KeyboardType.Number),
                )
            }
        }
    }
}

/** Lines of a box for a longer text. */
private const val MULTILINE = 5

/** More choices than this are searched. */
private const val SEARCHED_ABOVE = 20

/** As many of those found are shown. */
private const val MOST_FOUND = 8
