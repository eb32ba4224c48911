import HealthCodeKit
import HealthCodeScreens
import SwiftUI

/// The lines of a passport, typed or copied from a reader.
struct PassportScreen: View {
    @State private var model: PassportModel
    let session: Session

    init(session: Session) {
        self.session = session
        _model = State(initialValue: PassportModel(session))
    }

    var body: some View {
        PassportDrawing(state: model.state, words: session.words, lines: Bindable(model).lines) { action in
            Task { await model.act(action) }
        }
    }
}

struct PassportDrawing: View {
    @Environment(\.palette) private var palette
    let state: PassportState
    let words: ScreenWords
    @Binding var lines: String
    let act: @MainActor (PassportAction) -> Void

    var body: some View {
        Page(title: words["passport-title"]) {
            if let problem = state.problem { ProblemText(text: problem) }
            switch state.name {
            case .empty, .unread, .check: field
            case .expired, .sound: EmptyView()
            }
            result
        } bottom: {
            switch state.name {
            case .empty, .unread, .check: PrimaryButton(words["passport-read"]) { act(.read) }
            case .expired: PrimaryButton(words["passport-read-again"]) { act(.again) }
            case .sound:
                PrimaryButton(words["passport-take"]) { act(.fillIn) }
                SecondaryButton(words["passport-read-again"]) { act(.again) }
            }
        }
    }

    @ViewBuilder private var field: some View {
        Text(words["passport-lead"]).role(.body)
        Text(words["passport-private"]).role(.smallest).foregroundStyle(Color(palette.second))
        Text(words["passport-lines"]).role(.smallest)
        TypedField(label: words["passport-lines"], text: $lines, isMultiline: true)
            // The zone is written from left to right in every language.
            .environment(\.layoutDirection, .leftToRight)
    }

    @ViewBuilder private var result: some View {
        if let title = state.title {
            Text(title).heading().accessibilityLabel(Text(verbatim: state.spoken ?? title))
        }
        if let next = state.next { Text(next).role(.body) }
        ForEach(state.faults) { fault in
            VStack(alignment: .leading, spacing: 4) {
                ProblemText(text: fault.text)
                if !fault.place.isEmpty { Text(fault.place).role(.smallest) }
            }
        }
        ForEach(state.facts) { fact in Fact(label: fact.id, value: fact.value) }
        if !state.corrections.isEmpty { Text(words["passport-corrected"]).role(.smallest) }
        ForEach(state.corrections, id: \.self) { correction in
            Text(correction).role(.smallest).foregroundStyle(Color(palette.second))
        }
    }
}

struct PassportPreviews: PreviewProvider {
    static var previews: some View {
        Gallery { words in
            ForEach(PassportState.all(words), id: \.name) { state in
                PassportDrawing(state: state, words: words, lines: .constant("")) { _ in }
                    .previewDisplayName(state.name.rawValue)
            }
        }
    }
}
