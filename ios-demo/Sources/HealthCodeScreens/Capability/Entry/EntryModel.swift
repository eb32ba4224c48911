import HealthCodeKit
import Observation

/// Says how far the entry is, in the core's words.
@MainActor
@Observable
public final class EntryModel {
    public private(set) var state = EntryState(name: .notAVisitor)
    private let session: Session
    private var step = EntryStep.none

    public init(_ session: Session) { self.session = session }

    public func load() async {
        guard let view = try? await session.health.entry() else { return }
        show(view)
    }

    public func act(_ action: EntryAction) async {
        switch action {
        case .step: await takeStep()
        case .regions: session.open(.regions)
        case .back: session.back()
        }
    }

    private func takeStep() async {
        switch step {
        case .declareEntry: session.open(.form(.entry))
        case .checkIn: session.open(.form(.healthDeclaration))
        case .connect:
            state.isSyncing = true
            await session.sync()
            await load()
        case .none: break
        }
    }

    private func show(_ view: EntryView) {
        let words = session.words
        func day(_ day: String) -> String { dateText(date: day, language: words.language) }
        let names: [EntryStage: EntryState.Name] = [
            .notAVisitor: .notAVisitor, .toDeclare: .toDeclare, .waiting: .waiting, .refused: .refused,
            .running: .running, .done: .done,
        ]
        step = view.nextStep
        var next = EntryState(name: names[view.stage] ?? .notAVisitor)
        (next.title, next.spoken, next.next) = (view.title, view.spoken, view.nextStepText)
        (next.mark, next.colour) = (view.shown.map { Mark($0.tone) }, view.shown?.word)
        next.meaning = next.mark.flatMap { words.meaning(of: $0) }
        next.enteredOn = view.enteredOn.map(day)
        if let done = view.declarationsDone, let all = view.declarationsRequired {
            next.declarations = words.format("common-count-of", ["done": done, "total": all])
        }
        next.earliestGreen = view.earliestGreen.map(day)
        if view.stage == .refused {
            let refused = session.home.uploadsRefused.last { $0.kind == "declaration" }
            next.refusal = refused.map { $0.fieldText ?? $0.text }
        }
        state = next
    }
}
