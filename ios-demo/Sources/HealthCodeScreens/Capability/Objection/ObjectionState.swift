/// An objection to the colour, from writing it to its deadline.
public struct ObjectionState: ScreenState {
    public enum Name: String, CaseIterable, Sendable { case empty, problem, queued, received, overdue }

    public var name: Name
    /// What it is about: the colour and its reason.
    public var concerns: String?
    public var mark: Mark = .unknown
    public var problem: String?
    /// When it was received, and by when it is decided.
    public var received: String?
    public var receipt: String?

    public init(name: Name) { self.name = name }
}

/// What a person can do there.
public enum ObjectionAction: Sendable, Equatable {
    case send, another, close
}
