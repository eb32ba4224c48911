import HealthCodeCore

extension HealthCode {
    /// The sheets of paper that the last sync told of, also those that the desk made. Works offline.
    public func papers() async throws -> PapersView { try await call { try $0.papers() } }

    /// Asks for a sheet that counts for so many `days`; the one before ends with it. Works offline. Gives the upload's id.
    ///
    /// - Throws: ``HealthCodeError``: `session` before registration, `formRefused` with the field `days`.
    @discardableResult
    public func requestPaper(days: UInt8) async throws -> String { try await call { try $0.requestPaper(days: days) } }

    /// Ends the sheet that counts, once the authority was reached. Works offline. Gives the upload's id.
    ///
    /// - Throws: ``HealthCodeError``: `session` before registration.
    @discardableResult
    public func endPaper() async throws -> String { try await call { try $0.endPaper() } }
}

extension Subject {
    /// The sheets of this subject, see ``HealthCode/papers()``.
    public func papers() async throws -> PapersView { try await on { try $0.papers() } }

    /// Asks for a sheet of this subject, see ``HealthCode/requestPaper(days:)``.
    @discardableResult
    public func requestPaper(days: UInt8) async throws -> String { try await on { try $0.requestPaper(days: days) } }

    /// Ends this subject's sheet, see ``HealthCode/endPaper()``.
    @discardableResult
    public func endPaper() async throws -> String { try await on { try $0.endPaper() } }
}
