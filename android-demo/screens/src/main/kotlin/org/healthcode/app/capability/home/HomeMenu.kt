package org.healthcode.app.capability.home

import androidx.compose.foundation.layout.Column
import androidx.compose.runtime.Composable
import org.healthcode.app.capability.form.HANDED_OVER
import org.healthcode.app.design.Design
import org.healthcode.app.design.LinkRow
import org.healthcode.app.design.Page
import org.healthcode.app.design.StateLook
import org.healthcode.app.screen.DECLARATION

/** The ways to the other screens. */
@Composable
internal fun HomeMenu(
    state: HomeState,
    act: (HomeAction) -> Unit,
) = Column {
    val words = Design.words
    val isRed = state.look == StateLook.RED
    if (isRed) LinkRow(words["why-call"], { act(HomeAction.Call) })
    if (state.hasColour) LinkRow(words["home-why"], { act(HomeAction.Open("why")) })
    val isCrowded = Design.sizes.isElder && (state.refused.isNotEmpty() || state.canShowCode || isRed)
    if (state.canDeclare && !isCrowded) LinkRow(words["home-declare"], { act(HomeAction.Open("form", DECLARATION)) })
    if (Design.sizes.isElder) {
        LinkRow(words["common-more"], { act(HomeAction.Open("home", MORE)) })
    } else {
        OtherScreens(state, act)
    }
}

@Composable
private fun OtherScreens(
    state: HomeState,
    act: (HomeAction) -> Unit,
) {
    val words = Design.words
    if (state.name == HomeName.NOT_REGISTERED) {
        LinkRow(words["home-handed-over"], { act(HomeAction.Open("form", HANDED_OVER)) })
    }
    if (state.entry != null) LinkRow(words["home-entry"], { act(HomeAction.Open("entry")) }, detail = state.entry)
    if (state.isRegistered) {
        LinkRow(words["home-family"], { act(HomeAction.Open("family")) })
        LinkRow(words["home-paper"], { act(HomeAction.Open("paper")) })
    }
    LinkRow(words["home-results"], { act(HomeAction.Open("results")) })
    LinkRow(words["home-history"], { act(HomeAction.Open("history")) })
    if (state.canDeclare) LinkRow(words["home-itinerary"], { act(HomeAction.Open("itinerary")) })
    val unread = state.unreadBulletins.takeIf { it > 0 }?.let { words.format("home-unread", "count" to it) }
    LinkRow(words["home-bulletins"], { act(HomeAction.Open("bulletins")) }, mark = unread)
    LinkRow(words["home-clinics"], { act(HomeAction.Open("clinics")) })
    LinkRow(words["home-settings"], { act(HomeAction.Open("settings")) })
}

/** What home leaves out for elders. */
@Composable
fun MoreScreen(
    state: HomeState,
    onBack: () -> Unit,
    act: (HomeAction) -> Unit,
) = Page(Design.words["common-more"], onBack) {
    AsOf(state, act)
    Column {
        if (state.canDeclare) LinkRow(Design.words["home-declare"], { act(HomeAction.Open("form", DECLARATION)) })
        OtherScreens(state, act)
    }
}

/** Home's argument for [MoreScreen]. */
internal const val MORE = "more"
