/// What the authority tells everybody.
public struct BulletinsState: ScreenState {
    public enum Name: String, CaseIterable, Sendable { case list, empty, one }

    /// One of them.
    public struct Bulletin: Identifiable, Equatable, Sendable {
        public var id: String
        public var title: String
        public var text: String
        public var level: String
        public var isUrgent: Bool
        public var published: String?
        public var phone: String?
        public var link: String?
        public var isRead: Bool
    }

    public var name: Name
    public var bulletins: [Bulletin] = []
    public var one: Bulletin?

    public init(name: Name, bulletins: [Bulletin] = [], one: Bulletin? = nil) {
        self.name = name
        self.bulletins = bulletins
        self.one = one
    }
}

/// What a person can do there.
public enum BulletinsAction: Sendable, Equatable {
    case read(String)
    case list, close
}
