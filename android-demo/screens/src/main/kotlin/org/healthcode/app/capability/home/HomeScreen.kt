package org.healthcode.app.capability.home

import androidx.compose.runtime.Composable
import org.healthcode.app.design.Aside
import org.healthcode.app.design.Design
import org.healthcode.app.design.Page
import org.healthcode.app.design.Paragraph
import org.healthcode.app.design.PrimaryButton
import org.healthcode.app.design.StateCard

/** The first screen: the state, why in one line, how old that is, and the one thing to do next. */
@Composable
fun HomeScreen(
    state: HomeState,
    act: (HomeAction) -> Unit,
) = Page(
    Design.words["home-title"],
    bottom = { if (state.canShowCode) PrimaryButton(Design.words["home-show-code"], { act(HomeAction.ShowCode) }) },
) {
    StateCard(state.look, state.title, state.title)
    if (state.why != null) Paragraph(state.why)
    if (state.asOf != null) Aside(state.asOf)
}
