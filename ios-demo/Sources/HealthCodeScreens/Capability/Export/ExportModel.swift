import Foundation
import HealthCodeKit
import Observation

/// Draws the paper; asks for what stands at the foot of each page, by its number and how many there are.
public typealias DrawExport =
    @MainActor (ExportDocument, @MainActor (Int, Int) async throws -> String) async throws -> Data

/// Shows what is held, asks the authority for its part, and makes files of all of it.
///
/// Invariant: a file that was made lies in the folder for temporary files and is gone with ``clear()``.
@MainActor
@Observable
public final class ExportModel {
    public private(set) var state: ExportState
    private let session: Session
    private let file: TemporaryFile
    private let drawPaper: DrawExport

    public init(
        _ session: Session, folder: URL = FileManager.default.temporaryDirectory, drawPaper: @escaping DrawExport
    ) {
        self.session = session
        file = TemporaryFile(in: folder)
        self.drawPaper = drawPaper
        state = ExportState(name: .notRequested, title: session.words["export-title"])
    }

    public func load() async { await attempt { try await self.show() } }

    public func act(_ action: ExportAction) async {
        await attempt {
            switch action {
            case .request:
                _ = try await self.session.health.requestHoldings()
                try await self.send()
            case .save:
                let data = Data(try await self.session.health.exportData().utf8)
                try await self.save(data, as: "health-code-export.json")
            case .savePage:
                let health = self.session.health
                let document = try await health.exportDocument()
                let data = try await self.drawPaper(document) { try await health.exportPageText(page: $0, of: $1) }
                try await self.save(data, as: document.fileName)
            case .sync: try await self.send()
            case .back: self.session.back()
            }
        }
    }

    /// Deletes the file that was made: whoever got it has it.
    public func clear() {
        file.clear()
        state.file = nil
    }

    private func attempt(_ work: () async throws -> Void) async {
        do {
            try await work()
        } catch {
            state.name = .problem
            state.problem = session.text(of: error)
        }
        state.isSyncing = false
    }

    private func send() async throws {
        state.isSyncing = true
        await session.sync(.userAsked)
        try await show()
    }

    private func save(_ data: Data, as name: String) async throws {
        guard file.write(data, as: name) else {
            (state.name, state.file) = (.problem, nil)
            state.problem = session.words["common-not-saved"]
            return
        }
        try await show()
        state.name = .saved
    }

    private func show() async throws {
        let view = try await session.health.exportView()
        let names: [HoldingsState: ExportState.Name] = [
            .notRequested: .notRequested, .requested: .requested, .coming: .coming, .held: .held,
        ]
        var next = ExportState(name: names[view.holdings] ?? .notRequested, title: view.title)
        (next.holdings, next.madeAt) = (view.holdings, view.madeAtText)
        next.sections = view.sections.map { section in
            .init(
                id: section.title, title: section.title,
                rows: section.rows.enumerated().map { .init(id: $0, label: $1.label, text: $1.text) },
                empty: section.emptyText)
        }
        next.file = file.url
        state = next
    }
}
