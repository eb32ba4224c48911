import AuthenticationServices
import HealthCodeKit
import HealthCodeScreens
import SwiftUI

/// Proving who one is.
struct ProofScreen: View {
    @Environment(\.webAuthenticationSession) private var browser
    @State private var model: ProofModel
    let session: Session

    init(session: Session, place: ProofPlace) {
        self.session = session
        _model = State(initialValue: ProofModel(session, place))
    }

    var body: some View {
        ProofDrawing(state: model.state, words: session.words, code: Bindable(model).code) { action in
            Task { await model.act(action) }
        } camera: {
            CodeScanner { texts in
                Task { await model.act(.read(texts)) }
            } denied: {
                Task { await model.act(.cameraDenied) }
            }
        } picker: {
            CodePicker(label: session.words["dcc-picture"]) { texts in
                Task { await model.act(.picked(texts)) }
            }
        }
        // Again whenever home, or the language, has changed.
        .task(id: session.home) {
            model.browser = SystemBrowser.of(browser)
            await model.load()
        }
    }
}

/// How the own proof stands and the ways to prove it; or a desk's code, typed or scanned.
struct ProofDrawing<Camera: View, Picker: View>: View {
    @AccessibilityFocusState private var isOnProblem: Bool
    let state: ProofState
    let words: ScreenWords
    @Binding var code: String
    let act: @MainActor (ProofAction) -> Void
    @ViewBuilder let camera: Camera
    @ViewBuilder let picker: Picker

    var body: some View {
        Group {
            switch state.name {
            case .code, .problem: typing
            case .loggingIn: loggingIn
            case .notKnown, .notNeeded, .ways, .loginFailed, .waiting, .refused, .needsDesk, .proven: standing
            }
        }
        .onChange(of: state.problem) { isOnProblem = state.problem != nil }
    }

    private var standing: some View {
        Page(title: words["proof-title"]) {
            if let own = state.own {
                StatusCard(sign: own.sign, title: own.title, text: own.text, spoken: own.spoken)
                if let since = own.since { Text(since).role(.smallest) }
            }
            if state.name != .proven, state.name != .waiting { Text(state.introduction).role(.body) }
            if state.name == .notNeeded { Text(words["proof-not-needed"]).role(.body) }
            if state.isRegistering, state.offersWays { Text(words["proof-registering"]).role(.body) }
            if state.name == .loginFailed {
                ProblemText(text: state.problem ?? words["proof-login-failed"]).accessibilityFocused($isOnProblem)
            } else if let problem = state.problem {
                ProblemText(text: problem).accessibilityFocused($isOnProblem)
            }
            if state.offersWays {
                ForEach(state.ways) { way in offered(way) }
                if state.isRegistering {
                    LinkRow(label: words["proof-without"], symbol: "arrow.forward.circle") { act(.goWithout) }
                }
            } else if state.name == .needsDesk || state.name == .refused {
                ForEach(state.ways) { way in if way.phone != nil { desk(way) } }
            }
        } bottom: {
            switch state.name {
            case .notKnown, .waiting:
                PrimaryButton(state.isSyncing ? words["home-syncing"] : words["home-sync"]) {
                    if !state.isSyncing { act(.connect) }
                }
            case .refused: if !state.ways.isEmpty { PrimaryButton(words["common-retry"]) { act(.tryAgain) } }
            case .proven: PrimaryButton(words["form-to-home"]) { act(.done) }
            case .notNeeded, .ways, .code, .problem, .loggingIn, .loginFailed, .needsDesk: EmptyView()
            }
        }
    }

    @ViewBuilder private func offered(_ way: ProofState.Way) -> some View {
        Text(way.title).heading()
        Text(way.text).role(.body)
        if way.isPossible {
            PrimaryButton(way.id == .activationCode ? words["proof-type-code"] : way.title) { act(.take(way.id)) }
        } else {
            Text(words["proof-not-here"]).role(.smallest)
        }
        call(way)
    }

    /// Where the desk is, and how to call it.
    @ViewBuilder private func desk(_ way: ProofState.Way) -> some View {
        Text(way.text).role(.body)
        call(way)
    }

    @ViewBuilder private func call(_ way: ProofState.Way) -> some View {
        if let phone = way.phone {
            CallButton(label: words.format("common-call-number", ["number": phone]), number: phone)
        }
    }

    /// Below the system's page; alone where that is still to come, or has gone.
    private var loggingIn: some View {
        Page(title: words["proof-login-title"]) {
            Text(words["proof-login-open"]).role(.body)
        } bottom: {
            SecondaryButton(words["common-cancel"]) { act(.cancelLogin) }
        }
    }

    private var typing: some View {
        Page(title: words["proof-code-title"]) {
            if let problem = state.problem {
                ProblemSummary(title: words["common-problem-title"], text: problem).accessibilityFocused($isOnProblem)
            }
            Text(words["proof-code-hint"]).role(.body)
            CodeEntry(
                words: words, scan: words["proof-scan"], isScanning: state.isScanning, isDenied: state.isCameraDenied
            ) {
                act(.scan)
            } end: {
                act(.endScan)
            } camera: {
                camera
            } picker: {
                picker
            } field: {
                TypedField(label: words["proof-code-title"], text: $code, keyboard: .asciiCapable)
                    .environment(\.layoutDirection, .leftToRight)
                if !state.readBack.isEmpty {
                    Text(verbatim: state.readBack)
                        .role(.title, weight: .semibold)
                        .environment(\.layoutDirection, .leftToRight)
                }
                if state.problem == nil, let missing = state.missing { Text(missing).role(.smallest) }
            }
        } bottom: {
            PrimaryButton(words["proof-send"]) { act(.send) }
            SecondaryButton(words["common-back"]) { act(.back) }
        }
    }
}

struct ProofPreviews: PreviewProvider {
    static var previews: some View {
        Gallery { words in
            ForEach(ProofState.all(words), id: \.name) { state in
                ProofDrawing(state: state, words: words, code: .constant(state.readBack)) { _ in
                } camera: {
                    EmptyView()
                } picker: {
                    EmptyView()
                }
                .previewDisplayName(state.name.rawValue)
            }
        }
    }
}
