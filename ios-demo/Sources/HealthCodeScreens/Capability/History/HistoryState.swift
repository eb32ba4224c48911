/// Every change of the colour that the authority entered in the chain: proof that none was made in silence.
public struct HistoryState: ScreenState {
    public enum Name: String, CaseIterable, Sendable {
        case changes, empty, alarm
        case alarmsRead = "alarms_read"
        case incomplete
        case notKept = "not_kept"
    }

    /// A change of colour or reason.
    public struct Change: Identifiable, Equatable, Sendable {
        public var id: String
        /// Nil: the first colour, the same one, or one whose colour before is not known here.
        public var from: Mark?
        /// Nil where this version cannot read it.
        public var mark: Mark?
        public var title: String
        public var reason: String
        public var changedAt: String
        /// By which rule, or by which two officers.
        public var decidedBy: String?
        public var seal: String
        /// Said loud.
        public var isBroken: Bool
        /// What is wrong with it, a sentence each.
        public var faults: [String] = []
        /// What an office asks for where something is wrong with it.
        public var entry: String?
        /// The officers' keys and the entry's hash, as they stand in these texts.
        public var keys: [String] = []
    }

    /// Something that does not fit.
    public struct Alarm: Identifiable, Equatable, Sendable {
        public var id: String
        public var text: String
        public var nextStep: String
        /// When this phone noticed it.
        public var noticed: String
        /// Whether it was marked as read.
        public var isRead: Bool
    }

    public var name: Name
    /// How the chain stands, in words.
    public var lead = ""
    /// Newest first; those that the authority lost come last.
    public var changes: [Change] = []
    /// Newest first.
    public var alarms: [Alarm] = []
    /// Whether there is a colour that an appeal can be about.
    public var canAppeal = false
    /// Why it cannot be read, or why the alarms could not be marked.
    public var problem: String?

    public init(name: Name) { self.name = name }

    /// Those that were not read: loud, above everything else.
    public var unread: [Alarm] { alarms.filter { !$0.isRead } }
    /// Those that were: below the changes.
    public var read: [Alarm] { alarms.filter(\.isRead) }
}

/// What a person can do there.
public enum HistoryAction: Sendable, Equatable {
    /// Has read all alarms that are shown.
    case readAlarms
    case appeal, sync, close
}
