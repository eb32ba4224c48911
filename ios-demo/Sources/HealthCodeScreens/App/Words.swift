import HealthCodeKit

/// The words of the screens in one language, all of them the core's.
///
/// Invariant: two of the same language are equal, and nothing here makes up a word: an id that the core does not know is
/// shown as it is.
public struct Words: Sendable, Equatable {
    /// The BCP 47 tag that they are asked for in.
    public let language: String
    /// Whether the screen is mirrored.
    public let isRightToLeft: Bool
    private let texts: [String: String]

    /// The words for a reader of `language`.
    public init(language: String) {
        self.language = language
        isRightToLeft = textDirection(language: language) == .rightToLeft
        texts = screenTexts(language: language)
    }

    /// Between the items of a list.
    var listSeparator: String { self["common-list-separator"] }

    /// A word without arguments.
    public subscript(_ id: String) -> String { texts[id] ?? id }

    /// A word with its arguments.
    public func callAsFunction(_ id: String, _ arguments: [String: String]) -> String {
        screenText(id: id, arguments: arguments, language: language) ?? id
    }

    public static func == (one: Words, other: Words) -> Bool { one.language == other.language }
}
