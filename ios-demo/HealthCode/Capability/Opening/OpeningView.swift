import HealthCodeKit
import HealthCodeScreens
import SwiftUI

/// While the health code opens, and what can be done where it does not.
struct OpeningScreen: View {
    let app: AppModel

    var body: some View {
        OpeningDrawing(state: app.opening, words: app.words) { action in Task { await app.act(action) } }
    }
}

struct OpeningDrawing: View {
    @Environment(\.openURL) private var openURL
    @State private var isPatient = false
    let state: OpeningState
    let words: ScreenWords
    let act: @MainActor (OpeningAction) -> Void

    var body: some View {
        Page(title: words["common-app-name"]) {
            if state.name == .opening { waiting } else { failed }
        } bottom: {
            if state.isResetAsked { reset } else { buttons }
        }
    }

    /// Words only where it takes long: a flash of text helps nobody.
    private var waiting: some View {
        VStack(alignment: .leading, spacing: 16) {
            if isPatient { Text(words["opening-loading"]).role(.body) }
        }
        .task {
            try? await Task.sleep(for: .seconds(2))
            isPatient = true
        }
    }

    @ViewBuilder private var failed: some View {
        Text(state.title).heading()
        if let text = state.text { Text(text).role(.body) }
        if state.isResetAsked {
            Text(words["opening-reset-title"]).heading()
            Text(words["opening-reset-effects"]).role(.body)
        }
        if let code = state.code {
            Text(words.format("common-error-code", ["code": code])).role(.smallest)
        }
    }

    /// What is safe comes first.
    @ViewBuilder private var reset: some View {
        SecondaryButton(words["common-cancel"]) { act(.cancelReset) }
        SecondaryButton(words["opening-reset-confirm"], isDestructive: true) { act(.reset) }
    }

    @ViewBuilder private var buttons: some View {
        if state.name == .storeNewer {
            PrimaryButton(words["opening-update"]) {
                if let url = URL(string: "itms-apps://apps.apple.com") { openURL(url) }
            }
        }
        if state.canRetry { PrimaryButton(words["opening-retry"]) { act(.retry) } }
        if state.name != .opening { CallButton(label: words["opening-get-help"], number: "12320") }
        if state.canReset {
            SecondaryButton(words["opening-reset"], isDestructive: true) { act(.askReset) }
        }
    }
}

struct OpeningPreviews: PreviewProvider {
    static var previews: some View {
        Gallery { words in
            ForEach(OpeningState.all(words), id: \.name) { state in
                OpeningDrawing(state: state, words: words) { _ in }.previewDisplayName(state.name.rawValue)
            }
        }
    }
}
