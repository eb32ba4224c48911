import HealthCodeKit
import Observation

/// Says why, in the core's words.
@MainActor
@Observable
public final class WhyModel {
    private let session: Session

    public init(_ session: Session) { self.session = session }

    public func act(_ action: WhyAction) {
        switch action {
        case .appeal: session.open(.appeal(.any))
        case .history: session.open(.history)
        case .results: session.open(.results)
        case .close: session.back()
        }
    }

    /// Nil while there is no colour.
    public var state: WhyState? {
        guard let colour = session.home.colour else { return nil }
        let words = session.words
        var state = WhyState(
            name: .green, mark: Mark(colour.shown.tone), title: colour.shown.title,
            reason: colour.why, instruction: colour.instruction)
        if colour.shown.tone == .orange {
            state.name = .orange
        } else if colour.checkIns != nil {
            state.name = .checkIns
        } else if colour.colour != .green {
            state.name = .officer
        }
        switch colour.recomputation {
        case .same: state.comparison = words["why-matches"]
        case .differs:
            state.name = .differs
            state.comparison = words["why-differs-text"]
        case .notByThisVersion, .notYet: state.comparison = words["why-unchecked"]
        }
        state.checkIns = colour.checkIns?.text
        state.resets = colour.checkIns?.resetText
        state.days = colour.checkIns?.days.map(day) ?? []
        state.since = session.moment(colour.since)
        state.steps = colour.wayToGreen.steps
        state.earliestGreen = colour.wayToGreen.earliestText
        state.rule = colour.ruleText
        state.hasReports = !colour.reports.isEmpty
        state.citizenId = colour.citizenId
        state.ruleName = words.format(
            "why-rule-name", ["id": colour.ruleSetId, "version": colour.ruleSetVersion])
        return state
    }

    private func day(_ day: CheckInDay) -> WhyState.Day {
        let words = session.words
        let kind: WhyState.Day.Kind
        let spoken: String
        switch day.state {
        case .done: (kind, spoken) = (.done, words.format("why-check-in-done", ["date": day.label]))
        case .missed: (kind, spoken) = (.missed, words.format("why-check-in-missed", ["date": day.label]))
        case .unknown: (kind, spoken) = (.unknown, words.format("why-check-in-unknown", ["date": day.label]))
        case .today: (kind, spoken) = (.today, words.format("why-check-in-today", ["date": day.label]))
        case .coming: (kind, spoken) = (.coming, words.format("why-check-in-coming", ["date": day.label]))
        }
        return .init(id: day.date, kind: kind, label: day.label, spoken: spoken)
    }
}
