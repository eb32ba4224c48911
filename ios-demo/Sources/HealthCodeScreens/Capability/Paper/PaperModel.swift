import Foundation
import HealthCodeKit
import Observation

/// Asks for a sheet, shows it and ends it, for the owner or for a dependant.
///
/// Invariant: a sheet that counts ends only after what ends it was shown and agreed to; a picture that was made of one lies in the
/// folder for temporary files and is gone with ``clear()``.
@MainActor
@Observable
public final class PaperModel {
    public private(set) var state = PaperState(name: .none)
    /// For how many days, as it is typed.
    public var days = "30"
    private let session: Session
    private let id: String
    private let file: TemporaryFile
    private let acts = OneAct()
    private var page = Page.first
    private var view: PapersView?
    /// Why the last wish was refused.
    private var refused: RefusedUpload?
    /// 46 mm wide at 600 dots an inch.
    private static let printedPixels: UInt32 = 16

    private enum Page { case first, replace, end }

    public init(
        _ session: Session, of id: String = HealthCode.owner, folder: URL = FileManager.default.temporaryDirectory
    ) {
        self.session = session
        self.id = id
        file = TemporaryFile(in: folder)
    }

    private var subject: Subject { session.health.subject(id) }

    public func load() async { await attempt { try await self.show() } }

    public func act(_ action: PaperAction) async {
        if action == .back, page == .first { return session.back() }
        var sends = action == .sync
        await acts.begin { await attempt { sends = try await self.take(action) } }
        if sends { await attempt { try await self.send() } }
    }

    /// Whether there is something to send then, or to fetch.
    private func take(_ action: PaperAction) async throws -> Bool {
        switch action {
        case .request:
            if let refused { try await subject.dismissUpload(id: refused.uploadId) }
            // What is no number is the core's to refuse, as any other number of days.
            _ = try await subject.requestPaper(days: UInt8(days) ?? 0)
            page = .first
            return true
        case .save: try save()
        case .askReplace: try await go(.replace)
        case .askEnd: try await go(.end)
        case .end:
            _ = try await subject.endPaper()
            page = .first
            return true
        case .sync:
            page = .first
            return true
        case .back: try await go(.first)
        }
        return false
    }

    /// Deletes the picture that was made: whoever got it has it.
    public func clear() {
        file.clear()
        state.file = nil
    }

    private func save() throws {
        guard let code = view?.sheet?.code else { return }
        let picture = try codePng(text: code, pixelsPerModule: Self.printedPixels)
        if !file.write(picture, as: "health-code-paper.png") { state.problem = session.words["common-not-saved"] }
        state.file = file.url
    }

    private func attempt(_ work: () async throws -> Void) async {
        do {
            try await work()
        } catch {
            state.name = .problem
            if case HealthCodeError.FormRefused(_, let fields) = error, let first = fields.first {
                state.problem = first.text
            } else {
                state.problem = session.text(of: error)
            }
        }
        state.isSyncing = false
    }

    private func go(_ page: Page) async throws {
        self.page = page
        try await show()
    }

    private func send() async throws {
        state.isSyncing = true
        await session.sync(.userAsked)
        try await show()
    }

    private func show() async throws {
        let view = try await subject.papers()
        self.view = view
        var next = PaperState(name: .none)
        next.sheet = view.sheet.map(sheet)
        next.earlier = view.earlier.map(sheet)
        next.waiting = view.waitingText
        next.advice = view.advice
        next.maxDays = Int(view.maxDays)
        refused = try await subject.home().uploadsRefused.last { $0.kind == "paper-request" }
        if view.waitingText == nil { next.problem = refused.map { $0.fieldText ?? $0.text } }
        if id != HealthCode.owner {
            next.person = try await session.health.dependants().dependants.first { $0.id == id }?.name
        }
        next.file = file.url
        next.name =
            switch page {
            case .replace: .replace
            case .end: .end
            case .first where view.isAskedFor: .asked
            case .first where view.isEnding: .ending
            case .first where view.sheet != nil: .ready
            case .first: next.problem == nil ? .none : .problem
            }
        state = next
    }

    private func sheet(_ sheet: PaperSheetView) -> PaperState.Sheet {
        let words = session.words
        func day(_ day: String) -> String { dateText(date: day, language: words.language) }
        return .init(
            id: sheet.id, picture: sheet.code.flatMap { try? codePng(text: $0) },
            pictureLabel: words["paper-image"], person: sheet.maskedName,
            document: sheet.documentTail,
            days: words.format("paper-dates", ["from": day(sheet.firstDay), "until": day(sheet.lastDay)]),
            isByDesk: sheet.byDesk, standing: sheet.standingText)
    }
}
