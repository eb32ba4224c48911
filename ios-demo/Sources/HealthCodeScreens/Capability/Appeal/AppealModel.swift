import Foundation
import HealthCodeKit
import Observation

/// Which appeal a screen is about.
public enum AppealPlace: Hashable, Sendable {
    /// The one there is, the list of several, or a new one where there is none.
    case any
    /// A new one.
    case new
    /// By its id.
    case one(String)
}

/// Takes an appeal down, keeps it as a draft at each change, and follows what was sent.
///
/// Invariant: it is called received only after the authority's signature; what was typed is on disk before it is sent, and no
/// late draft is written after that.
@MainActor
@Observable
public final class AppealModel {
    /// What is being written.
    public var statement = "" { didSet { if statement != oldValue { keep() } } }
    private let session: Session
    private var place: AppealPlace
    private var page = Page.plain
    private var draft: AppealDraftView?
    private var view: AppealsView?
    private var failure: (any Error)?
    private var isUnfit = false
    private var keeping: Task<Void, Never>?
    /// What the core's draft has.
    private var kept = ""
    private let acts = OneAct()
    private var isAdding = false
    /// The one that an answer is being written to.
    private var answering: String?

    private enum Page { case plain, check, withdraw }

    public init(_ session: Session, _ place: AppealPlace = .any) {
        self.session = session
        self.place = place
    }

    /// Reads what there is; again whenever home has changed.
    public func load() async {
        await saying {
            let isFirst = draft == nil
            try await read()
            if isFirst, let before = draft?.statement, statement.isEmpty { (kept, statement) = (before, before) }
            // To be shown is to be read.
            if let one = shown, one.isNew {
                try await session.health.markAppealRead(id: one.id)
                await session.refresh()
            }
        }
    }

    public func act(_ action: AppealAction) async {
        switch action {
        case .check: await once(check)
        case .edit, .keep: page = .plain
        case .send: await once(send)
        case .remove(let id):
            await once {
                await saying {
                    try await session.health.removeAppealEvidence(sha256: id)
                    try await read()
                }
            }
        case .show(let id): session.open(.appeal(.one(id)))
        case .another: session.open(.appeal(.new))
        case .answer: answering = shown?.id
        case .next: await next()
        case .askWithdraw: page = .withdraw
        case .withdraw: await once(withdraw)
        case .dismiss: await once(dismiss)
        case .close: close()
        }
    }

    private func next() async {
        switch shown?.nextStep {
        case .connect:
            await session.sync()
            await load()
        case .answer: answering = shown?.id
        case .appealAgain: session.open(.appeal(.new))
        case .seeColour: session.open(.why)
        case .wait, .call, nil: break
        }
    }

    /// Bytes of the largest piece of evidence: pictures are scaled down to it.
    public var mostBytes: Int { Int(draft?.maxEvidenceBytes ?? 0) }

    /// How many more pieces may be added.
    public var room: Int { draft.map { max(0, Int($0.maxEvidence) - $0.evidence.count) } ?? 0 }

    /// Adds what was picked, one after the other; the first that is refused says why.
    public func add(_ picked: [Data]) async {
        await once {
            isAdding = true
            defer { isAdding = false }
            var refused: (any Error)?
            for bytes in picked {
                do {
                    _ = try await session.health.addAppealEvidence(bytes)
                } catch {
                    refused = refused ?? error
                }
            }
            await saying { try await read() }
            failure = failure ?? refused
        }
    }

    private func read() async throws {
        draft = try await session.health.appealDraft()
        let view = try await session.health.appeals()
        self.view = view
        // Withdrawn before it was sent, it is gone.
        if case .one(let id) = place, !view.appeals.contains(where: { $0.id == id }) { place = .any }
    }

    /// A second tap does nothing while the first is at work.
    private func once(_ work: () async -> Void) async {
        await acts.begin {
            (failure, isUnfit) = (nil, false)
            await work()
        }
    }

    /// Keeps what is typed, each after the one before; only the last of several is written.
    private func keep() {
        let (before, text) = (keeping, statement)
        keeping = Task {
            await before?.value
            guard text == statement, text != kept else { return }
            await saying {
                try await session.health.saveAppealStatement(text)
                kept = text
            }
        }
    }

    private func check() async {
        await keeping?.value
        guard failure == nil else { return }
        await saying {
            try await read()
            isUnfit = (answering == nil ? draft?.canSubmit : draft?.canAnswer) == false
            page = isUnfit ? .plain : .check
        }
    }

    private func send() async {
        await keeping?.value
        var sent: String?
        await saying {
            if let answering {
                try await session.health.answerAppeal(id: answering, statement: statement)
                sent = answering
            } else {
                sent = try await session.health.submitAppeal(statement: statement)
            }
        }
        page = .plain
        guard let sent else { return }
        // The draft went with the appeal.
        (kept, statement) = ("", "")
        answering = nil
        place = .one(sent)
        await saying { try await read() }
        await session.sync(.afterSubmit)
        await load()
    }

    private func withdraw() async {
        guard let one = shown else { return }
        await saying { try await session.health.withdrawAppeal(id: one.id) }
        page = .plain
        if failure == nil { await session.sync(.afterSubmit) }
        await load()
    }

    private func dismiss() async {
        guard let one = shown else { return }
        await saying { try await session.health.dismissAppeal(id: one.id) }
        guard failure == nil else { return }
        await session.refresh()
        session.back()
    }

    /// One step back: to writing, to the appeal that is answered, off the screen.
    private func close() {
        if page != .plain {
            page = .plain
        } else if answering != nil {
            answering = nil
        } else {
            session.back()
        }
    }

