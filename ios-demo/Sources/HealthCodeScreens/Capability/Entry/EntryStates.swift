import HealthCodeKit

extension EntryState {
    /// Each of its states, for previews.
    public static func all(_ words: ScreenWords) -> [EntryState] {
        let orange = Colour.red.words(scheme: .international, language: words.language)
        return Name.allCases.map { name in
            var state = EntryState(name: name)
            (state.title, state.next) = (words["entry-title"], words["home-declare"])
            switch name {
            case .notAVisitor, .toDeclare, .waiting, .done: break
            case .refused: state.refusal = textOfCode(code: "malformed", language: words.language)
            case .running:
                (state.mark, state.colour) = (Mark(orange.tone), orange.word)
                state.meaning = words.meaning(of: .orange)
                state.declarations = words.format("common-count-of", ["done": 3, "total": 14])
            }
            return state
        }
    }
}
