import Foundation

/// A sheet of paper with a code, for who has no phone. Never a colour.
public struct PaperState: ScreenState {
    public enum Name: String, CaseIterable, Sendable { case none, problem, asked, ready, replace, end, ending }

    /// One sheet.
    public struct Sheet: Identifiable, Equatable, Sendable {
        public var id: String
        /// One pixel a module; nil where it does not count.
        public var picture: Data?
        public var pictureLabel: String
        /// What a door compares with the document: name in part, and last characters.
        public var person: String
        public var document: String
        /// "From 3 March to 31 May", in words.
        public var days: String
        public var isByDesk: Bool
        /// What became of it.
        public var standing: String
    }

    public var name: Name
    /// Whose, where it is not the owner's.
    public var person: String?
    public var sheet: Sheet?
    /// The picture that was made, to be printed.
    public var file: URL?
    /// Those before it, newest first.
    public var earlier: [Sheet] = []
    /// What comes of what waits.
    public var waiting: String?
    /// What whoever carries it has to know.
    public var advice: [String] = []
    /// Longest life of a sheet, days.
    public var maxDays = 0
    public var problem: String?
    public var isSyncing = false

    public init(name: Name) { self.name = name }
}

/// What a person can do there.
public enum PaperAction: Sendable, Equatable {
    /// Asks for a sheet of as many days as were typed.
    case request
    /// To the page that says what a newer one, or the end, does.
    case askReplace, askEnd
    case end
    /// Makes a picture to be printed.
    case save
    case sync, back
}
