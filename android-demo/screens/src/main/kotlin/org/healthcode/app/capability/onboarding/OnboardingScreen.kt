package org.healthcode.app.capability.onboarding

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.runtime.key
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalDensity
import org.healthcode.app.design.Aside
import org.healthcode.app.design.Design
import org.healthcode.app.design.Group
import org.healthcode.app.design.LabelledValue
import org.healthcode.app.design.LanguageChips
import org.healthcode.app.design.Page
import org.healthcode.app.design.Paragraph
import org.healthcode.app.design.PrimaryButton
import org.healthcode.app.design.SecondaryButton
import org.healthcode.app.design.stateName

/**
 * The welcome and the consent.
 *
 * Invariant: agreeing and not agreeing look alike, and neither is chosen beforehand.
 */
@Composable
fun OnboardingScreen(
    state: OnboardingState,
    act: (OnboardingAction) -> Unit,
) = Box(Modifier.stateName(state.name)) {
    key(state.page) {
        when (state.page) {
            OnboardingPage.WELCOME -> Welcome(state, act)
            OnboardingPage.CONSENT -> Consent(state, act)
        }
    }
}

@Composable
private fun Welcome(
    state: OnboardingState,
    act: (OnboardingAction) -> Unit,
) {
    val words = Design.words
    Page(
        words["onboarding-title"],
        bottom = { PrimaryButton(words["onboarding-start"], { act(OnboardingAction.Start) }) },
        above = { LanguageChips(state.languages) { act(OnboardingAction.Choose(it)) } },
    ) {
        Paragraph(words["onboarding-lead"])
        Group { Paragraph(words["onboarding-point-show"]) }
        Group { Paragraph(words["onboarding-point-why"]) }
        Group { Paragraph(words["onboarding-point-private"]) }
    }
}

@Composable
private fun Consent(
    state: OnboardingState,
    act: (OnboardingAction) -> Unit,
) {
    val words = Design.words
    Page(
        words["onboarding-consent-title"],
        onBack = { act(OnboardingAction.Back) },
        bottom = {
            val isLarge = LocalDensity.current.fontScale > BESIDE || Design.sizes.isElder
            val agree = @Composable { modifier: Modifier ->
                SecondaryButton(words["onboarding-consent-agree"], { act(OnboardingAction.Agree) }, modifier)
            }
            val notNow = @Composable { modifier: Modifier ->
                SecondaryButton(words["onboarding-consent-not-now"], { act(OnboardingAction.NotNow) }, modifier)
            }
            if (isLarge) {
                agree(Modifier)
                notNow(Modifier)
            } else {
                Row(Modifier.fillMaxWidth(), Arrangement.spacedBy(Design.sizes.gap)) {
                    notNow(Modifier.weight(1f))
                    agree(Modifier.weight(1f))
                }
            }
        },
    ) {
        LabelledValue(words["onboarding-consent-who"], words["onboarding-consent-who-text"])
        LabelledValue(words["onboarding-consent-what"], words["onboarding-consent-what-text"])
        LabelledValue(words["onboarding-consent-why"], words["onboarding-consent-why-text"])
        LabelledValue(words["onboarding-consent-how-long"], words["onboarding-consent-how-long-text"])
        Group { Paragraph(state.consent) }
        Aside(words["onboarding-consent-not-now-text"])
    }
}

/** The largest scale of texts at which two buttons still stand side by side. */
private const val BESIDE = 1.3f
