import HealthCodeCore

extension HealthCode {
    /// Everything that this phone holds, as JSON text, but for private keys: for the citizen to keep and to give to other
    /// programs.
    public func exportData() async throws -> String {
        try await call { try $0.exportData() }
    }

    /// The same in words, for a screen and for a page to print.
    public func exportView() async throws -> ExportView {
        try await call { try $0.exportView() }
    }

    /// Asks the authority for everything that it holds: the data come with the next syncs, and are in the export then. Gives
    /// the upload's id.
    public func requestHoldings() async throws -> String {
        try await call { try $0.requestHoldings() }
    }
}
