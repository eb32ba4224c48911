package org.healthcode.app.capability.onboarding

import org.healthcode.app.design.languageChoices
import org.healthcode.app.screen.Screen
import org.healthcode.app.screen.drawings
import org.healthcode.core.consent

/** The welcome and the consent. */
val onboardingScreen =
    Screen(
        "onboarding",
        drawings("welcome", "consent", state = { name, words ->
            val page = OnboardingPage.valueOf(name.uppercase())
            OnboardingState(page, languageChoices(words), consent(words.language).text)
        }) { OnboardingScreen(it) {} },
    ) { app, argument -> OnboardingContent(app, argument) }
