package org.healthcode.app.design

import androidx.compose.foundation.border
import androidx.compose.foundation.clickable
import androidx.compose.foundation.focusable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.defaultMinSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.focus.FocusRequester
import androidx.compose.ui.focus.focusRequester
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.text.style.TextDecoration
import androidx.compose.ui.unit.dp

/** Something to mend: the words that stand at the field too, and what leads to it. */
data class Mending(
    val text: String,
    val goTo: () -> Unit,
)

/**
 * What is wrong on this page, above everything else: it takes the focus, and each line leads to its field.
 *
 * @param attempt counts the tries: with each, the focus comes back here.
 */
@Composable
fun ProblemSummary(
    title: String,
    problems: List<Mending>,
    attempt: Int,
) {
    val focus = remember { FocusRequester() }
    Column(
        Modifier
            .fillMaxWidth()
            .border(2.dp, Design.palette.error, Corners)
            .focusRequester(focus)
            .focusable()
            .testTag("problems")
            .padding(horizontal = Space.page, vertical = Space.medium),
        Arrangement.spacedBy(Space.tiny),
    ) {
        Text(
            title,
            Modifier.semantics { heading() },
            style = Design.sizes.body.copy(fontWeight = FontWeight.Bold),
            color = Design.palette.error,
        )
        for (problem in problems) {
            Text(
                problem.text,
                Modifier
                    .fillMaxWidth()
                    .clickable(role = Role.Button, onClick = problem.goTo)
                    .defaultMinSize(minHeight = Design.sizes.touch)
                    .padding(vertical = Space.small),
                style = Design.sizes.body.copy(textDecoration = TextDecoration.Underline),
                color = Design.palette.error,
            )
        }
    }
    LaunchedEffect(attempt) { runCatching { focus.requestFocus() } }
}
