import Foundation
import HealthCodeKit
import TestSupport
import XCTest

@testable import HealthCodeScreens

/// EU certificates: read, kept, handed in, decided about, removed.
final class DccTests: ModelTestCase, @unchecked Sendable {
    private func data(_ file: String) throws -> String {
        try String(contentsOf: projectRoot.appendingPathComponent("tests/scenarios/data/\(file)"), encoding: .utf8)
    }

    /// A town that has keys and rules, and whose person is called as in ICAO's specimen.
    private func inTownWithRules(_ work: @MainActor (Town) async throws -> Void) async throws {
        try await inTown { town in
            try town.authority.publish("dcc-keys", try data("dcc-keys.json"))
            try town.authority.publish("dcc-rules", try data("dcc-rules.json"))
            let health = town.session.health
            try await health.register(
                answers: visitor().merging(["name": "Anna Maria Eriksson"]) { $1 }, consent: consent(language: "en"))
            try await health.submitEntryDeclaration(answers: entered(try await health.draft(.entryDeclaration)))
            await town.session.sync()
            try await work(town)
        }
    }

    /// Reads what the camera or a picture has, and keeps it; the model of its page.
    private func kept(_ town: Town, _ texts: [String]) async throws -> DccModel {
        let model = DccModel(town.session)
        await model.load()
        await model.act(.add)
        await model.act(.scan)
        XCTAssertEqual(model.state.name, .scanning)
        await model.act(.scanned(texts))
        XCTAssertEqual(model.state.name, .read, model.state.problem ?? "")
        let held = try await town.session.health.dccs()
        XCTAssertFalse(held.certificates.contains { $0.id == model.state.one?.id }, "nothing is kept unasked")
        await model.act(.step)
        guard case .dccOf(let id) = town.session.screen else { throw SetUpFailure("it has no page") }
        let one = DccModel(town.session, of: id)
        await one.load()
        return one
    }

    func testACertificateIsScannedKeptHandedInOfflineAndCounts() async throws {
        try await inTownWithRules { town in
            town.authority.stop()
            // Of all squares in the picture the one that is a certificate.
            let model = try await kept(town, ["HELLO", try data("anna.txt")])
            XCTAssertEqual(model.state.name, .kept, model.state.one?.title ?? "")
            XCTAssertEqual(model.state.one?.step, .handIn)
            // Its number tells no day of birth: that stands on both sides.
            XCTAssertEqual(model.state.one?.parts.map(\.isOpen), [false, false, true])
            await model.act(.step)
            XCTAssertEqual(model.state.name, .waiting)
            try town.authority.start()
            await model.act(.step)
            XCTAssertEqual(model.state.name, .counted, model.state.one?.sending ?? "")
            XCTAssertEqual(model.state.one?.sign, .done)

            // Read again, it leads to its page.
            let list = DccModel(town.session)
            await list.load()
            XCTAssertEqual(list.state.name, .list)
            town.session.open(.home)
            await list.act(.add)
            list.text = try data("anna.txt")
            await list.act(.read)
            XCTAssertEqual(list.state.name, .list)
            XCTAssertEqual(town.session.path, [.dccOf(try XCTUnwrap(model.state.one?.id))])
            XCTAssertEqual(list.text, "")
        }
    }

    func testOtherNamesAreSeenConfirmedAndDecidedBeforeTheyCount() async throws {
        try await inTownWithRules { town in
            town.session.open(.dcc)
            let model = try await kept(town, [try data("svensson.txt")])
            XCTAssertEqual(model.state.name, .names)
            XCTAssertTrue(model.state.one?.parts.contains { $0.isOpen && $0.inDocument != $0.inCertificate } ?? false)
            await model.act(.step)
            XCTAssertEqual(model.state.name, .confirm)
            await model.act(.back)
            XCTAssertEqual(model.state.name, .names, "asking hands nothing in")
            await model.act(.handIn)
            await model.act(.confirm)
            XCTAssertEqual(model.state.name, .atDesk, model.state.problem ?? "")
            await town.session.refresh()
            try town.authority.decideCertificate(of: XCTUnwrap(town.session.home.colour).citizenId, "refuse")
            await model.act(.sync)
            XCTAssertEqual(model.state.name, .notOurs)
            XCTAssertEqual(model.state.one?.sign, .attention)

            await model.act(.askRemove)
            XCTAssertEqual(model.state.name, .remove)
            await model.act(.back)
            XCTAssertEqual(model.state.name, .notOurs, "asking removes nothing")
            await model.act(.askRemove)
            await model.act(.remove)
            XCTAssertEqual(town.session.path, [.dcc])
            let left = DccModel(town.session)
            await left.load()
            XCTAssertEqual(left.state.name, .empty)
        }
    }

    func testWhatIsNoCertificateAndWhatDoesNotHoldIsSaidInTheReadersWords() async throws {
        try await inTownWithRules { town in
            let model = DccModel(town.session)
            await model.load()
            XCTAssertEqual(model.state.name, .empty)
            await model.act(.add)
            await model.act(.scanned([]))
            XCTAssertEqual(model.state.name, .problem)
            XCTAssertEqual(model.state.problem, town.session.words["dcc-no-code"])
            model.text = try data("damaged.txt")
            XCTAssertEqual(model.state.name, .add, "what is typed anew is not wrong yet")
            await model.act(.read)
            XCTAssertEqual(
                model.state.problem, textOfCode(code: "dcc_compression_damaged", language: "en"))
            await town.app.setLanguage("zh")
            await model.load()
            XCTAssertEqual(model.state.problem, textOfCode(code: "dcc_compression_damaged", language: "zh"))
            await town.app.setLanguage("en")
            await model.act(.scan)
            await model.act(.cameraDenied)
            XCTAssertTrue(model.state.isCameraDenied)
            XCTAssertEqual(model.state.name, .add)

            let first = try await kept(town, [try data("anna-first-dose.txt")])
            XCTAssertEqual(first.state.name, .notAccepted)
            XCTAssertEqual(first.state.one?.rules.count, 1)
            XCTAssertNil(first.state.one?.fault, "the rules say it")
        }
    }

    func testWhoIsNotRegisteredIsLedThere() async throws {
        try await inTown { town in
            let model = try await kept(town, [try data("anna.txt")])
            XCTAssertEqual(model.state.name, .kept)
            XCTAssertTrue(model.state.one?.parts.allSatisfy { !$0.isOpen && $0.comparison == nil } ?? false)
            await model.act(.step)
            XCTAssertEqual(town.session.screen, .form(.registration))
        }
    }
}
