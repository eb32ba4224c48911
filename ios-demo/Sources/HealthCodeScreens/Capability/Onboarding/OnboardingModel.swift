import HealthCodeKit
import Observation

/// Leads from the welcome over the consent to the registration form.
///
/// Invariant: nothing is agreed to by leaving or by waiting; agreeing leads to the form and sends nothing.
@MainActor
@Observable
public final class OnboardingModel {
    public private(set) var state = OnboardingState()
    private let session: Session

    public init(_ session: Session) { self.session = session }

    public func act(_ action: OnboardingAction) {
        switch action {
        case .start:
            state = OnboardingState(name: .consent, consentText: consent(language: session.words.language).text)
        case .agree:
            session.preferences.isWelcomed = true
            session.open(.form(.registration))
        case .notNow:
            session.preferences.isWelcomed = true
            session.open(.home)
        case .openSettings: session.open(.settings)
        }
    }
}
