import Foundation
import HealthCodeCore

extension HealthCode {
    /// The tests and vaccinations that laboratories reported, and how long each counts now. Works offline. Ask again at
    /// `nextChangeAt`.
    public func results() async throws -> ResultsView { try await call { try $0.results() } }

    /// Marks results as looked at, by their ids. Tells nobody.
    public func markResultsRead(ids: [String]) async throws { try await changing { try $0.markResultsRead(ids: ids) } }

    /// What proves the result with this id to others: the bundle that the authority signed. Works offline.
    ///
    /// - Throws: ``HealthCodeError``: `session` where there is none with this id.
    public func resultProof(id: String) async throws -> Data { try await call { try $0.resultProof(id: id) } }
}
