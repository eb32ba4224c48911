import HealthCodeKit

extension AppealState {
    /// Each of its states, for previews.
    public static func all(_ words: ScreenWords) -> [AppealState] {
        Name.allCases.map { name in
            var state = AppealState(name: name)
            if name != .nothing {
                state.mark = .yellow
                state.colour = Colour.yellow.word(language: words.language)
                state.concerns = Reason.closeContact.text(language: words.language)
                state.receipt = words.format("appeal-colour-receipt", ["hash": "9f86d081884c7d65"])
            }
            state.draft.statement = words["appeal-statement-hint"]
            state.draft.length = words.format("appeal-length", ["count": 41, "max": 500])
            state.draft.evidence = [evidence(words)]
            state.draft.canAdd = true
            switch name {
            case .nothing, .write, .check: break
            case .problem: state.problem = textOfCode(code: "evidence_other_type", language: words.language)
            case .list:
                state.list = [
                    Line(
                        id: "2", sign: .waiting, title: words["common-received"],
                        detail: words.format("appeal-deadline-short", ["time": "14:20"])),
                    Line(
                        id: "1", sign: .done,
                        title: words.format("appeal-new-decision", ["title": words["common-done"]]),
                        detail: words["appeal-statement-hint"]),
                ]
            case .queued, .sending, .refused, .received, .asked, .answering, .overdue, .withdraw, .withdrawing,
                .withdrawn, .decided, .rejected:
                state.one = filed(name, words)
            }
            return state
        }
    }

    private static func evidence(_ words: ScreenWords) -> Evidence {
        Evidence(id: "1", text: words["appeal-evidence"])
    }

    private static func filed(_ name: Name, _ words: ScreenWords) -> Filed {
        let isOver = [.refused, .withdrawn, .decided, .rejected].contains(name)
        let sign: StatusSign = [.refused, .asked, .overdue].contains(name) ? .attention : isOver ? .done : .waiting
        let step: Step =
            switch name {
            case .queued, .sending, .answering, .withdrawing: .connect
            case .asked: .answer
            case .overdue: .call
            case .refused, .withdrawn, .rejected: .again
            case .decided: .seeColour
            default: .wait
            }
        let title = isOver ? words["common-done"] : words["common-received"]
        var filed = Filed(
            id: "li", sign: sign, title: title, text: words["appeal-lead"], spoken: title,
            nextStep: words["appeal-draft-kept"], step: step)
        if name == .sending {
            (filed.sent, filed.pieces) = (3, 8)
            filed.progress = words.format("common-count-of", ["done": 3, "total": 8])
        }
        if name == .received || name == .overdue { (filed.received, filed.deadline) = ("09:40", "14:20") }
        if name == .asked {
            (filed.received, filed.deadline, filed.answerBy) = ("09:40", "14:20", "13:20")
            (filed.asked, filed.canAnswer) = (words["appeal-lead"], true)
            filed.events = [.init(title: words["common-received"], detail: "09:40")]
        }
        if name == .decided || name == .rejected {
            filed.decided = "14:20"
            filed.reason = words["why-rule"]
        }
        filed.statement = words["appeal-statement-hint"]
        filed.evidence = [evidence(words)]
        filed.canWithdraw = !isOver && name != .withdrawing
        filed.canDismiss = isOver
        return filed
    }
}
