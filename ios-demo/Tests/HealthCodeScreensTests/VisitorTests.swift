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
}

/// Answers to the registration form of the person in ICAO's own specimen.
func visitor() -> [String: Answer] {
    [
        "name": "ANNA MARIA ERIKSSON", "sex": "2", "nationality": "SWE", "document": .document(.passport, "L898902C3"),
        "division": "330106", "address": "文三路 90 号", "phone": "13800001234", "underlyingIllness": ["none"],
    ]
}

/// An entry of yesterday, after a stay in a listed country.
func entered(_ draft: [String: Answer]) -> [String: Answer] {
    let days = DateFormatter()
    days.locale = Locale(identifier: "en_US_POSIX")
    days.timeZone = TimeZone(secondsFromGMT: 8 * 3_600)
    days.dateFormat = "yyyy-MM-dd"
    let told: [String: Answer] = [
        "entryDate": .text(text: days.string(from: Date(timeIntervalSinceNow: -86_400))), "transport": "flight",
        "number": "CA936", "seat": "12A", "stay1": "ITA", "days1": 3, "stay2": "NZL", "days2": 9,
        "temperature": 36.5, "symptoms": ["none"], "contact": false, "truthful": true,
    ]
    return draft.merging(told) { $1 }
}
