/// The machine-readable lines of a passport or card, read instead of typed.
public struct PassportState: ScreenState {
    public enum Name: String, CaseIterable, Sendable { case empty, unread, check, expired, sound }

    /// What the lines say, as one thing to hear.
    public struct Fact: Identifiable, Equatable, Sendable {
        public var id: String
        public var value: String
    }

    /// Something that does not fit, and where.
    public struct Fault: Identifiable, Equatable, Sendable {
        public var id: String
        public var text: String
        public var place: String
    }

    public var name: Name
    public var title: String?
    public var spoken: String?
    /// What to do next.
    public var next: String?
    public var facts: [Fact] = []
    public var faults: [Fault] = []
    /// Look-alikes that were read as the only character possible.
    public var corrections: [String] = []
    public var problem: String?

    public init(name: Name) { self.name = name }
}

/// What a person can do there; the lines are typed into the model, or come from the camera.
public enum PassportAction: Sendable, Equatable {
    case read
    /// To the form, filled in with what was read.
    case fillIn
    /// Another document.
    case again
    case back
}
