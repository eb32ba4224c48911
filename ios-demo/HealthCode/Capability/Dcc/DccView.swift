import HealthCodeKit
import HealthCodeScreens
import SwiftUI

/// EU certificates.
struct DccScreen: View {
    @State private var model: DccModel
    let session: Session

    init(session: Session, of id: String? = nil) {
        self.session = session
        _model = State(initialValue: DccModel(session, of: id))
    }

    var body: some View {
        DccDrawing(state: model.state, words: session.words, text: Bindable(model).text) { action in
            Task { await model.act(action) }
        } camera: {
            CodeScanner { texts in
                Task { await model.act(.scanned(texts)) }
            } denied: {
                Task { await model.act(.cameraDenied) }
            }
        } picker: {
            CodePicker(label: session.words["dcc-picture"]) { texts in
                Task { await model.act(.scanned(texts)) }
            }
        }
        // Again whenever home, or the language, has changed.
        .task(id: session.home) { await model.load() }
        .refreshable { await model.act(.sync) }
        .privacySensitive()
    }
}

/// The list, what was read, one that is kept, and what is asked before it is handed in or removed.
struct DccDrawing<Camera: View, Picker: View>: View {
    @AccessibilityFocusState private var isOnProblem: Bool
    let state: DccState
    let words: ScreenWords
    @Binding var text: String
    let act: @MainActor (DccAction) -> Void
    @ViewBuilder let camera: Camera
    @ViewBuilder let picker: Picker

    var body: some View {
        Group {
            switch state.name {
            case .list, .empty, .full: list
            case .add, .scanning, .problem: add
            case .confirm: confirm
            case .remove: remove
            case .read, .kept, .names, .waiting, .atDesk, .counted, .received, .notAccepted, .refused, .notOurs,
                .stopped:
                if let one = state.one { DccCertificate(one: one, state: state, words: words, act: act) }
            }
        }
        .onChange(of: state.problem) { isOnProblem = state.problem != nil }
    }

    private var list: some View {
        Page(title: words["dcc-title"]) {
            if state.name == .full { Strip(text: words.format("dcc-full", ["count": state.most])) }
            if let problem = state.problem { ProblemText(text: problem) }
            if state.certificates.isEmpty { Text(words["dcc-lead"]).role(.body) }
            Text(state.text).role(.body)
            ForEach(state.certificates) { certificate in
                CardRow(sign: certificate.sign, spoken: certificate.spoken) {
                    act(.open(certificate.id))
                } content: {
                    Text(certificate.title).role(.body, weight: .medium)
                    if let holder = certificate.holder { Text(verbatim: holder).role(.smallest) }
                    Text(certificate.standing).role(.smallest)
                }
            }
        } bottom: {
            if state.name != .full { PrimaryButton(words["dcc-add"]) { act(.add) } }
        }
    }

    private var add: some View {
        Page(title: words["dcc-add"]) {
            if let problem = state.problem {
                ProblemSummary(title: words["common-problem-title"], text: problem).accessibilityFocused($isOnProblem)
            }
            Text(words["dcc-add-lead"]).role(.body)
            CodeEntry(
                words: words, scan: words["dcc-scan"], isScanning: state.name == .scanning,
                isDenied: state.isCameraDenied
            ) {
                act(.scan)
            } end: {
                act(.endScan)
            } camera: {
                camera
            } picker: {
                picker
            } field: {
                Text(words["dcc-text"]).heading()
                Text(words["dcc-text-hint"]).role(.smallest)
                TypedField(label: words["dcc-text"], text: $text, isMultiline: true)
                    // It is written from left to right in every language.
                    .environment(\.layoutDirection, .leftToRight)
            }
        } bottom: {
            PrimaryButton(words["dcc-read"]) { act(.read) }
            SecondaryButton(words["common-cancel"]) { act(.back) }
        }
    }

    private var confirm: some View {
        Page(title: words["dcc-confirm-title"]) {
            if let problem = state.problem { ProblemText(text: problem).accessibilityFocused($isOnProblem) }
            if let one = state.one { DccPerson(one: one, words: words) }
            Text(words["dcc-confirm-text"]).role(.body)
        } bottom: {
            PrimaryButton(words["dcc-confirm"]) { act(.confirm) }
            SecondaryButton(words["common-cancel"]) { act(.back) }
        }
    }

    private var remove: some View {
        Page(title: words["dcc-remove-title"]) {
            Text(words["dcc-remove-text"]).role(.body)
            if let one = state.one {
                Text(one.kind).role(.body, weight: .medium)
                if let holder = one.holder { Text(verbatim: holder).role(.smallest) }
            }
            if let problem = state.problem { ProblemText(text: problem).accessibilityFocused($isOnProblem) }
        } bottom: {
            // What is safe comes first.
            PrimaryButton(words["common-cancel"]) { act(.back) }
            SecondaryButton(words["dcc-remove"], isDestructive: true) { act(.remove) }
        }
    }
}

struct DccPreviews: PreviewProvider {
    static var previews: some View {
        Gallery { words in
            ForEach(DccState.all(words), id: \.name) { state in
                DccDrawing(state: state, words: words, text: .constant("")) { _ in
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
