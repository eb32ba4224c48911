import HealthCodeKit

/// EU certificates: read on the phone, kept there, and handed in where the citizen wants them to count.
public struct DccState: ScreenState {
    public enum Name: String, CaseIterable, Sendable {
        case list, empty, full, add, scanning, problem, read, kept, names, confirm, waiting
        case atDesk = "at_desk"
        case counted, received
        case notAccepted = "not_accepted"
        case refused
        case notOurs = "not_ours"
        case stopped, remove
    }

    /// One of the list.
    public struct Line: Identifiable, Equatable, Sendable {
        public var id: String
        public var sign: StatusSign
        /// What it is about.
        public var title: String
        /// The name, as the certificate has it.
        public var holder: String?
        /// What matters most of how it stands.
        public var standing: String
        public var spoken: String
    }

    /// A part of what names the person, on both sides.
    public struct Part: Identifiable, Equatable, Sendable {
        /// What it is called.
        public var id: String
        /// Nil where that side does not say.
        public var inCertificate: String?
        public var inDocument: String?
        /// What can be said of the two; nil where there is one side alone.
        public var comparison: String?
        /// Whether both sides have to be seen.
        public var isOpen: Bool
    }

    /// Something that the certificate says.
    public struct Content: Identifiable, Equatable, Sendable {
        public var id: Int
        public var label: String
        public var value: String
    }

    /// What its one button does.
    public enum Step: Sendable { case keep, handIn, connect, register }

    /// The certificate that is looked at.
    public struct One: Equatable, Sendable {
        public var id: String
        public var sign: StatusSign
        /// What it is about.
        public var kind: String
        public var title: String
        public var spoken: String
        /// What is wrong with it.
        public var fault: String?
        /// What of the rules does not hold, a sentence each.
        public var rules: [String]
        /// How far it is with handing it in.
        public var sending: String?
        public var nextText: String
        public var step: Step?
        /// Whether it can be handed in as well, though that is not what comes next.
        public var canHandIn: Bool
        /// Whether both names have to be confirmed for that.
        public var mustConfirm: Bool
        /// What the parts of the name come to; nil where nobody is registered.
        public var names: String?
        public var parts: [Part]
        public var holder: String?
        public var content: [Content]
    }

    public var name: Name
    /// What there is, in a sentence.
    public var text = ""
    public var certificates: [Line] = []
    /// Most that are kept.
    public var most = 0
    public var one: One?
    /// What is wrong with what was read, or why something could not be done.
    public var problem: String?
    /// Whether the camera may not be used.
    public var isCameraDenied = false
    public var isSyncing = false

    public init(name: Name) { self.name = name }
}

/// What a person can do there; the text of a certificate is typed into the model.
public enum DccAction: Sendable, Equatable {
    case add
    case scan, endScan, cameraDenied
    /// Every square that the camera, or a picture that was picked, has.
    case scanned([String])
    /// Reads what was typed or pasted.
    case read
    case open(String)
    /// What the one button says.
    case step
    /// Hands it in; asks first where the names are not the same.
    case handIn
    /// It is the citizen's, though the names are not the same.
    case confirm
    case askRemove, remove
    case sync, back
}
