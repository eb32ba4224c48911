import HealthCodeKit

extension ProofState {
    /// Each of its states, for previews.
    public static func all(_ words: ScreenWords) -> [ProofState] {
        Name.allCases.map { name in
            var state = ProofState(name: name)
            state.introduction = words["proof-registering"]
            state.own = own(.waiting, words["proof-title"])
            state.ways = [
                Way(
                    id: .activationCode, title: words["proof-type-code"], text: words["proof-code-hint"],
                    phone: "12345", isPossible: true),
                Way(id: .oidc, title: "li", text: words["proof-registering"], isPossible: false),
            ]
            switch name {
            case .ways, .loggingIn, .loginFailed: break
            case .notKnown: (state.ways, state.own) = ([], nil)
            case .notNeeded: state.ways = []
            case .code: state.readBack = "K7WD-N3"
            case .problem:
                state.readBack = "K7WD-N3FP-XR4T-9HMC"
                state.problem = textOfCode(code: "activation_code_mistyped", language: words.language)
            case .waiting: state.own = own(.waiting, words["form-saved-title"])
            case .refused, .needsDesk: state.own = own(.attention, words["home-refused-title"])
            case .proven:
                state.own = own(.done, words["common-done"])
                state.own?.since = words.format("proof-since", ["time": "09:40"])
            }
            return state
        }
    }

    private static func own(_ sign: StatusSign, _ title: String) -> Own {
        Own(sign: sign, title: title, text: title, spoken: title)
    }
}
