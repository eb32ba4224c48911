import Foundation
import HealthCodeKit
import TestSupport
import XCTest

@testable import HealthCodeScreens

/// Everything that is held, to read and to keep.
final class ExportTests: ModelTestCase, @unchecked Sendable {
    func testWhatIsHeldIsShownAskedForAndSaved() async throws {
        try await inTown { town in
            try await town.session.health.turnGreen()
            var feet: [String] = []
            let model = ExportModel(town.session, folder: town.folder) { document, foot in
                feet.append(try await foot(1, 2))
                return Data(document.blocks.map(\.text).joined(separator: "\n").utf8)
            }
            await model.load()
            XCTAssertEqual(model.state.name, .notRequested)
            XCTAssertTrue(Seen(.export, model.state).shows("欧阳振华"), "who the person is")
            XCTAssertTrue(model.state.sections.allSatisfy { !$0.rows.isEmpty || $0.empty != nil })
            town.authority.stop()
            await model.act(.request)
            XCTAssertEqual(model.state.name, .requested)
            try town.authority.start()
            for _ in 0..<5 where model.state.name != .held { await model.act(.sync) }
            XCTAssertEqual(model.state.name, .held)

            await model.act(.save)
            XCTAssertEqual(model.state.name, .saved)
            let file = try XCTUnwrap(model.state.file)
            let saved = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
            XCTAssertEqual(saved?["format"] as? String, "health-code-export")
            await model.act(.savePage)
            let paper = try XCTUnwrap(model.state.file)
            XCTAssertEqual(paper.pathExtension, "pdf")
            XCTAssertTrue(try String(contentsOf: paper, encoding: .utf8).contains("欧阳振华"))
            XCTAssertTrue(feet.first?.contains("1") == true && feet.first?.contains("2") == true, "\(feet)")
            XCTAssertFalse(FileManager.default.fileExists(atPath: file.path), "one file at a time")
            model.clear()
            XCTAssertNil(model.state.file)
            XCTAssertFalse(FileManager.default.fileExists(atPath: paper.path))
        }
    }

    func testWhatCannotBeMadeOrWrittenIsSaid() async throws {
        try await inTown { town in
            let nowhere = town.folder.appendingPathComponent("nowhere")
            let model = ExportModel(town.session, folder: nowhere) { _, _ in Data() }
            await model.load()
            await model.act(.save)
            XCTAssertEqual(model.state.name, .problem)
            XCTAssertNil(model.state.file)
            XCTAssertEqual(model.state.problem, town.session.words["common-not-saved"])
            await model.act(.request)
            XCTAssertEqual(model.state.name, .problem, "nobody registered")
            XCTAssertEqual(model.state.problem, textOfCode(code: "not_registered", language: "en"))
        }
    }
}
