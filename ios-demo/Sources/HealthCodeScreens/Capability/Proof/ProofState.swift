import HealthCodeKit

/// Proving who one is: the ways that the authority takes, a desk's code, and how the own proof stands.
public struct ProofState: ScreenState {
    public enum Name: String, CaseIterable, Sendable {
        case notKnown = "not_known"
        case notNeeded = "not_needed"
        case ways, code, problem
        case loggingIn = "logging_in"
        case loginFailed = "login_failed"
        case waiting, refused
        case needsDesk = "needs_desk"
        case proven
    }

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
        public var sign: StatusSign
        public var title: String
        public var text: String
        /// Title and text in sentences.
        public var spoken: String
        /// Since when it is proven.
        public var since: String?
    }

    public var name: Name
    /// What all of it is about.
    public var introduction = ""
    /// Nil where there is nothing to say of it yet.
    public var own: Own?
    public var ways: [Way] = []
    /// What was typed, in groups of four; empty before anything was.
    public var readBack = ""
    /// How many characters are missing.
    public var missing: String?
    /// What is wrong with what was typed, or with the last try.
    public var problem: String?
    /// Whether the camera looks for the square.
    public var isScanning = false
    /// Whether the camera may not be used.
    public var isCameraDenied = false
    public var isSyncing = false
    /// A registration waits for this proof.
    public var isRegistering = false

    public init(name: Name) { self.name = name }

    /// Whether the ways are offered.
    public var offersWays: Bool { name == .ways || name == .loginFailed }
}

/// What a person can do there; a code is typed into the model.
public enum ProofAction: Sendable, Equatable {
    /// Goes a way.
    case take(ProofKind)
    case send
    case scan, endScan, cameraDenied
    /// What the camera reads.
    case read([String])
    /// What is in a picture that was picked.
    case picked([String])
    /// To the ways, after a refusal.
    case tryAgain
    /// Takes no answer from the login's page any more.
    case cancelLogin
    /// Registers without one: the desk has moved the registration to this phone.
    case goWithout
    case connect, done, back
}
