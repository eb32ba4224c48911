import HealthCodeCore

extension HealthCode {
    /// Everything that this phone holds, as JSON text, but for private keys: for the citizen to keep and to give to other
    /// programs.
    public func exportData() async throws -> String {
        try await call { try $0.exportData() }
    }

    /// The same in words, for a screen.
    public func exportView() async throws -> ExportView {
        try await call { try $0.exportView() }
    }

    /// The same as a paper that a person reads, block by block from top to bottom: for the app to draw into a PDF.
    public func exportDocument() async throws -> ExportDocument {
        try await call { try $0.exportDocument() }
    }

    /// What stands at the foot of a page of that paper: "Page 2 of 7".
    public func exportPageText(page: Int, of pages: Int) async throws -> String {
        try await call { try $0.exportPageText(page: UInt32(page), pages: UInt32(pages)) }
    }

    /// Asks the authority for everything that it holds: the data come with the next syncs, and are in the export then. Gives
    /// the upload's id.
    public func requestHoldings() async throws -> String {
        try await call { try $0.requestHoldings() }
    }
}
