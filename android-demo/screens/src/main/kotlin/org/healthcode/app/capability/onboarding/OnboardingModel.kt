package org.healthcode.app.capability.onboarding

import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import org.healthcode.ScreenWords
import org.healthcode.app.App
import org.healthcode.app.design.Design
import org.healthcode.app.design.languageChoices
import org.healthcode.app.screen.Destination
import org.healthcode.core.consent

/**
 * Leads from the welcome over the consent to the registration form.
 *
 * Invariant: nothing is agreed to by leaving or by waiting; agreeing leads to the form and sends nothing.
 */
internal class OnboardingModel(
    private val app: App,
    private val first: OnboardingPage,
) {
    private var page by mutableStateOf(first)

    fun state(words: ScreenWords) = OnboardingState(page, languageChoices(words), consent(words.language).text)

    fun act(action: OnboardingAction) {
        when (action) {
            is OnboardingAction.Choose -> app.settings.language = action.language
            OnboardingAction.Start -> page = OnboardingPage.CONSENT
            OnboardingAction.Agree -> {
                app.settings.agreedConsent = consent(app.settings.language).version.toInt()
                leave()
                app.navigator.open("form", "registration")
            }
            OnboardingAction.NotNow -> leave()
            OnboardingAction.Back -> app.navigator.back()
        }
    }

    /** One step back; whether there was one. */
    fun stepBack(): Boolean {
        val isWithin = page != first
        page = first
        return isWithin
    }

    private fun leave() {
        app.settings.isWelcomed = true
        app.navigator.restart(Destination("home"))
    }
}

/** The living screen; [argument] `consent` leaves the welcome out. */
@Composable
internal fun OnboardingContent(
    app: App,
    argument: String?,
) {
    val first = if (argument == "consent") OnboardingPage.CONSENT else OnboardingPage.WELCOME
    val model = remember(app, first) { OnboardingModel(app, first) }
    DisposableEffect(model) {
        app.navigator.within = model::stepBack
        onDispose { app.navigator.within = null }
    }
    OnboardingScreen(model.state(Design.words), model::act)
}
