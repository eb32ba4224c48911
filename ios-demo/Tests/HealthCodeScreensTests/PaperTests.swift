import Foundation
import HealthCodeKit
import TestSupport
import XCTest

@testable import HealthCodeScreens

/// Sheets of paper on the phone of who asks for them.
final class PaperTests: ModelTestCase, @unchecked Sendable {
    func testASheetIsAskedForReplacedAndEnded() async throws {
        try await inTown { town in
            try await town.session.health.turnGreen()
            let model = PaperModel(town.session, folder: town.folder)
            await model.load()
            XCTAssertEqual(model.state.name, .none)
            XCTAssertEqual(model.state.maxDays, 180)
            town.authority.stop()
            model.days = "90"
            await model.act(.request)
            XCTAssertEqual(model.state.name, .asked)
            XCTAssertNotNil(model.state.waiting)
            try town.authority.start()
            await settle(model)
            XCTAssertEqual(model.state.name, .ready)
            let first = try XCTUnwrap(model.state.sheet)
            XCTAssertNotNil(first.picture)
            XCTAssertFalse(first.person.isEmpty || first.document.isEmpty || first.standing.isEmpty)
            XCTAssertEqual(model.state.advice.count, 3)
            await model.act(.save)
            let picture = try XCTUnwrap(model.state.file)
            XCTAssertTrue(try Data(contentsOf: picture).starts(with: [0x89, 0x50, 0x4e, 0x47]))
            model.clear()
            XCTAssertFalse(FileManager.default.fileExists(atPath: picture.path))

            await model.act(.askReplace)
            XCTAssertEqual(model.state.name, .replace)
            await model.act(.back)
            XCTAssertEqual(model.state.sheet?.id, first.id, "asking replaces nothing")
            await model.act(.askReplace)
            model.days = "30"
            await model.act(.request)
            await settle(model)
            let second = try XCTUnwrap(model.state.sheet)
            XCTAssertNotEqual(second.picture, first.picture)
            XCTAssertEqual(model.state.earlier.map(\.id), [first.id])
            XCTAssertNil(model.state.earlier.first?.picture, "one that counts no more has no code")

            await model.act(.askEnd)
            XCTAssertEqual(model.state.name, .end)
            town.authority.stop()
            await model.act(.end)
            XCTAssertEqual(model.state.name, .ending)
            try town.authority.start()
            await settle(model)
            XCTAssertEqual(model.state.name, .none)
            XCTAssertNil(model.state.sheet)
        }
    }

    func testWhatIsNoNumberOfDaysAndWhoIsNotGreenAreToldWhy() async throws {
        try await inTown { town in
            try await town.session.health.turnGreen()
            let model = PaperModel(town.session)
            await model.load()
            model.days = "soon"
            await model.act(.request)
            XCTAssertEqual(model.state.name, .problem)
            XCTAssertEqual(model.state.problem, textOfCode(code: "paper_days_out_of_range", language: "en"))
            XCTAssertEqual(model.days, "soon", "nothing that was typed is lost")
            await town.session.refresh()
            let citizen = try XCTUnwrap(town.session.home.colour).citizenId
            try town.authority.changeColour(citizen, to: "yellow", reason: "close_contact")
            model.days = "10"
            await model.act(.request)
            await settle(model)
            XCTAssertEqual(model.state.name, .problem)
            XCTAssertEqual(model.state.problem, textOfCode(code: "paper_not_green", language: "en"))
            let home = HomeModel(town.session)
            await home.load()
            XCTAssertEqual(home.state.refused.first?.mend, .open(.paper))
        }
    }

    func testADependantHasASheetOfItsOwn() async throws {
        try await inTown(settings: ["care_by": "self_declared"]) { town in
            let health = town.session.health
            try await health.turnGreen()
            let elder = registration().merging(["name": "欧阳奶奶"]) { $1 }
            let version = consent(language: "en").version
            let id = try await health.addDependant(DependantRequest(answers: elder, consentVersion: version))
            let draft = try await health.subject(id).draft(.healthDeclaration)
            _ = try await health.submitDeclaration(for: [id], answers: healthy(draft))
            await town.session.sync()
            let model = PaperModel(town.session, of: id)
            await model.load()
            model.days = "90"
            await model.act(.request)
            await settle(model)
            XCTAssertEqual(model.state.name, .ready, model.state.problem ?? "")
            let own = PaperModel(town.session)
            await own.load()
            XCTAssertEqual(own.state.name, .none, "the carer has none")
        }
    }

    /// What was asked for is made with one sync and told with the next.
    private func settle(_ model: PaperModel) async {
        await model.act(.sync)
        await model.act(.sync)
    }
}
