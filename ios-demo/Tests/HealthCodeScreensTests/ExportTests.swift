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

    func testOneFileIsMadeAtATimeAndNoneForAScreenThatWasLeft() async throws {
        try await inTown { town in
            try await town.session.health.turnGreen()
            let folder = town.folder.appendingPathComponent("files")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let (isDrawing, mayEnd) = (Locked(0), Locked(false))
            let model = ExportModel(town.session, folder: folder) { _, _ in
                isDrawing.change { $0 += 1 }
                while !mayEnd.value { try await Task.sleep(for: .milliseconds(5)) }
                return Data([1])
            }
            await model.load()
            let drawing = Task { await model.act(.savePage) }
            while isDrawing.value == 0 { try await Task.sleep(for: .milliseconds(5)) }
            await model.act(.save)
            await model.act(.savePage)
            XCTAssertEqual(isDrawing.value, 1, "a tap meanwhile begins nothing")
            XCTAssertNil(model.state.file)
            model.clear()
            mayEnd.change { $0 = true }
            await drawing.value
            XCTAssertNil(model.state.file)
            let left = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
            XCTAssertEqual(left.filter { $0.contains(".") }, [], "nothing lies there of a screen that was left")

            await model.act(.savePage)
            XCTAssertEqual(model.state.name, .saved)
            await model.load()
            XCTAssertEqual(model.state.name, .saved, "how it ended stands until the next act")
            model.clear()
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
