import HealthCodeKit
import HealthCodeScreens
import SwiftUI

/// How far the entry from abroad is.
struct EntryScreen: View {
    @State private var model: EntryModel
    let session: Session

    init(session: Session) {
        self.session = session
        _model = State(initialValue: EntryModel(session))
    }

    var body: some View {
        EntryDrawing(state: model.state, words: session.words) { action in Task { await model.act(action) } }
            .task(id: session.home) { await model.load() }
    }
}

struct EntryDrawing: View {
    let state: EntryState
    let words: ScreenWords
    let act: @MainActor (EntryAction) -> Void

    var body: some View {
        Page(title: words["entry-title"]) {
            if let mark = state.mark, let colour = state.colour {
                MarkCard(mark: mark, title: colour, text: state.meaning)
            }
            Text(state.title).heading().accessibilityLabel(Text(verbatim: state.spoken))
            if let refusal = state.refusal { ProblemText(text: refusal) }
            if let entered = state.enteredOn { Fact(label: words["entry-entered-on"], value: entered) }
            if let declarations = state.declarations {
                Fact(label: words["entry-declarations"], value: declarations)
            }
            if let green = state.earliestGreen { Fact(label: words["entry-earliest-green"], value: green) }
            if state.mark != nil { LinkRow(label: words["regions-title"], symbol: "map") { act(.regions) } }
        } bottom: {
            switch state.name {
            case .notAVisitor, .done: EmptyView()
            case .toDeclare, .refused: PrimaryButton(words["entry-declare"]) { act(.step) }
            case .waiting, .running:
                PrimaryButton(state.isSyncing ? words["home-syncing"] : state.next) { act(.step) }
            }
        }
    }
}

struct EntryPreviews: PreviewProvider {
    static var previews: some View {
        Gallery { words in
            ForEach(EntryState.all(words), id: \.name) { state in
                EntryDrawing(state: state, words: words) { _ in }.previewDisplayName(state.name.rawValue)
            }
        }
    }
}
