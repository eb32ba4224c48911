import HealthCodeKit

extension AppealState {
    /// Each of its states, for previews.
    public static func all(_ words: ScreenWords) -> [AppealState] {
        Name.allCases.map { name in
            var state = AppealState(name: name)
            state.canAppeal = name != .nothing
            state.mark = .yellow
            state.colour = Colour.yellow.word(language: words.language)
            state.concerns = Reason.closeContact.text(language: words.language)
            state.draft.evidence = [
                Evidence(id: "1", text: words.format("home-unread", ["count": 1]), isPicture: true),
                Evidence(id: "2", text: words.format("home-unread", ["count": 2]), isPicture: false),
            ]
            state.draft.statement = words["objection-statement-hint"]
            state.draft.length = words.format("objection-length", ["count": 41, "max": 500])
            switch name {
            case .nothing, .write, .check: break
            case .problem: state.problem = textOfCode(code: "evidence_other_type", language: words.language)
            case .list: state.list = [filed("1", .received, words), filed("2", .withdrawn, words)]
            default: state.one = filed("1", name, words)
            }
            return state
        }
    }

    private static func filed(_ id: String, _ name: Name, _ words: ScreenWords) -> Filed {
        let isOver = [.refused, .withdrawn, .decided, .rejected].contains(name)
        var filed = Filed(
            id: id, sign: isOver ? .done : name == .overdue ? .attention : .waiting,
            title: words["objection-received-title"],
            text: words.format("objection-received-text", ["time": "09:40", "deadline": "14:20"]),
            spoken: words["objection-received-title"], nextStep: words["objection-queued-text"])
        filed.isToCall = name == .overdue
        filed.statement = words["objection-statement-hint"]
        filed.evidence = [Evidence(id: "1", text: words.format("home-unread", ["count": 1]), isPicture: true)]
        (filed.sent, filed.pieces) = name == .sending ? (3, 8) : (0, 0)
        filed.canWithdraw = !isOver
        filed.canDismiss = isOver
        if name == .rejected { filed.reason = words["why-rule"] }
        return filed
    }
}
