import Foundation
import HealthCodeKit
import Observation

/// Shows what laboratories reported, as it stands at each moment, and writes a proof of it to hand on.
///
/// Invariant: to be shown is to be read, and what was new stays marked as new until the screen is left. A proof that was written
/// lies in the folder for temporary files and is gone with ``clear()``.
@MainActor
@Observable
public final class ResultsModel {
    private let session: Session
    /// Of the one that is shown; nil: the list.
    private let id: String?
    private let file: TemporaryFile
    private var view: ResultsView?
    /// Those that were not read before this screen was there.
    private var new: Set<String> = []
    private var fileURL: URL?
    private var problem: String?

    public init(_ session: Session, of id: String? = nil, folder: URL = FileManager.default.temporaryDirectory) {
        self.session = session
        self.id = id
        file = TemporaryFile(in: folder)
    }

    /// Reads them; again whenever home, or the language, has changed.
    public func load() async {
        await attempt {
            let view = try await session.health.results()
            self.view = view
            let unread = (view.current + view.history).filter { $0.isNew && (id == nil || $0.id == id) }.map(\.id)
            guard !unread.isEmpty else { return }
            new.formUnion(unread)
            try await session.health.markResultsRead(ids: unread)
            await session.refresh()
        }
    }

    /// Reads them again at each moment at which the core says that they read otherwise, until the task is cancelled.
    public func followTime() async {
        let soonest: Int64 = 1_000
        // Looked at again before long: clocks are set, and phones sleep.
        let latest: Int64 = 30_000
        while true {
            var left = latest
            if let next = view?.nextChangeAt, let now = try? await session.health.now() {
                left = next * 1_000 - now.atMs
                if left <= 0 { await load() }
            }
            guard (try? await Task.sleep(for: .milliseconds(min(max(left, soonest), latest)))) != nil else { return }
        }
    }

    public func act(_ action: ResultsAction) async {
        problem = nil
        switch action {
        case .open(let id): session.open(.resultOf(id))
        case .step: await step()
        case .saveProof: await attempt { try await saveProof() }
        case .certificates: session.open(.dcc)
        case .back: session.back()
        }
    }

    /// Deletes the proof that was written: whoever got it has it.
    public func clear() {
        file.clear()
        fileURL = nil
    }

    private var result: ResultView? {
        guard let id, let view else { return nil }
        return (view.current + view.history).first { $0.id == id }
    }

    private func step() async {
        switch result.flatMap({ Self.step($0.nextStep) }) {
        case .connect:
            await session.sync()
            await load()
        case .clinics: session.open(.clinics)
        case .colour: session.open(.why)
        case .call, .update, nil: break
        }
    }

    private func saveProof() async throws {
        guard let result else { return }
        let proof = try await session.health.resultProof(id: result.id)
        if !file.write(proof, as: "health-code-result.cose") { problem = session.words["common-not-saved"] }
        fileURL = file.url
    }

    private func attempt(_ work: () async throws -> Void) async {
        do {
            try await work()
        } catch {
            problem = session.text(of: error)
        }
    }

    /// As the core last told it; an empty list until it has, which takes milliseconds.
    public var state: ResultsState {
        var state = ResultsState(name: .empty)
        (state.problem, state.file, state.isSyncing) = (problem, fileURL, session.isSyncing)
        guard let view else { return state }
        (state.text, state.unverified, state.clock) = (view.text, view.unverifiedText, view.clockText)
        if let result {
            state.one = shown(result)
            state.name = Self.name(result)
            return state
        }
        (state.current, state.past) = (view.current.map(shown), view.history.map(shown))
        let isEmpty = state.current.isEmpty && state.past.isEmpty
        state.name = !new.isEmpty ? .new : isEmpty ? .empty : .list
        return state
    }

    private func shown(_ result: ResultView) -> ResultsState.Shown {
        func said(_ text: String) -> String? { text.isEmpty ? nil : text }
        let name = Self.name(result)
        return .init(
            id: result.id, name: name, sign: StatusSign(result.level), title: result.title,
            outcome: result.outcomeText,
            // What was withdrawn says so itself.
            standing: name == .past ? session.words["results-over"] : result.countdown,
            sampled: said(result.sampledText), reported: said(result.reportedText), place: said(result.place),
            product: said(result.product), fact: result.factText, earlier: result.earlier.map(\.text),
            spoken: result.spoken, nextText: said(result.nextStepText), step: Self.step(result.nextStep),
            new: new.contains(result.id) ? session.words["results-new"] : nil)
    }

    private static func step(_ step: ResultStep) -> ResultsState.Step? {
        switch step {
        case .none: nil
        case .connect: .connect
        case .testAgain: .clinics
        case .seeColour: .colour
        case .call: .call
        case .update: .update
        }
    }

    private static func name(_ result: ResultView) -> ResultsState.Name {
        switch result.level {
        case .good: .counts
        case .waiting: .awaited
        case .attention: .attention
        case .unclear: result.nextStep == .update ? .unknown : .unclear
        case .past: result.isWithdrawn ? .withdrawn : .past
        }
    }
}

extension StatusSign {
    init(_ level: ResultLevel) {
        switch level {
        case .good: self = .done
        case .waiting: self = .waiting
        case .attention: self = .attention
        case .unclear: self = .unclear
        case .past: self = .past
        }
    }
}