    private func saying(_ work: () async throws -> Void) async {
        do {
            try await work()
        } catch {
            failure = error
        }
    }

    /// The one that the screen is about, where it is about one.
    private var shown: AppealView? {
        guard answering == nil else { return nil }
        let appeals = view?.appeals ?? []
        switch place {
        case .any: return appeals.count == 1 ? appeals.first : nil
        case .new: return nil
        case .one(let id): return appeals.first { $0.id == id }
        }
    }

    private var problem: String? {
        if case HealthCodeError.FormRefused(_, let fields)? = failure, let first = fields.first {
            return textOfCode(code: first.code, language: session.words.language) ?? first.text
        }
        if let failure { return session.text(of: failure) }
        return isUnfit ? (answering == nil ? draft?.problem : draft?.answerProblem) : nil
    }

    /// As the core last told it; nothing but a title until it has, which takes milliseconds.
    public var state: AppealState {
        var state = AppealState(name: .write)
        let words = session.words
        if let colour = session.home.colour {
            (state.mark, state.colour, state.concerns) = (Mark(colour.shown.tone), colour.title, colour.why)
            state.receipt = words.format("appeal-colour-receipt", ["hash": String(colour.receiptSha256.prefix(16))])
        }
        (state.problem, state.isSyncing) = (problem, session.isSyncing)
        if let shown {
            state.one = filed(shown)
            state.name = page == .withdraw && shown.canWithdraw ? .withdraw : name(shown)
        } else if let answering {
            state.answers = view?.appeals.first { $0.id == answering }?.askedText ?? ""
            state.name = problem != nil ? .problem : page == .check ? .check : .write
            state.draft = written
        } else if place != .new, let view, !view.appeals.isEmpty {
            (state.name, state.lead) = (.list, view.text)
            state.list = view.appeals.map(line)
        } else if state.colour == nil {
            state.name = .nothing
        } else {
            state.name = problem != nil ? .problem : page == .check ? .check : .write
            state.draft = written
        }
        return state
    }

    private var written: AppealState.Draft {
        var written = AppealState.Draft()
        written.statement = statement
        guard let draft else { return written }
        written.evidence = draft.evidence.map(evidence)
        written.limits = draft.limitsText
        written.length = session.words.format(
            "appeal-length", ["count": statement.unicodeScalars.count, "max": Int(draft.maxStatementChars)])
        written.canAdd = room > 0
        written.isAdding = isAdding
        return written
    }

    private func evidence(_ piece: EvidenceView) -> AppealState.Evidence { .init(id: piece.sha256, text: piece.text) }

    private func line(_ appeal: AppealView) -> AppealState.Line {
        let words = session.words
        let deadline = appeal.deadlineText.map { words.format("appeal-deadline-short", ["time": $0]) }
        return .init(
            id: appeal.id, sign: StatusSign(appeal.level),
            title: appeal.isNew ? words.format("appeal-new-decision", ["title": appeal.title]) : appeal.title,
            detail: deadline ?? (appeal.statement.isEmpty ? nil : appeal.statement))
    }

    private func filed(_ appeal: AppealView) -> AppealState.Filed {
        let step: AppealState.Step =
            switch appeal.nextStep {
            case .connect: .connect
            case .wait: .wait
            case .answer: .answer
            case .call: .call
            case .appealAgain: .again
            case .seeColour: .seeColour
            }
        let isSending = [.sending, .answering].contains(appeal.status) && appeal.pieces > 0
        var filed = AppealState.Filed(
            id: appeal.id, sign: StatusSign(appeal.level), title: appeal.title, text: appeal.text,
            spoken: appeal.spoken, nextStep: appeal.nextStepText, step: step,
            sent: isSending ? Int(appeal.piecesSent) : nil, pieces: Int(appeal.pieces),
            progress: isSending
                ? session.words.format(
                    "common-count-of", ["done": Int(appeal.piecesSent), "total": Int(appeal.pieces)]) : nil,
            received: appeal.receivedAt.map { session.moment($0) }, deadline: appeal.deadlineText,
            decided: appeal.decidedAt.map { session.moment($0) }, reason: appeal.reasonText,
            officersText: appeal.decisionText, statement: appeal.statement,
            evidence: appeal.evidence.map(evidence), canWithdraw: appeal.canWithdraw, canDismiss: appeal.canDismiss)
        let refused = appeal.answerProblem.map { session.words.format("appeal-answer-refused", ["reason": $0]) }
        (filed.asked, filed.answerBy) = (refused ?? appeal.askedText, appeal.answerByText)
        filed.canAnswer = appeal.canAnswer
        if appeal.events.count > 1 { filed.events = appeal.events.map(event) }
        return filed
    }

    private func event(_ event: AppealEventView) -> AppealState.Event {
        var told = [event.atText]
        if let text = event.text { told.append(text) }
        if !event.statement.isEmpty { told.append(event.statement) }
        told += event.evidence.map(\.text)
        return .init(title: event.title, detail: told.joined(separator: "\n"))
    }

    private func name(_ appeal: AppealView) -> AppealState.Name {
        switch appeal.status {
        case .queued: .queued
        case .sending: .sending
        case .refused: .refused
        case .received: .received
        case .asked: .asked
        case .answering: .answering
        case .overdue: .overdue
        case .withdrawing: .withdrawing
        case .withdrawn: .withdrawn
        case .decided: appeal.outcome == .rejected ? .rejected : .decided
        }
    }
}

extension StatusSign {
    init(_ level: AppealLevel) {
        switch level {
        case .waiting: self = .waiting
        case .attention: self = .attention
        case .done: self = .done
        }
    }
}
