import Foundation
import HealthCodeKit
import Observation

/// Follows the rotating codes of everybody on this phone and draws what the core gives.
///
/// Invariant: a code is in a state only while ``run()`` runs, and until the next one is due: nothing is made unseen. Who looks
/// after nobody sees nothing of tabs.
@MainActor
@Observable
public final class CodeModel {
    /// The codes side by side, the owner's first: one where nobody else is here.
    public private(set) var pages: [CodeState]
    /// Whose is shown: the owner's id, or a dependant's.
    public private(set) var shown: String
    private let session: Session
    private static let stepSeconds = 5
    /// Where nothing rotates, home's changes bring the next code.
    private static let idle = Duration.seconds(3_600)

    /// Opens at the owner's code, or at a dependant's.
    public init(_ session: Session, of id: String = HealthCode.owner) {
        self.session = session
        shown = id
        pages = [Self.without(session)]
    }

    /// The shown one.
    public var state: CodeState { pages.first { $0.id == shown } ?? pages[0] }

    /// The codes as they are now, and no more.
    public func load() async {
        await session.refresh()
        _ = await read()
    }

    /// Shows each code as long as it is to be shown, until the task is cancelled.
    public func run() async {
        await session.refresh()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.follow() }
            group.addTask { await self.step() }
        }
        pages = [Self.without(session)]
    }

    public func act(_ action: CodeAction) async {
        switch action {
        case .show(let id): if pages.contains(where: { $0.id == id }) { shown = id }
        case .why: session.open(.why)
        case .person(let id): session.open(.familyOf(id))
        case .close: session.back()
        case .sync:
            await session.sync()
            await load()
        }
    }

    /// Reads them again when one is due, and when home has changed: a new credential, somebody else in care.
    private func follow() async {
        while !Task.isCancelled {
            let due = await read()
            let homes = session.health.homes
            await withTaskGroup(of: Void.self) { group in
                group.addTask { try? await Task.sleep(for: due) }
                group.addTask { for await _ in homes.dropFirst() { return } }
                await group.next()
                group.cancelAll()
            }
        }
    }

    private func step() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: .seconds(Self.stepSeconds))
            for index in pages.indices where pages[index].stepsLeft > 1 { pages[index].stepsLeft -= 1 }
        }
    }

    /// Draws the codes of now; how long until the next one is due.
    private func read() async -> Duration {
        let health = session.health
        let cared = ((try? await health.dependants().dependants) ?? []).filter { $0.state == .inCare }
        let codes = (try? await health.groupCodes(ids: [HealthCode.owner] + cared.map(\.id))) ?? []
        let tabs = codes.count > 1 ? codes.map { CodeState.Tab(id: $0.id, name: $0.name) } : []
        pages = codes.isEmpty ? [Self.without(session)] : codes.map { page($0, tabs) }
        let due = codes.compactMap { $0.code?.remainingMs }.min()
        return due.map { .milliseconds(max(1, Int($0))) } ?? Self.idle
    }

    private func page(_ one: GroupCode, _ tabs: [CodeState.Tab]) -> CodeState {
        let words = session.words
        guard let code = one.code, !code.isExpired, let picture = try? code.png() else {
            return missing(one, tabs)
        }
        let painted = code.colour.words(scheme: code.scheme, language: words.language)
        let name = tabs.isEmpty ? code.maskedName : one.name
        let synced = session.home.syncedAtMs.map {
            words.format("code-as-of", ["time": session.moment($0 / 1_000)])
        }
        let asOf = [code.acceptedUntilText, synced].compactMap { $0 }.joined(separator: "\n")
        let seconds = Int(code.rotationSecs)
        return CodeState(
            name: tabs.isEmpty ? CodeState.Name(painted.tone) : .several, id: one.id, mark: Mark(painted.tone),
            title: painted.word, meaning: words.meaning(of: Mark(painted.tone)),
            person: tabs.isEmpty ? name : one.title, asOf: asOf.isEmpty ? nil : asOf,
            shownBefore: code.shownBeforeText, picture: picture,
            pictureLabel: words.format("code-image", ["name": name, "colour": painted.word]),
            stepsLeft: (Int(code.remainingMs) / 1_000 + Self.stepSeconds - 1) / Self.stepSeconds,
            steps: (seconds + Self.stepSeconds - 1) / Self.stepSeconds,
            raisesBrightness: session.preferences.raisesBrightness, tabs: tabs)
    }

    private func missing(_ one: GroupCode, _ tabs: [CodeState.Tab]) -> CodeState {
        var state = Self.without(session)
        guard !tabs.isEmpty else { return state }
        (state.name, state.id, state.person, state.tabs) = (.severalMissing, one.id, one.title, tabs)
        // An ended one is no missing one: the core has no words for it here.
        if one.code != nil {
            (state.title, state.text) = (session.words["code-expired-title"], session.words["code-expired-text"])
        } else {
            (state.title, state.text) = (session.words["code-none-title"], one.missingText)
        }
        return state
    }

    private static func without(_ session: Session) -> CodeState {
        let words = session.words
        let isExpired = session.home.stage == .decided
        return CodeState(
            name: isExpired ? .expired : .none, mark: .unknown,
            title: isExpired ? words["code-expired-title"] : words["code-none-title"],
            text: isExpired ? words["code-expired-text"] : words["code-none-text"], raisesBrightness: false)
    }
}

extension CodeState.Name {
    init(_ tone: ColourTone) {
        switch tone {
        case .green: self = .green
        case .yellow: self = .yellow
        case .orange: self = .orange
        case .red: self = .red
        }
    }
}
