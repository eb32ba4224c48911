import HealthCodeKit
import TestSupport
import XCTest

/// A citizen leaves, without a network at first, and comes back as somebody new.
final class ErasingTests: PhoneTestCase {
    func testACitizenLeavesAndComesBack() async throws {
        let health = try await Phone(folder("phone"), authority.config()).open()
        let answers = registration()
        let before = try await comes(health, answers)
        try await health.erase()
        XCTAssertEqual(health.home.stage, .notRegistered)
        do {
            _ = try await health.currentCode()
            XCTFail("a code of nobody")
        } catch let error as HealthCodeError {
            XCTAssertEqual(error.code, "no_code_yet")
        }
        let waiting = try await health.erasures()
        XCTAssertEqual(waiting.map(\.state), [.waiting])
        XCTAssertEqual(waiting.first?.subject, HealthCode.owner)
        let isWanted = try await health.syncWanted()
        XCTAssertTrue(isWanted)
        let outcome = try await health.sync()
        XCTAssertEqual(outcome.result, .synced)
        let answered = try await health.erasures()
        let erased = try XCTUnwrap(answered.first)
        XCTAssertEqual(erased.state, .confirmed)
        XCTAssertNotNil(erased.receipt)
        XCTAssertEqual(erased.kept.map(\.what), ["receipt", "device", "revoked-credentials"])
        let after = try await comes(health, answers)
        XCTAssertNotEqual(before, after)
        try await health.forgetErasure(id: erased.id)
        let left = try await health.erasures()
        XCTAssertTrue(left.isEmpty)
        let sunset = try await health.sunset()
        XCTAssertNil(sunset, "nothing was ordered")
        health.close()
    }

    func testWhoIsNotOnThisPhoneCannotBeErased() async throws {
        let health = try await Phone(folder("phone"), authority.config()).open()
        for subject in ["somebody", "Not an id"] {
            do {
                try await health.erase(subject: subject)
                XCTFail("erased somebody else")
            } catch let error as HealthCodeError {
                XCTAssertEqual(error.code, "sync_subject_unknown")
            }
        }
        health.close()
    }

    /// Registers and turns green; the citizen's id.
    private func comes(_ health: HealthCode, _ answers: [String: Answer]) async throws -> String {
        try await health.register(answers: answers, consent: consent(language: health.language))
        try await health.submitDeclaration(answers: healthy(try await health.draft(.healthDeclaration)))
        let outcome = try await health.sync()
        XCTAssertEqual(outcome.result, .synced)
        let colour = try XCTUnwrap(health.home.colour)
        XCTAssertEqual(colour.colour, .green)
        return colour.citizenId
    }
}
