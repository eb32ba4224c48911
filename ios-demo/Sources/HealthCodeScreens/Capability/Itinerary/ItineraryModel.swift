import HealthCodeKit
import Observation

/// Takes journeys down and hands them to the core, which judges them.
///
/// Invariant: what is typed stays with the session until it was handed over, whatever screen is shown meanwhile.
@MainActor
@Observable
public final class ItineraryModel {
    /// What is being typed.
    public var legs: [LegInput] {
        get { session.legs }
        set { session.legs = newValue }
    }
    private let session: Session
    private let acts = OneAct()
    private var problem: String?
    private var isQueued = false

    public init(_ session: Session) { self.session = session }

    public func act(_ action: ItineraryAction) async {
        switch action {
        case .add:
            legs.append(LegInput(id: (legs.map(\.id).max() ?? -1) + 1))
            isQueued = false
        case .remove(let id): legs.removeAll { $0.id == id }
        case .send:
            var isSubmitted = false
            await acts.begin { isSubmitted = await submit() }
            if isSubmitted { await session.sync(.afterSubmit) }
        case .close: session.back()
        }
    }

    public var state: ItineraryState {
        if let problem { return ItineraryState(name: .problem, problem: problem) }
        if isQueued { return ItineraryState(name: .queued) }
        return ItineraryState(name: legs.isEmpty ? .empty : .leg)
    }

    private func submit() async -> Bool {
        do {
            try await session.health.submitItinerary(legs: legs.map(Self.leg))
            (problem, isQueued, legs) = (nil, true, [])
            return true
        } catch {
            problem = session.text(of: error)
            return false
        }
    }

    private nonisolated static func leg(_ typed: LegInput) -> ItineraryLeg {
        ItineraryLeg(
            division: UInt32(typed.division) ?? 0, from: date(typed.from), until: date(typed.until),
            transport: typed.transport, number: typed.number)
    }

    private nonisolated static func date(_ parts: FormInput.DateParts) -> String {
        [parts.year, parts.month, parts.day].joined(separator: "-")
    }
}
