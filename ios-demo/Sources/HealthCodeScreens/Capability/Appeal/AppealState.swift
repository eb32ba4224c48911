/// An appeal against the colour, from writing it to what two officers found.
public struct AppealState: ScreenState {
    public enum Name: String, CaseIterable, Sendable {
        case nothing, write, problem, check, list
        case queued, sending, refused, received, asked, answering, overdue, withdraw, withdrawing, withdrawn
        case decided, rejected
    }

    /// A piece of evidence.
    public struct Evidence: Identifiable, Equatable, Sendable {
        public var id: String
        /// "Photograph, 310 KB".
        public var text: String
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
        public var canAdd = false
        /// What was picked is being kept.
        public var isAdding = false

        public init() {}
    }

    /// An appeal in the list.
    public struct Line: Identifiable, Equatable, Sendable {
        public var id: String
        public var sign: StatusSign
        public var title: String
        public var detail: String?
    }

    /// What its one button does.
    public enum Step: Sendable { case connect, wait, answer, call, again, seeColour }

    /// Something that happened to an appeal.
    public struct Event: Equatable, Sendable {
        public var title: String
        /// When, and what was asked for or sent.
        public var detail: String
    }

    /// One that was sent, or waits to be.
    public struct Filed: Identifiable, Equatable, Sendable {
        public var id: String
        public var sign: StatusSign
        public var title: String
        public var text: String
        /// Title, text and next step in one.
        public var spoken: String
        /// What the person can do, in words.
        public var nextStep: String
        public var step: Step
        /// Pieces that the authority has; nil where that is not of interest.
        public var sent: Int?
        public var pieces = 0
        /// "3 of 8".
        public var progress: String?
        public var received: String?
        /// "Thu 14:20 (3 h)".
        public var deadline: String?
        public var decided: String?
        /// Why it was decided so, in words of the closed list.
        public var reason: String?
        /// The officers' own words.
        public var officersText: String?
        public var statement = ""
        public var evidence: [Evidence] = []
        public var canWithdraw = false
        public var canDismiss = false
        /// What officers ask for now.
        public var asked: String?
        /// Until when the deadline waits for the answer.
        public var answerBy: String?
        public var canAnswer = false
        /// What happened so far, oldest first.
        public var events: [Event] = []
    }

    public var name: Name
    /// The colour that it is about; nil while there is none.
    public var colour: String?
    public var mark: Mark = .unknown
    /// And its reason.
    public var concerns: String?
    /// And the receipt that tells it.
    public var receipt: String?
    public var draft = Draft()
    /// What is wrong with what was written or added, or why it could not be done.
    public var problem: String?
    /// What there is to say of all of them.
    public var lead = ""
    /// The newest first.
    public var list: [Line] = []
    public var one: Filed?
    public var isSyncing = false
    /// What officers ask for, where an answer to them is being written; nil where it is an appeal.
    public var answers: String?

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
    /// Writes another one.
    case another
    /// Writes what officers ask for.
    case answer
    /// What the one button of an appeal says; calling is the drawing's.
    case next
    case askWithdraw, keep, withdraw
    /// Takes one that is over from the list.
    case dismiss
    case close
}
