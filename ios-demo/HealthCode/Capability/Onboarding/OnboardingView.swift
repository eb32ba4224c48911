import HealthCodeKit
import HealthCodeScreens
import SwiftUI

/// A welcome, then what is agreed to.
struct OnboardingScreen: View {
    @State private var model: OnboardingModel
    let session: Session

    init(session: Session) {
        self.session = session
        _model = State(initialValue: OnboardingModel(session))
    }

    var body: some View {
        OnboardingDrawing(state: model.state, words: session.words) { model.act($0) }
    }
}

struct OnboardingDrawing: View {
    let state: OnboardingState
    let words: ScreenWords
    let act: @MainActor (OnboardingAction) -> Void

    var body: some View {
        switch state.name {
        case .welcome: welcome
        case .consent: consent
        }
    }

    private var welcome: some View {
        Page(title: words["onboarding-title"]) {
            Text(words["onboarding-lead"]).heading()
            point("qrcode", words["onboarding-point-show"])
            point("questionmark.circle", words["onboarding-point-why"])
            point("hand.raised", words["onboarding-point-private"])
            LinkRow(label: words["onboarding-language"], symbol: "globe") { act(.openSettings) }
        } bottom: {
            PrimaryButton(words["onboarding-start"]) { act(.start) }
        }
    }

    private func point(_ symbol: String, _ text: String) -> some View {
        HStack(alignment: .top, spacing: 12) {
            Image(systemName: symbol).imageScale(.large).frame(width: 32).accessibilityHidden(true)
            Text(text).role(.body)
        }
        .accessibilityElement(children: .combine)
    }

    /// Two equal buttons, and nothing is ticked before.
    private var consent: some View {
        Page(title: words["onboarding-consent-title"]) {
            Fact(label: words["onboarding-consent-who"], value: words["onboarding-consent-who-text"])
            Fact(label: words["onboarding-consent-what"], value: words["onboarding-consent-what-text"])
            Fact(label: words["onboarding-consent-why"], value: words["onboarding-consent-why-text"])
            Fact(label: words["onboarding-consent-how-long"], value: words["onboarding-consent-how-long-text"])
            if let text = state.consentText { Text(text).role(.smallest) }
            Text(words["onboarding-consent-not-now-text"]).role(.smallest)
        } bottom: {
            SecondaryButton(words["onboarding-consent-agree"]) { act(.agree) }
            SecondaryButton(words["onboarding-consent-not-now"]) { act(.notNow) }
        }
    }
}

struct OnboardingPreviews: PreviewProvider {
    static var previews: some View {
        Gallery { words in
            ForEach(OnboardingState.all(words), id: \.name) { state in
                OnboardingDrawing(state: state, words: words) { _ in }.previewDisplayName(state.name.rawValue)
            }
        }
    }
}
