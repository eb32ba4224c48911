import Foundation
import HealthCodeKit

/// Everything that is held of the person, here and at the authority, to read and to keep.
public struct ExportState: ScreenState {
    public enum Name: String, CaseIterable, Sendable {
        case notRequested = "not_requested"
        case requested, coming, held, saved, problem
    }

    /// A part of it.
    public struct Section: Identifiable, Equatable, Sendable {
        public var id: String
        public var title: String
        public var rows: [Row]
        /// What stands there where there are no rows.
        public var empty: String?
    }

    /// A line of it.
    public struct Row: Identifiable, Equatable, Sendable {
        public var id: Int
        public var label: String
        public var text: String
    }

    public var name: Name
    /// How far the authority's own data are here.
    public var holdings = HoldingsState.notRequested
    public var title: String
    public var madeAt: String?
    public var sections: [Section] = []
    /// The file that was made, to be handed on.
    public var file: URL?
    public var problem: String?
    public var isSyncing = false

    public init(name: Name, title: String) {
        self.name = name
        self.title = title
    }
}

/// What a person can do there.
public enum ExportAction: Sendable, Equatable {
    /// Asks the authority for its part.
    case request
    /// Makes the file for other programs; makes the paper that a person reads.
    case save, savePage
    case sync, back
}
