import Foundation
import HealthCodeKit
import TestSupport
import XCTest

@testable import HealthCodeScreens

/// Who comes from abroad: the passport's lines, the entry, and an orange code wherever it is drawn.
final class VisitorTests: ModelTestCase, @unchecked Sendable {
    func testAVisitorsRedIsOrangeWhereverItIsDrawn() async throws {
        try await inTown { town in
            let health = town.session.health
            try await health.register(answers: visitor(), consent: consent(language: "en"))
            try await health.submitEntryDeclaration(answers: entered(try await health.draft(.entryDeclaration)))
            await town.session.sync()
            await town.session.refresh()
            XCTAssertEqual(town.session.home.colour?.colour, .red, "what it restricts")

            let home = HomeModel(town.session)
            await home.load()
            XCTAssertEqual(home.state.name, .orange)
            XCTAssertEqual(home.state.mark, .orange)
            XCTAssertTrue(home.state.title.hasPrefix("Orange"), home.state.title)
            let code = CodeModel(town.session)
            await code.load()
            XCTAssertEqual(code.state.name, .orange)
            XCTAssertEqual(code.state.mark.shape, .diamond)
            XCTAssertTrue(code.state.title.hasPrefix("Orange"), code.state.title)
            XCTAssertTrue(code.state.pictureLabel?.contains("Orange") ?? false)
            let why = try XCTUnwrap(WhyModel(town.session).state)
            XCTAssertFalse(why.hasReports, "no laboratory reported")
            XCTAssertEqual(why.name, .orange)
            XCTAssertEqual(why.mark, .orange)

            let door = CheckpointModel(town.session)
            await door.load()
            await door.act(.read([try await health.currentCode().text]))
            XCTAssertEqual(door.state.name, .orange)
            XCTAssertEqual(door.state.mark, .orange)
            XCTAssertEqual(door.state.word, "Stop", "orange is not let in")
            XCTAssertTrue(Seen(.checkpoint, door.state).shows("This code: Orange"), "\(door.state)")
            XCTAssertEqual(door.state.facts, [], "a refusal shows nobody's data")
        }
    }

    func testAPassportsLinesFillInTheForm() async throws {
        try await inTown { town in
            town.session.open(.form(.registration))
            let model = PassportModel(town.session)
            XCTAssertEqual(model.state.name, .empty)
            model.lines = "no lines"
            await model.act(.read)
            XCTAssertEqual(model.state.name, .unread)
            XCTAssertEqual(model.state.facts, [])
            model.lines = specimen.replacingOccurrences(of: "L898902C36", with: "L898902C37")
            await model.act(.read)
            XCTAssertEqual(model.state.name, .check)
            let fault = try XCTUnwrap(model.state.faults.first)
            XCTAssertFalse(fault.text.isEmpty || fault.place.isEmpty)
            model.lines = specimen
            await model.act(.read)
            XCTAssertEqual(model.state.name, .expired, "it is ICAO's own, of 2012")
            model.lines = passport
            await model.act(.read)
            XCTAssertEqual(model.state.name, .sound, "\(model.state.faults)")
            XCTAssertTrue(model.state.facts.contains { $0.value == "ANNA MARIA ERIKSSON" }, "\(model.state.facts)")
            await model.act(.fillIn)
            XCTAssertEqual(town.session.screen, .form(.registration))
            XCTAssertEqual(model.lines, "", "what was read is in the form alone")
            let form = FormModel(town.session, .registration)
            await form.load()
            XCTAssertTrue(form.state.takesPassport)
            XCTAssertEqual(form.input[text: "name"], "ANNA MARIA ERIKSSON")
            XCTAssertEqual(form.input[documentNumber: "document"], "L898902C3")
        }
    }

    func testAnEntryIsDeclaredOfflineAndRuns() async throws {
        try await inTown { town in
            let model = EntryModel(town.session)
            await model.load()
            XCTAssertEqual(model.state.name, .notAVisitor)
            town.authority.stop()
            await fill(FormModel(town.session, .registration), visitor())
            let home = HomeModel(town.session)
            await home.load()
            XCTAssertNotNil(home.state.entry)
            await model.load()
            XCTAssertEqual(model.state.name, .toDeclare)
            await model.act(.step)
            XCTAssertEqual(town.session.screen, .form(.entry))
            let form = FormModel(town.session, .entry)
            await fill(form, entered([:]))
            XCTAssertEqual(form.state.name, .saved, "\(form.state.problems)")
            await form.act(.finish)
            XCTAssertEqual(town.session.path, [.entry])
            await model.load()
            XCTAssertEqual(model.state.name, .waiting)
            try town.authority.start()
            await model.act(.step)
            XCTAssertEqual(model.state.name, .running)
            XCTAssertEqual(model.state.mark, .orange)
            XCTAssertNotNil(model.state.enteredOn)
            XCTAssertTrue(Seen(.entry, model.state).shows("1 of 14"), "\(model.state.declarations ?? "")")

            let regions = RegionsModel(town.session)
            await regions.load()
            XCTAssertEqual(regions.state.name, .list)
            XCTAssertEqual(regions.state.regions.map(\.id), [330_100, 420_100])
            XCTAssertEqual(regions.state.regions.first?.mark, .orange)
            XCTAssertTrue(regions.state.regions.allSatisfy { !$0.next.isEmpty })
        }
    }

    func testWithoutACodeThereIsNothingToCompare() async throws {
        try await inTown { town in
            let regions = RegionsModel(town.session)
            await regions.load()
            XCTAssertEqual(regions.state.name, .empty)
        }
    }
}

/// ICAO Doc 9303's specimen, and the same with a day of expiry to come.
private let specimen =
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
private let passport =
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F3204153ZE184226B<<<<<16"

/// Answers to the registration form of the person in ICAO's own specimen.
func visitor() -> [String: Answer] {
    [
        "name": "ANNA MARIA ERIKSSON", "sex": "2", "nationality": "SWE", "document": .document(.passport, "L898902C3"),
        "division": "330106", "address": "文三路 90 号", "phone": "13800001234", "underlyingIllness": ["none"],
    ]
}

/// An entry of yesterday, after a stay in a listed country.
func entered(_ draft: [String: Answer]) -> [String: Answer] {
    let told: [String: Answer] = [
        "entryDate": .text(text: day(daysAgo: 1)), "transport": "flight",
        "number": "CA936", "seat": "12A", "stay1": "ITA", "days1": 3, "stay2": "NZL", "days2": 9,
        "temperature": 36.5, "symptoms": ["none"], "contact": false, "truthful": true,
    ]
    return draft.merging(told) { $1 }
}
