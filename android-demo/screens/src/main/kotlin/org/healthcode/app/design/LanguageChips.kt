package org.healthcode.app.design

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.defaultMinSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.selection.selectable
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.text.intl.LocaleList
import androidx.compose.ui.unit.dp
import org.healthcode.ScreenWords
import org.healthcode.core.screenLanguages

/** A language that the app speaks, named in itself. */
data class LanguageChoice(
    /** BCP 47. */
    val tag: String,
    val label: String,
    val isChosen: Boolean,
)

/** All of them; the one that [words] are in is chosen. */
fun languageChoices(words: ScreenWords): List<LanguageChoice> =
    screenLanguages().map { tag ->
        val label = ScreenWords(tag)["settings-language-name"]
        LanguageChoice(tag, label, label == words["settings-language-name"])
    }

/** Languages side by side, each in its own script: found by whoever reads none of the others. */
@Composable
fun LanguageChips(
    languages: List<LanguageChoice>,
    onChoose: (String) -> Unit,
) = FlowRow(
    Modifier.fillMaxWidth().selectableGroup(),
    Arrangement.spacedBy(Design.sizes.gap),
    Arrangement.spacedBy(Design.sizes.gap),
) {
    for (language in languages) {
        val edge = if (language.isChosen) Design.palette.action else Design.palette.border
        Box(
            Modifier
                .clip(Corners)
                .background(if (language.isChosen) Design.palette.card else Design.palette.page)
                .border(if (language.isChosen) 2.dp else 1.dp, edge, Corners)
                .selectable(language.isChosen, role = Role.RadioButton) { onChoose(language.tag) }
                .defaultMinSize(Design.sizes.touch, Design.sizes.touch)
                .padding(horizontal = Space.page, vertical = Space.small),
            Alignment.Center,
        ) {
            val style = Design.sizes.body.copy(localeList = LocaleList(language.tag))
            Text(language.label, style = style, color = Design.palette.text)
        }
    }
}
