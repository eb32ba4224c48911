import HealthCodeKit

extension SettingsState {
    /// Each of its states, for previews.
    public static func all(_ words: ScreenWords) -> [SettingsState] {
        Name.allCases.map { name in
            var state = SettingsState(name: name)
            switch name {
            case .main: break
            case .language:
                state.languages = [Language(id: "en", label: words["settings-language-name"], isChosen: true)]
            case .about:
                state.version = "1.0"
                state.rootKeyFingerprint = "e3b0 c442 98fc 1c14 9afb f4c8 996f b924"
                state.deviceId = "li"
            case .licences: state.licences = words["settings-licences-text"]
            case .eraseConfirm:
                state.losses = [words["settings-erase-code"], words.format("settings-erase-pending", ["count": 2])]
            case .erased: state.erasures = [Erasure(id: "1", state: words["settings-erased-title"], kept: [])]
            }
            return state
        }
    }
}
