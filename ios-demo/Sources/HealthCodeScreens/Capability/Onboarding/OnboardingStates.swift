import HealthCodeKit

extension OnboardingState {
    /// Each of its states, for previews.
    public static func all(_ words: ScreenWords) -> [OnboardingState] {
        [
            OnboardingState(),
            OnboardingState(name: .consent, consentText: consent(language: words.language).text),
        ]
    }
}
