extension OnboardingState {
    /// Each of its states, for previews.
    public static func all(_ words: Words) -> [OnboardingState] {
        [
            OnboardingState(),
            OnboardingState(name: .consent, consentText: words["onboarding-consent-who-text"]),
        ]
    }
}
