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
    private let acts = OneAct()
    /// How the last act ended, where that is to be told.
    private var said: (name: ExportState.Name, problem: String?)?
    /// How often what was made was deleted: a file that was asked for before is not made after it.
    private var clearings = 0

    public init(
        _ session: Session, folder: URL = FileManager.default.temporaryDirectory, drawPaper: @escaping DrawExport
    ) {
        self.session = session
        file = TemporaryFile(in: folder)
        self.drawPaper = drawPaper
        state = ExportState(name: .notRequested, title: session.words["export-title"])
    }

    public func load() async {
        do {
            try await show()
        } catch {
            (state.name, state.problem) = (.problem, session.text(of: error))
        }
    }

    public func act(_ action: ExportAction) async {
        switch action {
        case .back: session.back()
        case .sync:
            said = nil
            await sync()
        case .request:
            var isAsked = false
            await acts.begin {
                await saying {
                    _ = try await self.session.health.requestHoldings()
                    isAsked = true
                }
            }
            if isAsked { await sync() }
        case .save:
            await acts.begin {
                await saving { (Data(try await self.session.health.exportData().utf8), "health-code-export.json") }
            }
        case .savePage:
            await acts.begin {
                await saving {
                    let health = self.session.health
                    let document = try await health.exportDocument()
                    let data = try await self.drawPaper(document) { try await health.exportPageText(page: $0, of: $1) }
                    return (data, document.fileName)
                }
            }
        }
    }

    /// Deletes the file that was made: whoever got it has it.
    public func clear() {
        clearings += 1
        file.clear()
        state.file = nil
    }

    private func saying(_ work: () async throws -> Void) async {
        said = nil
        do {
            try await work()
        } catch {
            say(.problem, session.text(of: error))
        }
    }

    /// It stands until the next act.
    private func say(_ name: ExportState.Name, _ problem: String? = nil) {
        said = (name, problem)
        (state.name, state.problem) = (name, problem)
    }

    private func saving(_ make: () async throws -> (Data, String)) async {
        let before = clearings
        await saying {
            let (data, name) = try await make()
            guard clearings == before else { return }
            let isWritten = file.write(data, as: name)
            say(isWritten ? .saved : .problem, isWritten ? nil : session.words["common-not-saved"])
            try await show()
        }
    }

    private func sync() async {
        state.isSyncing = true
        await session.sync(.userAsked)
        await load()
        state.isSyncing = false
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
        if let said { (next.name, next.problem) = said }
        (next.file, next.isSyncing) = (file.url, session.isSyncing)
        state = next
    }
}
