import Foundation
import HealthCodeKit

/// The code, to be scanned. It is no proof by its looks: nothing on it says that it is valid.
public struct CodeState: ScreenState {
    public enum Name: String, CaseIterable, Sendable {
        case green, yellow, orange, red, none, expired, landscape, several
        case severalMissing = "several_missing"
    }

    /// Somebody whose code can be shown here.
    public struct Tab: Identifiable, Equatable, Sendable {
        public var id: String
        /// As it was typed on this phone.
        public var name: String
    }

    public var name: Name
    /// Whose it is: the owner's id, or a dependant's.
    public var id = HealthCode.owner
    public var mark: Mark
    public var title: String
    /// What the colour means, in a few words.
    public var meaning: String?
    /// Masked, as a checkpoint sees it; beside others as it was typed, with its place among them.
    public var person: String?
    public var asOf: String?
    public var text: String?
    /// Where doors that pool what they scan can tell that an earlier showing was this phone's too: that in a sentence.
    public var shownBefore: String?
    /// One pixel a module, black on white.
    public var picture: Data?
    /// What is spoken of the picture; the same through all rotations.
    public var pictureLabel: String?
    /// Of the ring, in steps of five seconds: left, and all.
    public var stepsLeft = 0
    public var steps = 0
    public var raisesBrightness = true
    /// Everybody, the owner first; empty where the owner is alone.
    public var tabs: [Tab] = []
}

/// What a person can do there.
public enum CodeAction: Sendable, Equatable {
    /// Another one's code: what a swipe does.
    case show(String)
    /// A dependant's own page.
    case person(String)
    case why, close, sync
}
