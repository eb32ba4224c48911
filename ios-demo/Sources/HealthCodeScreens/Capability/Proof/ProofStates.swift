import HealthCodeKit

extension ProofState {
    /// Each of its states, for previews.
    public static func all(_ words: ScreenWords) -> [ProofState] {
        Name.allCases.map { name in
            var state = ProofState(name: name)
            state.introduction = words["onboarding-consent-what-text"]
            state.ways = [
                Way(
                    id: .activationCode, title: words["common-app-name"], text: words["form-document-number-hint"],
                    phone: "12345", isPossible: true),
                Way(
                    id: .oidc, title: words["form-registration-title"], text: words["form-document-kind"],
                    isPossible: name != .refused),
            ]
            switch name {
            case .notKnown, .notNeeded:
                state.ways = []
            case .ways, .loginFailed: break
            case .code: state.grouped = "ABCD-EFGH"
            case .problem: state.problem = textOfCode(code: "activation_code_wrong", language: words.language)
            case .waiting: state.own = own(.note, words["form-saved"], words)
            case .refused: state.own = own(.warning, words["home-refused-title"], words)
            case .needsDesk: state.own = own(.warning, words["common-call-number"], words)
            case .proven: state.own = own(.good, words["common-done"], words)
            }
            return state
        }
    }

    private static func own(_ sign: Sign, _ title: String, _ words: ScreenWords) -> Own {
        Own(sign: sign, title: title, text: title, spoken: title, nextStep: words["common-retry"])
    }
}
