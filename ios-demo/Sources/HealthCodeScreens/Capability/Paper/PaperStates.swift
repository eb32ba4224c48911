import HealthCodeKit

extension PaperState {
    /// Each of its states, for previews. The picture is of no code.
    public static func all(_ words: ScreenWords) -> [PaperState] {
        let sheet = Sheet(
            id: "1", picture: try? codePng(text: "PREVIEW"), pictureLabel: words["paper-image"],
            person: "li", document: "1014",
            days: words.format("paper-dates", ["from": "1", "to": "90"]), isByDesk: false,
            standing: words["paper-title"])
        return Name.allCases.map { name in
            var state = PaperState(name: name)
            state.maxDays = 180
            switch name {
            case .none: break
            case .problem: state.problem = textOfCode(code: "paper_not_green", language: words.language)
            case .asked: state.waiting = words["form-saved"]
            case .ready, .replace, .end: state.sheet = sheet
            case .ending: (state.sheet, state.waiting) = (sheet, words["form-saved"])
            }
            return state
        }
    }
}
