import Foundation

/// The code, to be scanned. It is no proof by its looks: nothing on it says that it is valid.
public struct CodeState: ScreenState {
    public enum Name: String, CaseIterable, Sendable {
        case green, yellow, orange, red, none, expired, landscape
    }

    public var name: Name
    public var mark: Mark
    public var title: String
    public var person: String?
    public var asOf: String?
    public var text: String?
    /// One pixel a module, black on white.
    public var picture: Data?
    /// What is spoken of the picture; the same through all rotations.
    public var pictureLabel: String?
    /// Of the ring, in steps of five seconds: left, and all.
    public var stepsLeft = 0
    public var steps = 0
    public var raisesBrightness = true
}

/// What a person can do there.
public enum CodeAction: Sendable, Equatable {
    case why, close, sync
}
