import HealthCodeKit
import HealthCodeScreens
import SwiftUI

/// A form, one question a page.
struct FormScreen: View {
    @State private var model: FormModel
    let session: Session

    init(session: Session, purpose: FormPurpose) {
        self.session = session
        _model = State(initialValue: FormModel(session, purpose))
    }

    var body: some View {
        FormDrawing(state: model.state, words: session.words, input: Bindable(model).input) { action in
            Task { await model.act(action) }
        }
        .task { await model.load() }
    }
}

struct FormDrawing: View {
    @Environment(\.palette) private var palette
    @Environment(\.isElder) private var isElder
    @AccessibilityFocusState private var focus: Place?
    @FocusState private var field: Bool
    let state: FormState
    let words: ScreenWords
    @Binding var input: FormInput
    let act: @MainActor (FormAction) -> Void

    private enum Place: Hashable { case heading, summary }

    var body: some View {
        Page(title: state.title) {
            if let progress = state.progress {
                Text(progress).role(.smallest).foregroundStyle(Color(palette.second))
            }
            switch state.name {
            case .question, .problem: page
            case .checkAnswers: answers
            case .saved: saved
            }
        } bottom: {
            buttons
        }
        .onChange(of: state.name, initial: true) { focus = state.name == .problem ? .summary : .heading }
        .onChange(of: state.question?.id) { focus = .heading }
    }

    @ViewBuilder private var page: some View {
        summary
        if let whom = state.whom { Strip(text: whom) }
        if let note = state.note { Text(note).role(.body) }
        if state.takesPassport {
            LinkRow(label: words["form-read-passport"], symbol: "text.viewfinder") { act(.readPassport) }
        }
        if let question = state.question {
            Text(question.isRequired ? question.label : words.format("common-optional", ["label": question.label]))
                .heading()
                .accessibilityFocused($focus, equals: .heading)
            if let hint = question.hint { Text(hint).role(.body).foregroundStyle(Color(palette.second)) }
            if let problem = question.problem { ProblemText(text: problem) }
            if question.isScanned {
                ScannedText(label: question.label, words: words, text: $input[text: question.id]).focused($field)
            } else {
                FormControl(question: question, words: words, input: $input).focused($field)
            }
        }
    }

    /// The same words stand at the field; each leads there.
    @ViewBuilder private var summary: some View {
        if !state.problems.isEmpty {
            VStack(alignment: .leading, spacing: 8) {
                Text(words["form-problem-title"])
                    .heading()
                    .accessibilityFocused($focus, equals: .summary)
                ForEach(state.problems) { problem in
                    Button {
                        field = true
                        if state.question?.id != problem.id { act(.edit(problem.id)) }
                    } label: {
                        Text(problem.text)
                            .role(.body, weight: .medium)
                            .frame(minHeight: Tokens.touch(isElder: isElder))
                            .contentShape(Rectangle())
                    }
                    .accessibilityHint(Text(verbatim: words.format("form-problem-go-to", ["label": problem.label])))
                }
            }
            .padding(12)
            .frame(maxWidth: .infinity, alignment: .leading)
            .foregroundStyle(Color(palette.error))
            .overlay { RoundedRectangle(cornerRadius: 12).stroke(Color(palette.error), lineWidth: 2) }
        }
    }

    @ViewBuilder private var answers: some View {
        Text(words["form-check-title"]).heading().accessibilityFocused($focus, equals: .heading)
        Text(words["form-check-lead"]).role(.body)
        summary
        ForEach(state.answers) { answer in
            VStack(alignment: .leading, spacing: 8) {
                Fact(label: answer.label, value: answer.value)
                if let problem = answer.problem { ProblemText(text: problem) }
                SecondaryButton(words["form-change"]) { act(.edit(answer.id)) }
                    .accessibilityLabel(Text(verbatim: words.format("form-change-spoken", ["label": answer.label])))
            }
        }
    }

    @ViewBuilder private var saved: some View {
        Text(words["form-saved-title"]).heading().accessibilityFocused($focus, equals: .heading)
        Text(words["form-saved"]).role(.body)
    }

    @ViewBuilder private var buttons: some View {
        switch state.name {
        case .question, .problem: PrimaryButton(words["form-continue"]) { act(.next) }
        case .checkAnswers: PrimaryButton(state.submitLabel) { act(.submit) }
        case .saved: PrimaryButton(words["form-to-home"]) { act(.finish) }
        }
        if state.canGoBack { SecondaryButton(words["form-back"]) { act(.back) } }
    }
}

struct FormPreviews: PreviewProvider {
    static var previews: some View {
        Gallery { words in
            ForEach(FormState.all(words), id: \.name) { state in
                FormDrawing(state: state, words: words, input: .constant(FormInput())) { _ in }
                    .previewDisplayName(state.name.rawValue)
            }
        }
    }
}
