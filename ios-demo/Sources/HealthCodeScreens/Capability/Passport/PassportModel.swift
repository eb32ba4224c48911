import Foundation
import HealthCodeKit
import Observation

/// Has the core read a document's lines, and fills in the registration with them.
///
/// Invariant: lines with a fault fill in nothing; what was read is kept only as the form's draft.
@MainActor
@Observable
public final class PassportModel {
    public private(set) var state = PassportState(name: .empty)
    /// The lines, as they are typed or read by the camera.
    public var lines = ""
    private let session: Session
    private let acts = OneAct()

    public init(_ session: Session) { self.session = session }

    public func act(_ action: PassportAction) async {
        if action == .back { return session.back() }
        await acts.begin { await take(action) }
    }

    private func take(_ action: PassportAction) async {
        do {
            switch action {
            case .read: show(try await session.health.readMrz(lines))
            case .fillIn:
                let answers = try await session.health.prefillFromMrz(lines)
                try await session.health.saveDraft(.registration, answers: answers)
                lines = ""
                session.back()
                session.open(.form(.registration))
            case .again:
                lines = ""
                state = PassportState(name: .empty)
            case .back: break
            }
        } catch {
            state.problem = session.text(of: error)
        }
    }

    private func show(_ view: MrzView) {
        let names: [MrzLevel: PassportState.Name] = [
            .sound: .sound, .expired: .expired, .check: .check, .unread: .unread,
        ]
        var next = PassportState(name: names[view.level] ?? .unread)
        (next.title, next.spoken, next.next) = (view.title, view.spoken, view.nextStep)
        next.facts = view.zone.map(facts) ?? []
        next.faults = view.faults.enumerated().map { .init(id: "\($0)", text: $1.text, place: $1.place) }
        next.corrections = view.corrections
        state = next
    }

    private func facts(_ zone: Mrz) -> [PassportState.Fact] {
        let words = session.words
        func day(_ day: String?) -> String? { day.map { dateText(date: $0, language: words.language) } }
        let all: [(String, String?)] = [
            (words["passport-name"], [zone.givenNames, zone.surname].filter { !$0.isEmpty }.joined(separator: " ")),
            (words["passport-number"], zone.documentNumber), (words["passport-nationality"], zone.nationality),
            (words["passport-born"], day(zone.bornOn)), (words["passport-expires"], day(zone.expiresOn)),
        ]
        return all.compactMap { label, value in
            value.flatMap { $0.isEmpty ? nil : .init(id: label, value: $0) }
        }
    }
}
