package org.healthcode.app.capability.code

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.horizontalScroll
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.defaultMinSize
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.pager.HorizontalPager
import androidx.compose.foundation.pager.rememberPagerState
import androidx.compose.foundation.relocation.BringIntoViewRequester
import androidx.compose.foundation.relocation.bringIntoViewRequester
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.selection.selectable
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.runtime.snapshotFlow
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.unit.dp
import kotlinx.coroutines.flow.drop
import org.healthcode.app.design.Corners
import org.healthcode.app.design.Design
import org.healthcode.app.design.QrPlate
import org.healthcode.app.design.Space
import org.healthcode.app.design.StateLook
import org.healthcode.app.design.StateMark
import org.healthcode.app.design.Text

/** A tab for each; they do all that a swipe does. */
@Composable
internal fun CodeTabs(
    state: CodeState,
    act: (CodeAction) -> Unit,
) {
    if (state.tabs.isEmpty()) return
    Row(
        Modifier
            .fillMaxWidth()
            .horizontalScroll(rememberScrollState())
            .selectableGroup()
            .padding(horizontal = Space.page)
            .padding(top = Space.small),
        Arrangement.spacedBy(Design.sizes.gap),
    ) {
        state.tabs.forEachIndexed { place, tab ->
            val isShown = place == state.shown
            val view = remember { BringIntoViewRequester() }
            LaunchedEffect(isShown) { if (isShown) view.bringIntoView() }
            Box(
                Modifier
                    .bringIntoViewRequester(view)
                    .clip(Corners)
                    .background(if (isShown) Design.palette.card else Design.palette.page)
                    .border(if (isShown) 2.dp else 1.dp, if (isShown) Design.palette.action else Design.palette.border, Corners)
                    .selectable(isShown, role = Role.Tab) { act(CodeAction.Show(place)) }
                    .defaultMinSize(Design.sizes.touch, Design.sizes.touch)
                    .padding(horizontal = Space.page, vertical = Space.small),
                Alignment.Center,
            ) {
                val weight = if (isShown) FontWeight.Bold else FontWeight.Normal
                Text(
                    tab.name,
                    style = Design.sizes.body.copy(fontWeight = weight),
                    color = Design.palette.text,
                )
            }
        }
    }
}

/** The codes side by side; one is seen, the others are a swipe away. */
@Composable
internal fun CodePager(
    state: CodeState,
    act: (CodeAction) -> Unit,
    modifier: Modifier,
    inside: Modifier,
) {
    val pages = rememberPagerState(state.shown) { state.tabs.size }
    val follow by rememberUpdatedState(act)
    val isStill = Design.appearance.reducesMotion
    LaunchedEffect(state.shown) {
        if (pages.currentPage == state.shown) return@LaunchedEffect
        if (isStill) pages.scrollToPage(state.shown) else pages.animateScrollToPage(state.shown)
    }
    LaunchedEffect(pages) { snapshotFlow { pages.settledPage }.drop(1).collect { follow(CodeAction.Show(it)) } }
    HorizontalPager(pages, modifier, key = { state.tabs.getOrNull(it)?.id ?: it }) { place ->
        val tab = state.tabs.getOrNull(place)
        Box(Modifier.fillMaxSize().then(inside), Alignment.Center) {
            if (tab?.code != null) {
                QrPlate(tab.code, tab.image, Modifier.fillMaxSize())
            } else {
                StateMark(StateLook.UNKNOWN, 96.dp, shape = Design.palette.second, inner = Design.palette.page)
            }
        }
    }
}
