import HealthCodeKit

extension HistoryState {
    /// Each of its states, for previews.
    public static func all(_ words: ScreenWords) -> [HistoryState] {
        func change(_ id: String, _ colour: Colour, isWhole: Bool) -> Change {
            Change(
                id: id, mark: Mark(colour), title: colour.word(language: words.language),
                reason: Reason.closeContact.text(language: words.language),
                changedAt: words.format("history-changed-at", ["time": "09:40"]),
                decidedBy: words.format("history-officers", ["count": 2]),
                seal: isWhole ? words["history-seal-verified"] : words["history-seal-unverifiable"],
                isSealWhole: isWhole)
        }
        return [
            HistoryState(
                name: .changes, changes: [change("2", .yellow, isWhole: true), change("1", .green, isWhole: true)]),
            HistoryState(name: .empty),
            HistoryState(name: .broken, changes: [change("1", .red, isWhole: false)]),
        ]
    }
}
