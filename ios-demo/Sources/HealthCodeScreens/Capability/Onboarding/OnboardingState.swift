/// A welcome to somebody new, then what they are asked to agree to.
public struct OnboardingState: ScreenState {
    public enum Name: String, CaseIterable, Sendable { case welcome, consent }

    public var name = Name.welcome
    /// What is agreed to, in full.
    public var consentText: String?

    public init(name: Name = .welcome, consentText: String? = nil) {
        self.name = name
        self.consentText = consentText
    }
}

/// What a person can do there.
public enum OnboardingAction: Sendable {
    case start, agree, notNow, openSettings
}
