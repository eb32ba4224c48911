/// How far the entry from abroad is.
public struct EntryState: ScreenState {
    public enum Name: String, CaseIterable, Sendable {
        case notAVisitor = "not_a_visitor"
        case toDeclare = "to_declare"
        case waiting, refused, running, done
    }

    public var name: Name
    public var title = ""
    public var spoken = ""
    /// What to do next.
    public var next = ""
    /// The colour as it is painted; nil where there is none.
    public var mark: Mark?
    public var colour: String?
    public var meaning: String?
    public var enteredOn: String?
    /// "3 of 14", in words.
    public var declarations: String?
    public var earliestGreen: String?
    /// Why the authority refused it.
    public var refusal: String?
    public var isSyncing = false

    public init(name: Name) { self.name = name }
}

/// What a person can do there.
public enum EntryAction: Sendable, Equatable {
    /// The one thing to do now.
    case step
    /// What the code counts as in other regions.
    case regions
    case back
}
