/// Why the code has its colour, and what can be done about it.
public struct WhyState: ScreenState {
    public enum Name: String, CaseIterable, Sendable {
        case green
        case checkIns = "check_ins"
        case officer, differs, orange
    }

    /// A day of the daily check-ins: a box, and its words.
    public struct Day: Identifiable, Equatable, Sendable {
        public enum Kind: Sendable { case done, missed, unknown, today, coming }

        public var id: String
        public var kind: Kind
        public var label: String
        public var spoken: String
    }

    public var name: Name
    public var mark: Mark
    public var title: String
    public var reason: String
    public var instruction: String
    public var since: String?
    /// How it becomes green, and by when at the earliest; a sentence each.
    public var steps: [String] = []
    public var earliestGreen: String?
    /// "3 of 7", in words.
    public var checkIns: String?
    public var days: [Day] = []
    /// What makes the count begin again.
    public var resets: String?
    /// The rule in a sentence, and what it is called.
    public var rule: String?
    public var ruleName: String?
    /// Whether this phone comes to the same colour.
    public var comparison: String?
    /// Whether laboratories' reports are among what it was decided from.
    public var hasReports = false
    public var citizenId: String?
}

/// What a person can do there.
public enum WhyAction: Sendable, Equatable {
    case appeal, history, results, close
}
