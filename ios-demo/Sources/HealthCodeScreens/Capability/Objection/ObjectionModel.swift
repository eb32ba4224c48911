import HealthCodeKit
import Observation

/// Takes an objection down and follows it.
///
/// Invariant: it is called sent only after the authority's signed answer; until then it is saved here.
@MainActor
@Observable
public final class ObjectionModel {
    /// What is being written.
    public var statement = ""
    private let session: Session
    private var problem: (any Error)?
    private var queued: String?
    private var isWritingAnother = false

    public init(_ session: Session) { self.session = session }

    public func act(_ action: ObjectionAction) async {
        switch action {
        case .send: await send()
        case .another: isWritingAnother = true
        case .close: session.back()
        }
    }

    private func send() async {
        do {
            queued = try await session.health.submitCorrection(statement: statement)
            (statement, problem, isWritingAnother) = ("", nil, false)
            await session.sync(.afterSubmit)
        } catch {
            problem = error
        }
    }

    private func text(of error: any Error) -> String {
        guard case HealthCodeError.FormRefused(_, let fields) = error, let first = fields.first else {
            return session.text(of: error)
        }
        return first.code == "answer_required" ? session.words["objection-problem-empty"] : first.text
    }

    public var state: ObjectionState {
        let (home, words) = (session.home, session.words)
        var state = ObjectionState(name: .empty)
        if let colour = home.colour {
            state.mark = Mark(colour.colour)
            state.concerns = colour.why
        }
        if let problem {
            state.name = .problem
            state.problem = text(of: problem)
        } else if !isWritingAnother, let taken = home.objections.last {
            state.name = .received
            let received = session.moment(taken.receivedAt)
            if let deadline = taken.decidedBy {
                let by = session.moment(deadline, .deadline)
                state.name = deadline < session.now ? .overdue : .received
                state.received =
                    deadline < session.now
                    ? words.format("objection-overdue-text", ["deadline": by])
                    : words.format("objection-received-text", ["time": received, "deadline": by])
            }
            state.receipt = words.format("objection-receipt", ["id": taken.uploadId])
        } else if !isWritingAnother, queued != nil {
            state.name = .queued
        }
        return state
    }
}
