import HealthCodeKit
import HealthCodeScreens
import SwiftUI

/// An objection to the colour.
struct ObjectionScreen: View {
    @State private var model: ObjectionModel
    let session: Session

    init(session: Session) {
        self.session = session
        _model = State(initialValue: ObjectionModel(session))
    }

    var body: some View {
        ObjectionDrawing(state: model.state, words: session.words, statement: Bindable(model).statement) { action in
            Task { await model.act(action) }
        }
    }
}

struct ObjectionDrawing: View {
    @AccessibilityFocusState private var isOnProblem: Bool
    let state: ObjectionState
    let words: ScreenWords
    @Binding var statement: String
    let act: @MainActor (ObjectionAction) -> Void

    var body: some View {
        Page(title: words["objection-title"]) {
            if let concerns = state.concerns {
                HStack(spacing: 12) {
                    MarkView(mark: state.mark, side: 32)
                    Fact(label: words["objection-concerns"], value: concerns)
                }
            }
            switch state.name {
            case .empty, .problem: writing
            case .queued:
                Text(words["objection-queued-title"]).heading()
                Text(words["objection-queued-text"]).role(.body)
            case .received:
                Text(words["objection-received-title"]).heading()
                receipt
            case .overdue:
                ProblemText(text: words["objection-overdue-title"])
                receipt
                CallButton(label: words.format("common-call-number", ["number": "12320"]), number: "12320")
            }
        } bottom: {
            switch state.name {
            case .empty, .problem: PrimaryButton(words["objection-send"]) { act(.send) }
            case .queued, .received, .overdue: PrimaryButton(words["common-done"]) { act(.close) }
            }
        }
        .onChange(of: state.problem) { isOnProblem = state.problem != nil }
    }

    @ViewBuilder private var writing: some View {
        Text(words["objection-lead"]).role(.body)
        if let problem = state.problem {
            ProblemText(text: problem).accessibilityFocused($isOnProblem)
        }
        Text(words["objection-statement"]).heading()
        Text(words["objection-statement-hint"]).role(.smallest)
        TypedField(label: words["objection-statement"], text: $statement, isMultiline: true)
    }

    @ViewBuilder private var receipt: some View {
        if let received = state.received { Text(received).role(.body) }
        if let receipt = state.receipt { Text(receipt).role(.smallest) }
    }
}

struct ObjectionPreviews: PreviewProvider {
    static var previews: some View {
        Gallery { words in
            ForEach(ObjectionState.all(words), id: \.name) { state in
                ObjectionDrawing(state: state, words: words, statement: .constant("")) { _ in }
                    .previewDisplayName(state.name.rawValue)
            }
        }
    }
}
