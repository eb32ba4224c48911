import HealthCodeKit

extension WhyState {
    /// Each of its states, for previews.
    public static func all(_ words: ScreenWords) -> [WhyState] {
        func because(
            _ name: Name, _ colour: Colour, _ reason: Reason, _ scheme: Scheme = .domestic
        ) -> WhyState {
            let painted = colour.words(scheme: scheme, language: words.language)
            var state = WhyState(
                name: name, mark: Mark(painted.tone), title: painted.title,
                reason: reason.text(language: words.language),
                instruction: reason.instruction(language: words.language))
            state.comparison = words["why-matches"]
            return state
        }
        var counted = because(.checkIns, .yellow, .closeContact)
        counted.steps = [Reason.checkInsRunning.instruction(language: words.language)]
        counted.checkIns = words.format("common-count-of", ["done": 3, "total": 7])
        counted.days = (1...7).map { day in
            let kind: Day.Kind = day < 3 ? .done : day == 3 ? .missed : day == 4 ? .today : .coming
            return Day(id: "\(day)", kind: kind, label: "\(day)", spoken: "\(day)")
        }
        var differs = because(.differs, .red, .confirmed)
        differs.comparison = words["why-differs-text"]
        differs.hasReports = true
        let orange = because(.orange, .red, .arrivedFromAbroad, .international)
        return [because(.green, .green, .clear), counted, because(.officer, .red, .confirmed), differs, orange]
    }
}
