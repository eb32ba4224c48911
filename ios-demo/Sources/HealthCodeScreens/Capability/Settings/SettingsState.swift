/// How the app is, what it is, and how to leave.
public struct SettingsState: ScreenState {
    public enum Name: String, CaseIterable, Sendable {
        case main, language, about, licences
        case eraseConfirm = "erase_confirm"
        case erased
    }

    /// A language, in its own script.
    public struct Language: Identifiable, Equatable, Sendable {
        public var id: String
        public var label: String
        public var isChosen: Bool
    }

    /// How far an erasing is at the authority.
    public struct Erasure: Identifiable, Equatable, Sendable {
        public var id: String
        public var state: String
        public var kept: [String]
        public var receipt: String?
    }

    public var name: Name
    public var languages: [Language] = []
    public var version = ""
    public var rootKeyFingerprint = ""
    public var licences = ""
    public var deviceId: String?
    /// Everything that erasing loses, what was not sent too.
    public var losses: [String] = []
    public var erasures: [Erasure] = []
    public var problem: String?

    public init(name: Name) { self.name = name }
}

/// What a person can do there; switches are the preferences' own.
public enum SettingsAction: Sendable, Equatable {
    case show(SettingsState.Name)
    /// A BCP 47 tag; nil follows the phone.
    case choose(language: String?)
    case erase, startAgain, back
    case checkpoint
    /// What is held of the person.
    case export
}
