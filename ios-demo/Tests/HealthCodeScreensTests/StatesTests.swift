import Foundation
import HealthCodeKit
import TestSupport
import XCTest

@testable import HealthCodeScreens

/// Every state of `docs/APPS.md` is there under its name, and has a preview in every language.
final class StatesTests: XCTestCase {
    private func names<State: ScreenState>(_ states: [State]) -> [String] { states.map(\.name.rawValue) }

    private func previews(_ words: ScreenWords) -> [String: [String]] {
        [
            "opening": names(OpeningState.all(words)), "onboarding": names(OnboardingState.all(words)),
            "form": names(FormState.all(words)), "home": HomeState.all(words).map(\.previewName),
            "code": names(CodeState.all(words)), "why": names(WhyState.all(words)),
            "history": names(HistoryState.all(words)), "appeal": names(AppealState.all(words)),
            "proof": names(ProofState.all(words)),
            "itinerary": names(ItineraryState.all(words)), "bulletins": names(BulletinsState.all(words)),
            "clinics": names(ClinicsState.all(words)), "settings": names(SettingsState.all(words)),
            "checkpoint": names(CheckpointState.all(words)), "family": names(FamilyState.all(words)),
            "paper": names(PaperState.all(words)), "passport": names(PassportState.all(words)),
            "entry": names(EntryState.all(words)), "regions": names(RegionsState.all(words)),
            "results": ResultsState.all(words).map(\.previewName), "dcc": names(DccState.all(words)),
            "export": names(ExportState.all(words)),
        ]
    }

    /// The table's rows: a screen, and its states.
    private func table() throws -> [String: [String]] {
        let plan = try String(contentsOf: projectRoot.appendingPathComponent("docs/APPS.md"), encoding: .utf8)
        var rows: [String: [String]] = [:]
        for line in plan.split(separator: "\n") where line.hasPrefix("| `") {
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 2 else { continue }
            let states = cells[1].split(separator: "(")[0].split(separator: ",")
            rows[cells[0].filter { $0 != "`" }] = states.map { $0.trimmingCharacters(in: .whitespaces) }
        }
        return rows
    }

    func testEveryStateOfThePlanHasAPreviewInEveryLanguage() throws {
        let rows = try table()
        let drawn = previews(ScreenWords(language: "en"))
        XCTAssertEqual(rows.keys.sorted(), drawn.keys.sorted(), "the table of docs/APPS.md")
        for language in ["en", "zh-Hans", "ko", "ar"] {
            let shown = previews(ScreenWords(language: language))
            for (screen, states) in rows { XCTAssertEqual(shown[screen]?.sorted(), states.sorted(), screen) }
        }
    }

    func testNothingOnTheCodesScreenSaysThatItIsValid() throws {
        for language in ["en", "zh-Hans", "ko", "ar"] {
            for state in CodeState.all(ScreenWords(language: language)) {
                let texts = Seen(.code, state).texts.joined(separator: " ").lowercased()
                for word in ["valid", "有效", "유효", "صالح", "صلاحي", "✓", "✔"] {
                    XCTAssertFalse(texts.contains(word), "\(word) in \(texts)")
                }
            }
        }
    }

    /// No text literal in a drawing: what is written in one is an id of the core's, a symbol's name or a number to call.
    func testDrawingsSayNothingByThemselves() throws {
        let folder = projectRoot.appendingPathComponent("ios-demo/HealthCode")
        let files = try XCTUnwrap(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        var count = 0
        for case let file as URL in files where file.pathExtension == "swift" {
            let source = try String(contentsOf: file, encoding: .utf8)
            for call in ["Text(\"", "Text(verbatim: \"", "Button(\"", "Toggle(\"", "Label(\"", "navigationTitle(\""] {
                for after in source.components(separatedBy: call).dropFirst() where !after.hasPrefix("\\(") {
                    XCTFail("\(file.lastPathComponent): \(call)\(after.prefix(20))")
                }
            }
            count += 1
        }
        XCTAssertGreaterThan(count, 20)
    }
}
