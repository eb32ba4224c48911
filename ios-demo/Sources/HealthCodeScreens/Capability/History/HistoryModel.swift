import HealthCodeKit
import Observation

/// Lists the changes that the authority entered, each with whether it holds, and what was noticed.
///
/// Invariant: an alarm stays loud until it was read by somebody to whom it was shown; nothing that does not hold is left out.
@MainActor
@Observable
public final class HistoryModel {
    private let session: Session
    private var view: ChangesView?
    private var failure: (any Error)?

    public init(_ session: Session) { self.session = session }

    public func load() async {
        do {
            view = try await session.health.changes()
            failure = nil
        } catch {
            failure = error
        }
    }

    public func act(_ action: HistoryAction) async {
        switch action {
        case .readAlarms: await readAlarms()
        case .appeal: session.open(.appeal(.any))
        case .sync:
            await session.sync()
            await load()
        case .close: session.back()
        }
    }

    private func readAlarms() async {
        do {
            // Those that were shown: one that came meanwhile stays loud.
            try await session.health.markChainAlarmsRead(ids: state.unread.map(\.id))
            await session.refresh()
            await load()
        } catch {
            failure = error
        }
    }

    /// Nothing but a title until the first answer, which takes milliseconds.
    public var state: HistoryState {
        let words = session.words
        guard let view, failure == nil else {
            var state = HistoryState(name: .empty)
            state.problem = failure.map { session.text(of: $0) }
            return state
        }
        var state = HistoryState(name: name(view))
        state.lead = state.name == .empty ? words["history-empty"] : view.text
        state.changes = view.changes.enumerated().map { place, change in
            self.change(change, before: view.changes.dropFirst(place + 1).first)
        }
        state.alarms = view.alarms.map { alarm in
            .init(
                id: alarm.id, text: alarm.text, nextStep: alarm.nextStep,
                noticed: words.format("history-alarm-noticed", ["time": alarm.noticedAtText]), isRead: alarm.isRead)
        }
        state.canAppeal = session.home.colour != nil
        return state
    }

    private func name(_ view: ChangesView) -> HistoryState.Name {
        if view.alarms.contains(where: { !$0.isRead }) { return .alarm }
        if !view.alarms.isEmpty { return .alarmsRead }
        if view.state == .incomplete { return .incomplete }
        if view.changes.isEmpty, session.home.colour == nil { return .empty }
        if view.state == .notByAuthority { return .notKept }
        return view.changes.isEmpty ? .empty : .changes
    }

    /// `before` is the entry below it in the list: the one before it, where both are in the chain.
    private func change(_ change: ChangeView, before: ChangeView?) -> HistoryState.Change {
        let words = session.words
        let known = before.flatMap { $0.seal == .lost || change.seal == .lost ? nil : $0 }
        let from = known?.shown
        let isBroken = change.seal == .alarmed || change.seal == .lost
        return .init(
            id: change.sha256, from: from == change.shown ? nil : from.map { Mark($0.tone) },
            mark: change.shown.map { Mark($0.tone) }, title: title(change, known), reason: change.texts.text,
            changedAt: words.format("history-changed-at", ["time": change.atText]),
            decidedBy: change.byText.isEmpty ? nil : change.byText, seal: change.sealText, isBroken: isBroken,
            faults: change.faults,
            entry: isBroken
                ? words.format("history-entry", ["number": Int(change.number), "hash": change.sha256]) : nil,
            keys: change.officers.map(\.fingerprint) + [change.sha256])
    }

    private func title(_ change: ChangeView, _ before: ChangeView?) -> String {
        let words = session.words
        guard let shown = change.shown else { return words["history-unread"] }
        let to = shown.word
        guard let from = before?.shown else {
            return change.number == 1 ? words.format("history-first", ["to": to]) : to
        }
        if from != shown { return words.format("history-change", ["from": from.word, "to": to]) }
        return before?.texts.id == change.texts.id ? to : words.format("history-same", ["to": to])
    }
}
