/// Every colour that this phone saw: proof that none was changed in silence.
public struct HistoryState: ScreenState {
    public enum Name: String, CaseIterable, Sendable { case changes, empty, broken }

    /// A change of colour.
    public struct Change: Identifiable, Equatable, Sendable {
        public var id: String
        public var mark: Mark
        public var title: String
        public var reason: String
        public var changedAt: String
        /// Who decided.
        public var decidedBy: String?
        public var seal: String
        public var isSealWhole: Bool
    }

    public var name: Name
    public var changes: [Change] = []

    public init(name: Name, changes: [Change] = []) {
        self.name = name
        self.changes = changes
    }
}

/// What a person can do there.
public enum HistoryAction: Sendable, Equatable {
    case close
}
