import HealthCodeKit

/// The first screen: how it stands, why, and the one thing to do next.
public struct HomeState: ScreenState {
    public enum Name: String, CaseIterable, Sendable {
        case notRegistered = "not_registered"
        case registrationQueued = "registration_queued"
        case registrationRefused = "registration_refused"
        case awaitingColour = "awaiting_colour"
        case green, yellow, orange, red
        case unknownExpired = "unknown_expired"
    }

    /// A strip above everything else. Its kind is the core's, as `clock_wrong`.
    public struct Notice: Identifiable, Equatable, Sendable {
        public var id: String { kind }
        public var kind: String
        public var text: String
        public var time: String?
        /// Where it leads, where that helps.
        public var step: Step?
    }

    /// The one primary button.
    public struct Step: Equatable, Sendable {
        public var label: String
        public var action: HomeAction
    }

    /// Something that the authority refused.
    public struct Refused: Identifiable, Equatable, Sendable {
        public var id: String
        public var text: String
        public var fieldText: String?
        public var mend: HomeAction?
    }

    /// An appeal that the person still has to do with.
    public struct OpenAppeal: Identifiable, Equatable, Sendable {
        public var id: String
        public var title: String
        public var deadline: String?
    }

    /// The end of the region's codes, and when the phone erases what it holds.
    public struct End: Equatable, Sendable {
        public var title: String
        public var text: String
        /// The label of the way to the export; nil once all was erased.
        public var save: String?
    }

    /// A change of colour, to be read: a page of its own over home.
    public struct News: Equatable, Sendable {
        public var mark: Mark
        public var title: String
        public var why: String
        public var instruction: String
        public var since: String
    }

    public var name: Name
    public var mark: Mark?
    public var title: String
    /// The title as it is spoken, where that is more.
    public var spoken: String?
    /// What the colour means, in a few words.
    public var meaning: String?
    public var text: String?
    public var instruction: String?
    public var asOf: String?
    public var notices: [Notice] = []
    public var next: Step?
    /// To the code, where that is not what comes next.
    public var showCode: Step?
    public var refused: [Refused] = []
    /// Those that are open, or decided and not looked at.
    public var appeals: [OpenAppeal] = []
    public var unreadBulletins = 0
    /// Whether the authority has, or will get, a registration of this phone.
    public var isRegistered = true
    /// How far a visitor's entry is; nil of who is none.
    public var entry: String?
    /// The end of the region's codes, where it was ordered.
    public var end: End?
    public var isSyncing = false
    /// What the person has not read of yet.
    public var news: News?
}

/// What a person can do there.
public enum HomeAction: Sendable, Equatable {
    case open(Screen)
    case sync
    /// Opens the place where a newer app is: the drawing knows it.
    case update
    /// Has read why it was refused.
    case dismiss(String)
    /// Has read what changed.
    case readNews
}
