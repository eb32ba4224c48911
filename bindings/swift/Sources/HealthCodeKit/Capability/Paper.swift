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
