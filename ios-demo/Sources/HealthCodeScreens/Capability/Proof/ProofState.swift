import HealthCodeKit

/// Proving who one is: the ways that the authority takes, a desk's code, and how the own proof stands.
public struct ProofState: ScreenState {
    public enum Name: String, CaseIterable, Sendable {
        case notKnown = "not_known"
        case notNeeded = "not_needed"
        case ways, code, problem
        case loginFailed = "login_failed"
        case waiting, refused
        case needsDesk = "needs_desk"
        case proven
    }

    /// How loudly to say how the own one stands.
    public enum Sign: String, Sendable { case good, note, warning }

    /// A way to show who one is.
    public struct Way: Identifiable, Equatable, Sendable {
        public var id: ProofKind
        public var title: String
        public var text: String
        /// Whom to call.
        public var phone: String?
        /// Whether this phone can go it; else it is told and has no button.
        public var isPossible: Bool
    }

    /// The citizen's own.
    public struct Own: Equatable, Sendable {
        public var sign: Sign
        public var title: String
        public var text: String
        public var spoken: String
        /// What the one button does; empty where there is none.
        public var nextStep: String
        /// Since when it is proven.
        public var since: String?
    }

    public var name: Name
    /// What all of it is about.
    public var introduction = ""
    public var own: Own?
    public var ways: [Way] = []
    /// What was typed, in groups of four.
    public var grouped = ""
    /// How many characters are missing, or what is wrong with them so far.
    public var hint: String?
    /// Whether the camera looks for the square.
    public var isScanning = false
    /// Whether the camera may not be used.
    public var isCameraDenied = false
    public var problem: String?

    public init(name: Name) { self.name = name }
}

/// What a person can do there; a code is typed into the model.
public enum ProofAction: Sendable, Equatable {
    /// What the one button does, after the core.
    case next
    /// Goes a way. The drawing opens a login's page.
    case choose(ProofKind)
    case send
    case scan, endScan, cameraDenied
    /// What the camera reads.
    case read([String])
    /// The login's answer: where it led back to.
    case loggedIn(String)
    case loginFailed
    case sync, back, close
}
