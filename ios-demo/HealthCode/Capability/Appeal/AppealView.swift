import HealthCodeKit
import HealthCodeScreens
import SwiftUI

/// An appeal against the colour, or the list of several.
struct AppealScreen: View {
    @State private var model: AppealModel
    let session: Session

    init(session: Session, place: AppealPlace) {
        self.session = session
        _model = State(initialValue: AppealModel(session, place))
    }

    var body: some View {
        AppealDrawing(state: model.state, words: session.words, statement: Bindable(model).statement) { action in
            Task { await model.act(action) }
        } picker: {
            EvidencePicker(words: session.words, room: model.room, mostBytes: model.mostBytes) { picked in
                Task { await model.add(picked) }
            }
        }
        // Again whenever home, or the language, has changed.
        .task(id: session.home) { await model.load() }
        // While something is sent, its pieces are counted.
        .task(id: session.isSyncing) {
            while session.isSyncing, (try? await Task.sleep(for: .milliseconds(500))) != nil { await model.load() }
        }
    }
}

struct AppealDrawing<Picker: View>: View {
    @AccessibilityFocusState private var isOnProblem: Bool
    let state: AppealState
    let words: ScreenWords
    @Binding var statement: String
    let act: @MainActor (AppealAction) -> Void
    @ViewBuilder let picker: Picker

    var body: some View {
        Group {
            switch state.name {
            case .nothing: Page(title: words["appeal-title"]) { Text(words["appeal-no-colour"]).role(.body) }
            case .write, .problem: write
            case .check: check
            case .list: list
            case .withdraw: withdraw
            case .queued, .sending, .refused, .received, .asked, .answering, .overdue, .withdrawing, .withdrawn,
                .decided, .rejected:
                if let one = state.one { FiledAppeal(appeal: one, state: state, words: words, act: act) }
            }
        }
        .onChange(of: state.problem) { isOnProblem = state.problem != nil }
    }

    private var write: some View {
        Page(title: state.answers == nil ? words["appeal-title"] : words["appeal-answer-title"]) {
            if let problem = state.problem {
                ProblemSummary(title: words["common-problem-title"], text: problem).accessibilityFocused($isOnProblem)
            }
            Text(state.answers ?? words["appeal-lead"]).role(.body)
            if state.answers == nil { ConcernedColour(state: state, words: words) }
            Text(label).heading()
            if state.answers == nil { Text(words["appeal-statement-hint"]).role(.smallest) }
            TypedField(label: label, text: $statement, isMultiline: true)
            Text(state.draft.length).role(.smallest)
            evidence
            Text(words["appeal-draft-kept"]).role(.smallest)
        } bottom: {
            PrimaryButton(words["form-continue"]) { act(.check) }
        }
    }

    /// Of the person's own words.
    private var label: String {
        state.answers == nil ? words["appeal-statement"] : words["appeal-answer-statement"]
    }

    @ViewBuilder private var evidence: some View {
        Text(words["appeal-evidence"]).heading()
        Text(state.draft.limits).role(.body)
        ForEach(state.draft.evidence) { piece in
            HStack(spacing: 12) {
                Text(piece.text).role(.body)
                Spacer(minLength: 8)
                Button {
                    act(.remove(piece.id))
                } label: {
                    Text(words["appeal-remove"]).role(.body, weight: .medium).frame(minHeight: 48)
                }
                .accessibilityLabel(Text(verbatim: words.format("appeal-remove-spoken", ["what": piece.text])))
            }
        }
        if state.draft.isAdding {
            Text(words["appeal-adding"]).role(.smallest)
        } else if state.draft.canAdd {
            picker
        }
    }

    private var check: some View {
        Page(title: words["appeal-check-title"]) {
            if let asked = state.answers {
                Text(asked).role(.body)
            } else {
                ConcernedColour(state: state, words: words)
            }
            if !state.draft.statement.isEmpty { Fact(label: label, value: state.draft.statement) }
            EvidenceTold(evidence: state.draft.evidence, words: words)
            Text(words["appeal-check-text"]).role(.smallest)
        } bottom: {
            PrimaryButton(state.answers == nil ? words["appeal-send"] : words["appeal-answer-send"]) { act(.send) }
            SecondaryButton(words["common-edit"]) { act(.edit) }
        }
    }

    private var list: some View {
        Page(title: words["appeal-list-title"]) {
            Text(state.lead).role(.body)
            ForEach(state.list) { line in
                Button {
                    act(.show(line.id))
                } label: {
                    HStack(spacing: 12) {
                        StatusMark(sign: line.sign)
                        VStack(alignment: .leading, spacing: 4) {
                            Text(line.title).role(.body, weight: .medium)
                            if let detail = line.detail { Text(detail).role(.smallest) }
                        }
                        Spacer(minLength: 8)
                        Image(systemName: "chevron.forward").accessibilityHidden(true)
                    }
                    .frame(maxWidth: .infinity, minHeight: 60, alignment: .leading)
                    .contentShape(Rectangle())
                }
                .buttonStyle(.plain)
            }
        } bottom: {
            if state.colour != nil { SecondaryButton(words["appeal-again"]) { act(.another) } }
        }
    }

    /// What is safe comes first.
    private var withdraw: some View {
        Page(title: words["appeal-withdraw-title"]) {
            Text(words["appeal-withdraw-text"]).role(.body)
        } bottom: {
            PrimaryButton(words["appeal-keep"]) { act(.keep) }
            SecondaryButton(words["appeal-withdraw"], isDestructive: true) { act(.withdraw) }
        }
    }
}

/// The colour that it is about, and why it is that.
struct ConcernedColour: View {
    let state: AppealState
    let words: ScreenWords

    var body: some View {
        if let colour = state.colour {
            Text(words["appeal-concerns"]).role(.smallest)
            MarkCard(mark: state.mark, title: colour)
            if let concerns = state.concerns { Text(concerns).role(.body) }
            if let receipt = state.receipt { Text(receipt).role(.smallest) }
        }
    }
}

/// What is sent along; or that nothing is.
struct EvidenceTold: View {
    let evidence: [AppealState.Evidence]
    let words: ScreenWords

    var body: some View {
        Fact(
            label: words["appeal-evidence"],
            value: evidence.isEmpty
                ? words["appeal-evidence-none"] : evidence.map(\.text).joined(separator: "\n"))
    }
}

struct AppealPreviews: PreviewProvider {
    static var previews: some View {
        Gallery { words in
            ForEach(AppealState.all(words), id: \.name) { state in
                AppealDrawing(state: state, words: words, statement: .constant(state.draft.statement)) { _ in
                } picker: {
                    EmptyView()
                }
                .previewDisplayName(state.name.rawValue)
            }
        }
    }
}
