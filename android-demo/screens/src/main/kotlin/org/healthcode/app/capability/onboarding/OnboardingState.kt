package org.healthcode.app.capability.onboarding

import org.healthcode.app.design.LanguageChoice

/** A welcome to somebody new, then what they are asked to agree to. */
data class OnboardingState(
    val page: OnboardingPage,
    val languages: List<LanguageChoice> = emptyList(),
    /** What is agreed to, in full. */
    val consent: String = "",
) {
    /** The name in the table of states. */
    val name: String get() = page.name.lowercase()
}

/** Which page is seen. */
enum class OnboardingPage { WELCOME, CONSENT }

/** What a person can do there. */
sealed interface OnboardingAction {
    data class Choose(
        /** BCP 47. */
        val language: String,
    ) : OnboardingAction

    data object Start : OnboardingAction

    data object Agree : OnboardingAction

    data object NotNow : OnboardingAction

    data object Back : OnboardingAction
}
