/// An appeal against the colour, from writing it to what two officers found.
public struct AppealState: ScreenState {
    public enum Name: String, CaseIterable, Sendable {
        case nothing, write, problem, check, list
        case queued, sending, refused, received, overdue, withdraw, withdrawing, withdrawn, decided, rejected
    }

    /// How a state is drawn, with its words and never by colour alone.
    public enum Sign: String, Sendable { case waiting, attention, done }

    /// A piece of evidence.
    public struct Evidence: Identifiable, Equatable, Sendable {
        public var id: String
        /// "Photograph, 310 KB".
        public var text: String
        public var isPicture: Bool
    }

    /// What is being written.
    public struct Draft: Equatable, Sendable {
        public var statement = ""
        public var evidence: [Evidence] = []
        /// What may be added.
        public var limits = ""
        /// "12 of 500 characters".
        public var length = ""
        /// Whether one more may be added.
        public var canAdd = true
        /// Bytes of the largest one: pictures are scaled down to it.
        public var maxBytes = 0

        public init() {}
    }

    /// One that was sent, or waits to be.
    public struct Filed: Identifiable, Equatable, Sendable {
        public var id: String
        public var sign: Sign
        public var title: String
        public var text: String
        /// Title, text and next step in one.
        public var spoken: String
        public var nextStep: String
        /// Whether calling the authority is what helps.
        public var isToCall = false
        /// What the one button does; nil where there is nothing to do but to wait or to call.
        public var action: AppealAction?
        public var statement = ""
        public var evidence: [Evidence] = []
        /// Pieces that the authority has, of those that there are.
        public var sent = 0
        public var pieces = 0
        /// Why it was decided so, in words of the closed list.
        public var reason: String?
        /// The officers' own words.
        public var decision: String?
        /// The decision was not looked at yet.
        public var isNew = false
        public var canWithdraw = false
        public var canDismiss = false
    }

    public var name: Name
    /// The colour that it is about.
    public var colour: String?
    public var mark: Mark = .unknown
    /// And its reason.
    public var concerns: String?
    public var draft = Draft()
    public var problem: String?
    /// How many there are, in words.
    public var summary: String?
    /// The newest first.
    public var list: [Filed] = []
    public var one: Filed?
    /// Whether there is a colour that another one can be about.
    public var canAppeal = false

    public init(name: Name) { self.name = name }
}

/// What a person can do there; the statement is typed into the model.
public enum AppealAction: Sendable, Equatable {
    /// To the last look before sending.
    case check
    /// Back to writing.
    case edit
    case send
    /// Takes a piece of evidence away.
    case remove(String)
    /// Looks at one of several.
    case show(String)
    case another
    case askWithdraw, cancelWithdraw, withdraw
    /// Takes one that is over from the list.
    case dismiss
    case sync
    /// To the colour and why it is so.
    case seeColour
    case close
}
