package org.healthcode.app.capability.home

import androidx.compose.foundation.layout.Box
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import org.healthcode.app.design.Design
import org.healthcode.app.design.LabelledValue
import org.healthcode.app.design.Page
import org.healthcode.app.design.Paragraph
import org.healthcode.app.design.PrimaryButton
import org.healthcode.app.design.SecondaryButton
import org.healthcode.app.design.StateCard
import org.healthcode.app.design.StateLook
import org.healthcode.app.design.stateName

/** A change of colour: what, why, what to do. It stays until it was read. */
@Composable
fun NewsScreen(
    news: ColourNews,
    act: (HomeAction) -> Unit,
) = Box(Modifier.stateName(news.name.name.lowercase())) {
    val words = Design.words
    Page(words["home-news-title"], bottom = {
        PrimaryButton(words["home-news-read"], { act(HomeAction.ReadNews) })
        if (news.look == StateLook.RED) SecondaryButton(words["why-call"], { act(HomeAction.Call) })
    }) {
        StateCard(news.look, news.title, news.spoken, detail = news.meaning)
        news.hint?.let { Paragraph(it) }
        LabelledValue(words["why-reason"], news.why)
        LabelledValue(words["why-what-to-do"], news.instruction)
        LabelledValue(words["why-since"], news.since)
    }
}
