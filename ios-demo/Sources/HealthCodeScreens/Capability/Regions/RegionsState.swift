/// What the code counts as in other regions, and by which rule.
public struct RegionsState: ScreenState {
    public enum Name: String, CaseIterable, Sendable { case list, empty }

    /// One region.
    public struct Region: Identifiable, Equatable, Sendable {
        public var id: UInt32
        public var mark: Mark
        public var title: String
        public var spoken: String
        public var rule: String?
        /// What to do next.
        public var next: String
    }

    public var name: Name
    public var regions: [Region] = []

    public init(name: Name, regions: [Region] = []) {
        self.name = name
        self.regions = regions
    }
}

/// What a person can do there.
public enum RegionsAction: Sendable, Equatable {
    case back
}
