import Foundation
import HealthCodeKit
import TestSupport
import XCTest

@testable import HealthCodeScreens

/// The end of a region's codes: at its day the phone erases by itself, with nobody who taps and nobody who answers.
final class SunsetTests: ModelTestCase, @unchecked Sendable {
    private let hour: Int64 = 3_600

    /// A citizen who was told of an end in ten days, and of erasing a day later; the authority is gone since.
    private func inEndingTown(_ work: @MainActor (Town, ScenarioClock) async throws -> Void) async throws {
        let clock = ScenarioClock()
        try await inTown(clock: clock) { town in
            try await town.session.health.turnGreen()
            try town.authority.endRegion(inDays: 10, erasedAfter: 1, texts: ["en": "It is over.", "zh": "结束。"])
            await town.session.sync()
            XCTAssertEqual(town.session.sunset?.stage, .coming)
            town.authority.stop()
            try await work(town, clock)
        }
    }

    func testWhatIsInFrontErasesAtItsDay() async throws {
        try await inEndingTown { town, clock in
            XCTAssertEqual(town.session.unseenAfterSecs, 4 * hour)
            clock.advance(hours: 10 * 24 + 22)
            await town.session.keepUp()
            XCTAssertEqual(town.session.sunset?.stage, .ended)
            XCTAssertNotEqual(town.session.home.stage, .notRegistered)
            XCTAssertLessThanOrEqual(town.session.unseenAfterSecs, 2 * hour, "woken at the day, not some hours later")
            clock.advance(hours: 2.1)
            await town.session.keepUp()
            XCTAssertEqual(town.session.home.stage, .notRegistered)
            XCTAssertEqual(town.session.sunset?.stage, .erased)
            XCTAssertEqual(town.session.unseenAfterSecs, 4 * hour)
        }
    }

    func testTheNextStartErases() async throws {
        try await inEndingTown { town, clock in
            town.app.close()
            clock.advance(hours: 12 * 24)
            await town.app.open()
            let session = try XCTUnwrap(town.app.session)
            await session.sync(.appOpened)
            XCTAssertEqual(session.home.stage, .notRegistered)
        }
    }

    func testARefreshBehindErasesAndTellsIt() async throws {
        try await inEndingTown { town, clock in
            clock.advance(hours: 12 * 24)
            let isToTell = await town.session.syncUnseen()
            XCTAssertTrue(isToTell)
            XCTAssertEqual(town.session.home.stage, .notRegistered)
        }
    }
}
