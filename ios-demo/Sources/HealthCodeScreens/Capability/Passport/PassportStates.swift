import HealthCodeKit

extension PassportState {
    /// Each of its states, for previews.
    public static func all(_ words: ScreenWords) -> [PassportState] {
        Name.allCases.map { name in
            var state = PassportState(name: name)
            guard name != .empty else { return state }
            (state.title, state.next) = (words["passport-title"], words["common-retry"])
            if name != .unread { state.facts = [Fact(id: words["passport-name"], value: "LI")] }
            if name == .check {
                state.faults = [
                    Fault(
                        id: "1", text: textOfCode(code: "mrz_check_digit", language: words.language) ?? "", place: "2")
                ]
            }
            return state
        }
    }
}
