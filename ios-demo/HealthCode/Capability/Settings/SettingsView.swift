import HealthCodeKit
import HealthCodeScreens
import SwiftUI

/// How the app is, what it is, and how to leave.
struct SettingsScreen: View {
    @State private var model: SettingsModel
    let session: Session

    init(session: Session, app: AppModel) {
        self.session = session
        _model = State(initialValue: SettingsModel(session, app))
    }

    var body: some View {
        SettingsDrawing(state: model.state, words: session.words, preferences: session.preferences) { action in
            Task { await model.act(action) }
        }
        .task { await model.load() }
    }
}

struct SettingsDrawing: View {
    @Environment(\.openURL) private var openURL
    @Environment(\.palette) private var palette
    let state: SettingsState
    let words: ScreenWords
    @Bindable var preferences: Preferences
    let act: @MainActor (SettingsAction) -> Void

    var body: some View {
        Page(title: words["settings-title"]) {
            if let problem = state.problem { ProblemText(text: problem) }
            switch state.name {
            case .main: main
            case .language: languages
            case .about: about
            case .licences: Text(state.licences).role(.smallest)
            case .eraseConfirm: eraseConfirm
            case .erased: erased
            }
        } bottom: {
            switch state.name {
            case .main: EmptyView()
            case .language, .about, .licences: PrimaryButton(words["common-back"]) { act(.back) }
            case .eraseConfirm:
                // What is safe comes first.
                SecondaryButton(words["common-cancel"]) { act(.back) }
                SecondaryButton(words["settings-erase-confirm"], isDestructive: true) { act(.erase) }
            case .erased: PrimaryButton(words["settings-start-again"]) { act(.startAgain) }
            }
        }
    }

    @ViewBuilder private var main: some View {
        LinkRow(label: words["settings-language"], symbol: "globe") { act(.show(.language)) }
        Toggle(isOn: $preferences.isElder) {
            VStack(alignment: .leading, spacing: 4) {
                Text(words["settings-elder"]).role(.body)
                Text(words["settings-elder-text"]).role(.smallest).foregroundStyle(Color(palette.second))
            }
        }
        Toggle(isOn: $preferences.raisesBrightness) { Text(words["settings-brightness"]).role(.body) }
        Toggle(isOn: $preferences.hasSound) { Text(words["settings-sound"]).role(.body) }
        Toggle(isOn: $preferences.isLocked) { Text(words["settings-lock"]).role(.body) }
        LinkRow(label: words["settings-grants"], symbol: "hand.raised") {
            if let url = URL(string: "app-settings:") { openURL(url) }
        }
        Text(words["settings-grants-text"]).role(.smallest).foregroundStyle(Color(palette.second))
        LinkRow(label: words["settings-checkpoint"], symbol: "qrcode.viewfinder") { act(.checkpoint) }
        LinkRow(label: words["settings-export"], symbol: "square.and.arrow.up") { act(.export) }
        LinkRow(label: words["settings-about"], symbol: "info.circle") { act(.show(.about)) }
        LinkRow(label: words["settings-licences"], symbol: "doc.text") { act(.show(.licences)) }
        SecondaryButton(words["settings-erase"], isDestructive: true) { act(.show(.eraseConfirm)) }
    }

    private var languages: some View {
        ForEach(state.languages) { language in
            ChoiceRow(label: language.label, isChosen: language.isChosen, isSingle: true) {
                act(.choose(language: language.id))
            }
        }
    }

    @ViewBuilder private var about: some View {
        Text(words.format("settings-about-version", ["version": state.version])).role(.body)
        Fact(label: words["settings-about-root-key"], value: state.rootKeyFingerprint, isKey: true)
        Text(words["settings-about-root-key-text"]).role(.smallest)
        if let device = state.deviceId { Fact(label: words["settings-device-id"], value: device, isKey: true) }
    }

    @ViewBuilder private var eraseConfirm: some View {
        Text(words["settings-erase-title"]).heading()
        Text(words["settings-erase-lead"]).role(.body)
        ForEach(state.losses, id: \.self) { loss in
            HStack(alignment: .firstTextBaseline, spacing: 8) {
                Image(systemName: "minus.circle").accessibilityHidden(true)
                Text(loss).role(.body)
            }
            .accessibilityElement(children: .combine)
        }
        LinkRow(label: words["settings-erase-export"], symbol: "square.and.arrow.up") { act(.export) }
    }

    @ViewBuilder private var erased: some View {
        Text(words["settings-erased-title"]).heading()
        Text(words["settings-erased-text"]).role(.body)
        ForEach(state.erasures) { erasure in
            Text(erasure.state).role(.body, weight: .medium)
            if !erasure.kept.isEmpty {
                Text(words["settings-erased-kept"]).role(.smallest)
                ForEach(erasure.kept, id: \.self) { Text($0).role(.body) }
            }
            if let receipt = erasure.receipt { Text(receipt).role(.smallest) }
        }
    }
}

struct SettingsPreviews: PreviewProvider {
    static var previews: some View {
        Gallery { words in
            ForEach(SettingsState.all(words), id: \.name) { state in
                SettingsDrawing(state: state, words: words, preferences: Preferences(.standard)) { _ in }
                    .previewDisplayName(state.name.rawValue)
            }
        }
    }
}
