import HealthCodeKit
import HealthCodeScreens
import SwiftUI

/// Every colour that this phone saw.
struct HistoryScreen: View {
    @State private var model: HistoryModel
    let session: Session

    init(session: Session) {
        self.session = session
        _model = State(initialValue: HistoryModel(session))
    }

    var body: some View {
        HistoryDrawing(state: model.state, words: session.words) { model.act($0) }
            .task { await model.load() }
    }
}

struct HistoryDrawing: View {
    @Environment(\.palette) private var palette
    let state: HistoryState
    let words: ScreenWords
    let act: @MainActor (HistoryAction) -> Void

    var body: some View {
        Page(title: words["history-title"]) {
            switch state.name {
            case .empty: Text(words["history-empty"]).role(.body)
            case .changes:
                Text(words["history-lead"]).role(.body)
                changes
            case .broken:
                ProblemText(text: words["history-broken-title"])
                Text(words["history-broken-text"]).role(.body)
                CallButton(label: words.format("common-call-number", ["number": "12320"]), number: "12320")
                changes
            }
        } bottom: {
            if state.name == .empty { PrimaryButton(words["common-back"]) { act(.close) } }
        }
    }

    private var changes: some View {
        ForEach(state.changes) { change in
            HStack(alignment: .top, spacing: 12) {
                MarkView(mark: change.mark, side: 32)
                VStack(alignment: .leading, spacing: 4) {
                    Text(change.title).heading()
                    Text(change.reason).role(.body)
                    Text(change.changedAt).role(.smallest).foregroundStyle(Color(palette.second))
                    if let decidedBy = change.decidedBy { Text(decidedBy).role(.smallest) }
                    if change.isSealWhole {
                        Text(change.seal).role(.smallest)
                    } else {
                        ProblemText(text: change.seal)
                    }
                }
            }
            .accessibilityElement(children: .combine)
        }
    }
}

struct HistoryPreviews: PreviewProvider {
    static var previews: some View {
        Gallery { words in
            ForEach(HistoryState.all(words), id: \.name) { state in
                HistoryDrawing(state: state, words: words) { _ in }.previewDisplayName(state.name.rawValue)
            }
        }
    }
}
