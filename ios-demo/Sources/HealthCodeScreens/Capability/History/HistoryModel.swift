import HealthCodeKit
import Observation

/// Lists the colours that this phone saw, each with its seal.
@MainActor
@Observable
public final class HistoryModel {
    public private(set) var state = HistoryState(name: .empty)
    private let session: Session

    public init(_ session: Session) { self.session = session }

    public func load() async {
        let past = (try? await session.health.colourHistory()) ?? []
        let isBroken = past.contains { $0.seal == .unverifiable }
        state = HistoryState(name: isBroken ? .broken : past.isEmpty ? .empty : .changes, changes: past.map(change))
    }

    public func act(_ action: HistoryAction) {
        switch action {
        case .close: session.back()
        }
    }

    private func change(_ past: ColourPast) -> HistoryState.Change {
        let words = session.words
        let to = past.to.word(language: words.language)
        let title: String
        if let from = past.from {
            title = words.format("history-change", ["from": from.word(language: words.language), "to": to])
        } else {
            title = words.format("history-first", ["to": to])
        }
        let seal =
            switch past.seal {
            case .verified: words["history-seal-verified"]
            case .unverifiable: words["history-seal-unverifiable"]
            case .notNow: words["history-seal-not-now"]
            }
        return .init(
            id: past.receiptSha256, mark: Mark(past.to), title: title, reason: past.texts.text,
            changedAt: words.format("history-changed-at", ["time": past.changedAtText]),
            decidedBy: past.officers.map { words.format("history-officers", ["count": $0]) }
                ?? words["history-by-rule"],
            seal: seal, isSealWhole: past.seal != .unverifiable)
    }
}
