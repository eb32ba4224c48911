import Foundation
import HealthCodeCore

extension HealthCode {
    /// What was written of an appeal so far.
    public func appealDraft() async throws -> AppealDraftView {
        try await call { try $0.appealDraft() }
    }

    /// Keeps what was written so far of what is wrong.
    public func saveAppealStatement(_ statement: String) async throws {
        try await call { try $0.saveAppealStatement(statement: statement) }
    }

    /// Adds a photograph (JPEG, PNG) or a PDF and gives its id. Scale pictures down first: what is over 2 MB is refused.
    public func addAppealEvidence(_ bytes: Data) async throws -> String {
        try await call { try $0.addAppealEvidence(bytes: bytes) }
    }

    /// Takes a piece of evidence away, by its id.
    public func removeAppealEvidence(sha256: String) async throws {
        try await call { try $0.removeAppealEvidence(sha256: sha256) }
    }

    /// Appeals against the colour shown, with the evidence that was added. Works offline. Gives the appeal's id.
    @discardableResult
    public func submitAppeal(statement: String) async throws -> String {
        try await changing { try $0.submitAppeal(statement: statement) }
    }

    /// Sends what officers asked for, with the evidence that was added to the draft; the words may be empty where there
    /// is some.
    public func answerAppeal(id: String, statement: String) async throws {
        try await changing { try $0.answerAppeal(id: id, statement: statement) }
    }

    /// Every appeal, the newest first, each in words.
    public func appeals() async throws -> AppealsView {
        try await call { try $0.appeals() }
    }

    /// Notes that the citizen looked at the decision of an appeal.
    public func markAppealRead(id: String) async throws {
        try await changing { try $0.markAppealRead(id: id) }
    }

    /// Withdraws an appeal that is not decided. Works offline.
    public func withdrawAppeal(id: String) async throws {
        try await changing { try $0.withdrawAppeal(id: id) }
    }

    /// Takes an appeal that is over from the list.
    public func dismissAppeal(id: String) async throws {
        try await changing { try $0.dismissAppeal(id: id) }
    }
}
