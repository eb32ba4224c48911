import HealthCodeKit

extension DccState {
    /// Each of its states, for previews.
    public static func all(_ words: ScreenWords) -> [DccState] {
        Name.allCases.map { name in
            var state = DccState(name: name)
            state.most = 20
            switch name {
            case .list, .full:
                state.text = words["dcc-lead"]
                state.certificates = [
                    Line(
                        id: "1", sign: .done, title: words["dcc-title"], holder: "LI",
                        standing: words["common-received"], spoken: words["dcc-title"])
                ]
            case .empty: state.text = words["dcc-lead"]
            case .add, .scanning: break
            case .problem: state.problem = textOfCode(code: "dcc_text_damaged", language: words.language)
            case .read: state.one = one(.waiting, .keep, words)
            case .kept: state.one = one(.done, .handIn, words)
            case .names, .confirm: state.one = one(.done, .handIn, words, isSame: false)
            case .waiting: state.one = one(.done, .connect, words)
            case .atDesk: state.one = one(.waiting, nil, words, isSame: false)
            case .counted, .received, .remove: state.one = one(.done, nil, words)
            case .notAccepted:
                state.one = one(.waiting, nil, words)
                state.one?.rules = [words["dcc-not-fulfilled"]]
            case .refused, .notOurs, .stopped:
                state.one = one(.attention, nil, words)
                state.one?.fault = textOfCode(code: "dcc_expired", language: words.language)
            }
            return state
        }
    }

    private static func one(_ sign: StatusSign, _ step: Step?, _ words: ScreenWords, isSame: Bool = true) -> One {
        One(
            id: "1", sign: sign, kind: words["dcc-title"], title: words["common-received"], spoken: words["dcc-title"],
            fault: nil, rules: [], sending: nil, nextText: words["dcc-lead"], step: step, canHandIn: false,
            mustConfirm: !isSame, names: words["dcc-confirm-text"],
            parts: [
                Part(
                    id: words["checkpoint-name"], inCertificate: "LI", inDocument: isSame ? "LI" : nil,
                    comparison: words["dcc-not-said"], isOpen: !isSame)
            ],
            holder: "LI", content: [Content(id: 0, label: words["checkpoint-region"], value: "SE")])
    }
}
