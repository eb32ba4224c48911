import HealthCodeKit
import Observation

/// Follows the rotating code and draws what the core gives.
///
/// Invariant: a code is in the state only while ``run()`` runs: nothing is made unseen.
@MainActor
@Observable
public final class CodeModel {
    public private(set) var state: CodeState
    private let session: Session
    private static let stepSeconds = 5

    public init(_ session: Session) {
        self.session = session
        state = Self.without(session)
    }

    /// The code as it is now, and no more.
    public func load() async {
        await session.refresh()
        state = Self.without(session)
        if let code = try? await session.health.currentCode() { show(code) }
    }

    /// Shows each code as long as it is to be shown, until the task is cancelled.
    public func run() async {
        await session.refresh()
        state = Self.without(session)
        let codes = session.health.codes
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await code in codes { await self.show(code) } }
            group.addTask { await self.step() }
        }
        state = Self.without(session)
    }

    public func act(_ action: CodeAction) async {
        switch action {
        case .why: session.open(.why)
        case .close: session.back()
        case .sync:
            await session.sync()
            await load()
        }
    }

    private func step() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: .seconds(Self.stepSeconds))
            if state.stepsLeft > 1 { state.stepsLeft -= 1 }
        }
    }

    private func show(_ code: CodeView) {
        guard !code.isExpired, let picture = try? code.png() else {
            state = Self.without(session)
            return
        }
        let words = session.words
        let shown = code.colour.words(scheme: code.scheme, language: words.language)
        let synced = session.home.syncedAtMs.map {
            words.format("code-as-of", ["time": session.moment($0 / 1_000)])
        }
        let asOf = [code.acceptedUntilText, synced].compactMap { $0 }.joined(separator: "\n")
        let seconds = Int(code.rotationSecs)
        state = CodeState(
            name: CodeState.Name(shown.tone), mark: Mark(shown.tone), title: shown.title, person: code.maskedName,
            asOf: asOf.isEmpty ? nil : asOf,
            picture: picture, pictureLabel: words.format("code-image", ["name": code.maskedName, "colour": shown.title]),
            stepsLeft: (Int(code.remainingMs) / 1_000 + Self.stepSeconds - 1) / Self.stepSeconds,
            steps: (seconds + Self.stepSeconds - 1) / Self.stepSeconds,
            raisesBrightness: session.preferences.raisesBrightness)
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
