package org.healthcode.app.capability.form

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.ExperimentalComposeUiApi
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.InterceptPlatformTextInput
import androidx.compose.ui.text.input.ImeAction
import androidx.compose.ui.text.input.KeyboardCapitalization
import androidx.compose.ui.text.input.KeyboardType
import kotlinx.coroutines.awaitCancellation
import org.healthcode.app.design.Aside
import org.healthcode.app.design.ChoiceRow
import org.healthcode.app.design.Design
import org.healthcode.app.design.DigitPad
import org.healthcode.app.design.TextAction
import org.healthcode.app.design.TextEntry
import org.healthcode.core.DocumentKind
import org.healthcode.core.FormFieldView
import org.healthcode.text

/** Kind and number of an identity document; for those of digits and X, with keys of their own. */
@Composable
internal fun DocumentControl(
    field: FormFieldView,
    typed: TypedAnswer,
    error: String?,
    entry: Modifier,
    onTyped: (TypedAnswer) -> Unit,
) {
    val words = Design.words
    val kinds = acceptedDocuments(field)
    val kind = typed.documentKind ?: kinds.first()
    // The number stays in sight: one kind is shown until another one is asked for.
    var showsAll by rememberSaveable { mutableStateOf(false) }
    Aside(words["form-document-kind"])
    Column(Modifier.fillMaxWidth().selectableGroup(), Arrangement.spacedBy(Design.sizes.gap)) {
        for (accepted in if (showsAll) kinds else listOf(kind)) {
            ChoiceRow(accepted.text(words.language), accepted == kind, true, {
                onTyped(typed.copy(documentKind = accepted))
                showsAll = false
            })
        }
    }
    if (!showsAll && kinds.size > 1) TextAction(words["form-document-other-kind"], { showsAll = true })
    Aside(words["form-document-number"])
    val number: @Composable () -> Unit = {
        TextEntry(
            typed.text,
            { onTyped(typed.copy(text = it, documentKind = kind)) },
            words["form-document-number"],
            entry,
            error,
            KeyboardOptions(
                capitalization = KeyboardCapitalization.Characters,
                autoCorrectEnabled = false,
                keyboardType = KeyboardType.Ascii,
                imeAction = ImeAction.Done,
            ),
            style = Design.sizes.title,
        )
    }
    if (kind in OF_DIGITS) {
        WithoutKeyboard(number)
        DigitPad(
            onKey = { onTyped(typed.copy(text = typed.text + it, documentKind = kind)) },
            onDelete = { onTyped(typed.copy(text = typed.text.dropLast(1))) },
        )
    } else {
        number()
    }
}

/** The phone's keyboard stays away; a keyboard of keys, pasting and speech go on working. */
@OptIn(ExperimentalComposeUiApi::class)
@Composable
private fun WithoutKeyboard(content: @Composable () -> Unit) = InterceptPlatformTextInput({ _, _ -> awaitCancellation() }, content)

/** A number of digits, the last of which may be X; the others have letters. */
private val OF_DIGITS = setOf(DocumentKind.RESIDENT_ID)
