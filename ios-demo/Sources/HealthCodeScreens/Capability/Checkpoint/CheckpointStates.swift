import HealthCodeKit

extension CheckpointState {
    /// Each of its states, for previews.
    public static func all(_ words: ScreenWords) -> [CheckpointState] {
        Name.allCases.map { name in
            var state = CheckpointState(name: name)
            state.counted = words.format("checkpoint-counters", ["pass": 3, "check": 1, "stop": 0, "unknown": 0])
            state.listsAsOf = words.format("checkpoint-lists-as-of", ["time": "09:40"])
            let refusal: Refusal?
            switch name {
            case .scanning, .several, .cameraDenied:
                state.place = "XIHU-MART-07"
                return state
            case .listsOld:
                state.listsProblem = words["checkpoint-lists-old-text"]
                return state
            case .pass: (state.mark, state.word, refusal) = (.green, words["checkpoint-pass"], nil)
            case .check: (state.mark, state.word, refusal) = (.yellow, words["checkpoint-check"], .presentationTooOld)
            case .orange:
                (state.mark, state.word, refusal) = (.orange, words["checkpoint-stop"], .colourNotAdmitted)
                let orange = CheckedColour(
                    colour: .red, scheme: .international, localColour: nil, ruleId: nil, ruleText: nil,
                    refusal: refusal, statusChecked: true)
                state.colour = colourAtDoor(checked: orange, language: words.language).title
            case .stop: (state.mark, state.word, refusal) = (.red, words["checkpoint-stop"], .credentialSignature)
            case .cannotTell:
                (state.mark, state.word, refusal) = (.unknown, words["checkpoint-cannot-tell"], .notAHealthCode)
            }
            state.reason = verdictText(refusal: refusal, language: words.language).text
            if refusal == nil {
                state.compare = words["checkpoint-compare"]
                state.facts = [Fact(id: words["checkpoint-name"], value: "li")]
            }
            state.shownAt = 1
            return state
        }
    }
}
