import HealthCodeKit

extension HistoryState {
    /// Each of its states, for previews.
    public static func all(_ words: ScreenWords) -> [HistoryState] {
        Name.allCases.map { name in
            var state = HistoryState(name: name)
            state.canAppeal = name != .empty && name != .notKept
            switch name {
            case .changes, .incomplete: state.changes = changes(words)
            case .empty, .notKept: break
            case .alarm, .alarmsRead:
                state.changes = changes(words)
                state.changes[0].isBroken = true
                state.changes[0].faults = [words["why-officer-text"]]
                state.changes[0].entry = words.format("history-entry", ["number": 2, "hash": "9f86d081884c7d65"])
                state.alarms = [
                    Alarm(
                        id: "li", text: words["why-differs-title"], nextStep: words["why-call"],
                        noticed: words.format("history-alarm-noticed", ["time": "09:40"]),
                        isRead: name == .alarmsRead)
                ]
            }
            return state
        }
    }

    private static func changes(_ words: ScreenWords) -> [Change] {
        func change(_ from: Colour?, _ to: Colour, _ reason: Reason) -> Change {
            let word = to.word(language: words.language)
            return Change(
                id: "\(to)", from: from.map { Mark($0) }, mark: Mark(to),
                title: from.map {
                    words.format("history-change", ["from": $0.word(language: words.language), "to": word])
                } ?? words.format("history-first", ["to": word]),
                reason: reason.text(language: words.language),
                changedAt: words.format("history-changed-at", ["time": "09:40"]),
                decidedBy: words["why-officer-text"], seal: words["common-done"], isBroken: false)
        }
        return [change(.green, .yellow, .closeContact), change(nil, .green, .clear)]
    }
}
