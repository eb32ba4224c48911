import HealthCodeKit

extension ScreenWords {
    /// Whether a date is written year, month, day in this language; else day, month, year.
    public var startsWithYear: Bool { ["zh", "ko", "ja"].contains { language.hasPrefix($0) } }
}
