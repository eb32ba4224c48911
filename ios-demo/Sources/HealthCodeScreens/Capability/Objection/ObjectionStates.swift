import HealthCodeKit

extension ObjectionState {
    /// Each of its states, for previews.
    public static func all(_ words: ScreenWords) -> [ObjectionState] {
        Name.allCases.map { name in
            var state = ObjectionState(name: name)
            state.mark = .yellow
            state.concerns = Reason.closeContact.text(language: words.language)
            switch name {
            case .empty, .queued: break
            case .problem: state.problem = words["objection-problem-empty"]
            case .received:
                state.received = words.format("objection-received-text", ["time": "09:40", "deadline": "14:20"])
                state.receipt = words.format("objection-receipt", ["id": "li"])
            case .overdue: state.received = words.format("objection-overdue-text", ["deadline": "14:20"])
            }
            return state
        }
    }
}
