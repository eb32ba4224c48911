import HealthCodeKit

extension FamilyState {
    /// Each of its states, for previews.
    public static func all(_ words: ScreenWords) -> [FamilyState] {
        let green = Colour.green.words(scheme: .domestic, language: words.language)
        let child = Person(
            id: "1", name: "li", standing: words["family-title"], mark: Mark(green.tone), colour: green.title,
            next: words["home-show-code"], spoken: "li", key: words["family-title"])
        let carer = Carer(id: "1", text: words["family-carers"])
        return Name.allCases.map { name in
            var state = FamilyState(name: name, text: words["family-title"])
            switch name {
            case .empty: break
            case .list, .full, .declare: state.people = [child]
            case .add: state.deviceId = "li"
            case .waiting: (state.person, state.step) = (child, words["code-connect"])
            case .ended: (state.person, state.step) = (child, words["family-ask-anew"])
            case .refused:
                (state.person, state.step, state.deviceId) = (child, words["family-ask-anew"], "li")
                state.refusal = textOfCode(code: "care_not_agreed", language: words.language)
            case .inCare, .leave:
                (state.person, state.step, state.hasCode) = (child, words["home-show-code"], true)
                state.carers = [carer]
            case .showCode, .showCodeWaiting, .showCodeOver:
                state.person = child
                state.code = CareCode(
                    code: "7K3M-99TX-V0QD", picture: name == .showCodeOver ? nil : try? codePng(text: "PREVIEW"),
                    pictureLabel: "li", until: words.format("family-code-until", ["time": "09:40"]), secondsLeft: 0)
            case .carers: state.carers = [carer]
            }
            return state
        }
    }
}
