/// The door's screen: a scan, then its verdict over the whole screen.
public struct CheckpointState: ScreenState {
    public enum Name: String, CaseIterable, Sendable {
        case scanning, pass, check, stop
        case cannotTell = "cannot_tell"
        case orange
        case several
        case listsOld = "lists_old"
        case cameraDenied = "camera_denied"
    }

    /// A fact to compare or to know.
    public struct Fact: Identifiable, Equatable, Sendable {
        public var id: String
        public var value: String
    }

    public var name: Name
    public var mark: Mark = .unknown
    /// The verdict's word: it comes first, and is spoken at once.
    public var word: String?
    public var reason: String?
    /// The colour of a visitor's code, and what it counts as here.
    public var colour: String?
    /// The rule that says so.
    public var rule: String?
    /// What helps on.
    public var act: String?
    /// What of them to compare with the document, in a sentence.
    public var compare = ""
    public var facts: [Fact] = []
    public var listsAsOf: String?
    /// Why the lists do not count, or that there are none; nil while they do.
    public var listsProblem: String?
    public var isFetching = false
    /// Id of the place where codes are checked; nil: none was set.
    public var place: String?
    /// Whether the place's id is being typed.
    public var isPlaceTyped = false
    /// What was typed is no place's id.
    public var isPlaceWrong = false
    public var counted = ""
    /// Counts verdicts, so that each is cleared after its own time.
    public var shownAt = 0

    public init(name: Name) { self.name = name }
}

/// What a guard can do there, and what the camera says.
public enum CheckpointAction: Sendable, Equatable {
    /// What the camera reads now: all codes in the picture.
    case read([String])
    case next, sync, close
    case cameraDenied, cameraAllowed
    /// The place's id, which is typed into the model.
    case editPlace, savePlace, leavePlace
}
