import HealthCodeCore

/// The words of the screens in one language (a BCP 47 tag, such as `HealthCode.language`). Made once a language: a look-up
/// is then a look-up in a dictionary.
public struct ScreenWords: Sendable, Equatable {
    public let language: String
    /// Which way the language is written.
    public let direction: TextDirection
    private let texts: [String: String]

    public init(language: String) {
        self.language = language
        direction = textDirection(language: language)
        texts = screenTexts(language: language)
    }

    /// The word with this id, or with `id.attribute`. A word that there is not is its id: seen, and no crash.
    public subscript(id: String) -> String { texts[id] ?? id }

    /// The word with its arguments, in any form that prints. One in digits counts as a number: it takes the plural form of
    /// the language.
    public func format(
        _ id: String, _ arguments: KeyValuePairs<String, any CustomStringConvertible & Sendable>
    ) -> String {
        var given: [String: String] = [:]
        for (name, value) in arguments { given[name] = value.description }
        return screenText(id: id, arguments: given, language: language) ?? id
    }

    /// A moment `at` for somebody who reads it `now`, both Unix seconds; now is that of ``HealthCode/now()``.
    public func moment(_ at: Int64, now: Int64, style: MomentStyle = .dayAndTime) -> String {
        momentText(at: at, now: now, style: style, language: language)
    }

    /// A day `YYYY-MM-DD` with its year.
    public func date(_ date: String) -> String { dateText(date: date, language: language) }

    public static func == (left: Self, right: Self) -> Bool { left.language == right.language }
}
