import Foundation
import HealthCodeKit
import XCTest

@testable import HealthCodeScreens

/// The phone's lock before the app: from the start and from each leaving, until the phone says who it is.
@MainActor
final class AppLockTests: XCTestCase, @unchecked Sendable {
    private func preferences() throws -> Preferences {
        Preferences(try XCTUnwrap(UserDefaults(suiteName: "lock-\(UUID().uuidString)")))
    }

    func testWhoDoesNotWantItIsNeverAsked() async throws {
        let preferences = try preferences()
        XCTAssertFalse(preferences.isLocked, "off by default")
        let lock = AppLock(preferences) { true }
        XCTAssertFalse(lock.isClosed)
        lock.close()
        XCTAssertFalse(lock.isClosed)
    }

    func testItIsClosedFromTheStartAndFromEachLeaving() async throws {
        let preferences = try preferences()
        preferences.isLocked = true
        let lock = AppLock(preferences) { true }
        XCTAssertTrue(lock.isClosed)
        await lock.open { false }
        XCTAssertTrue(lock.isClosed)
        await lock.open { true }
        XCTAssertFalse(lock.isClosed)
        lock.close()
        XCTAssertTrue(lock.isClosed)
        // Left while the phone was asking: what it says then is of before.
        await lock.open {
            lock.close()
            return true
        }
        XCTAssertTrue(lock.isClosed)
    }

    func testAPhoneWithoutALockKeepsNobodyOut() async throws {
        let preferences = try preferences()
        preferences.isLocked = true
        XCTAssertFalse(AppLock(preferences) { false }.isClosed)
    }
}
