import HealthCodeKit
import HealthCodeScreens
import SwiftUI

/// Every change of the colour, and what did not fit.
struct HistoryScreen: View {
    @State private var model: HistoryModel
    let session: Session

    init(session: Session) {
        self.session = session
        _model = State(initialValue: HistoryModel(session))
    }

    var body: some View {
        HistoryDrawing(state: model.state, words: session.words) { action in Task { await model.act(action) } }
            // Again whenever home, or the language, has changed.
            .task(id: session.home) { await model.load() }
    }
}

struct HistoryDrawing: View {
    @Environment(\.palette) private var palette
    let state: HistoryState
    let words: ScreenWords
    let act: @MainActor (HistoryAction) -> Void

    var body: some View {
        Page(title: words["history-title"]) {
            if let problem = state.problem { ProblemText(text: problem) }
            ForEach(state.unread) { alarm in loud(alarm) }
            Text(state.lead).role(.body)
            ForEach(state.changes) { change in row(change) }
            if !state.read.isEmpty {
                Text(words["history-alarms-past"]).heading()
                ForEach(state.read) { alarm in
                    VStack(alignment: .leading, spacing: 4) {
                        Text(alarm.text).role(.body)
                        Text(alarm.noticed).role(.smallest).foregroundStyle(Color(palette.second))
                    }
                    .accessibilityElement(children: .combine)
                }
            }
            if state.canAppeal {
                LinkRow(label: words["why-dispute"], symbol: "hand.raised") { act(.appeal) }
            }
            if state.name == .alarmsRead { call }
        } bottom: {
            switch state.name {
            case .alarm:
                call
                SecondaryButton(words["history-alarm-read"]) { act(.readAlarms) }
            case .incomplete: PrimaryButton(words["home-sync"]) { act(.sync) }
            case .changes, .empty, .alarmsRead, .notKept: EmptyView()
            }
        }
    }

    private var call: some View { CallButton(label: words["history-call"], number: "12320") }

    private func loud(_ alarm: HistoryState.Alarm) -> some View {
        VStack(alignment: .leading, spacing: 8) {
            ProblemText(text: alarm.text)
            Text(alarm.nextStep).role(.body)
            Text(alarm.noticed).role(.smallest)
        }
        .padding(12)
        .frame(maxWidth: .infinity, alignment: .leading)
        .overlay { RoundedRectangle(cornerRadius: 12).stroke(Color(palette.error), lineWidth: 2) }
        .accessibilityElement(children: .combine)
    }

    private func row(_ change: HistoryState.Change) -> some View {
        VStack(alignment: .leading, spacing: 4) {
            if let mark = change.mark {
                HStack(spacing: 8) {
                    if let from = change.from {
                        MarkView(mark: from, side: 28)
                        Image(systemName: "chevron.forward").accessibilityHidden(true)
                    }
                    MarkView(mark: mark, side: 28)
                }
            }
            Text(change.title).heading()
            Text(change.changedAt).role(.smallest).foregroundStyle(Color(palette.second))
            Text(change.reason).role(.body)
            if let decidedBy = change.decidedBy { KeyedText(text: decidedBy, keys: change.keys).role(.smallest) }
            if change.isBroken {
                ProblemText(text: change.seal)
            } else {
                Text(change.seal).role(.smallest).foregroundStyle(Color(palette.second))
            }
            ForEach(change.faults, id: \.self) { ProblemText(text: $0) }
            if let entry = change.entry {
                KeyedText(text: entry, keys: change.keys).role(.smallest).foregroundStyle(Color(palette.second))
            }
        }
        .accessibilityElement(children: .combine)
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
