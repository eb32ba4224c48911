import HealthCodeKit
import TestSupport
import XCTest

/// The home view and the code keep up with what happens.
final class HomeTests: PhoneTestCase {
    func testWhatOnlyTimeChangesIsNewAfterARefresh() async throws {
        let clock = HandClock()
        let health = try await Phone(folder("phone"), authority.config()).open(clock: clock)
        try await health.turnGreen()
        clock.advance(milliseconds: 25 * 3_600_000)
        XCTAssertTrue(health.home.codeAvailable, "nothing has asked yet")
        let view = try await health.refresh()
        XCTAssertFalse(view.codeAvailable, "the credential lives for 24 hours at most")
        XCTAssertTrue((90_000...90_100).contains(try XCTUnwrap(view.dataAgeSecs)), "\(view)")
        XCTAssertEqual(view, health.home)
        health.close()
        let error = await failure { try await health.refresh() }
        XCTAssertEqual(error?.code, "closed")
    }

    func testASyncThatSetsTheClockRightChangesTheCodeAtOnce() async throws {
        let lifetime = ["credential_min_hours": "24", "credential_max_hours": "24"]
        let authority = try Authority(folder("patient"), settings: lifetime)
        defer { authority.stop() }
        let phone = try Phone(folder("phone"), authority.config())
        let first = try await phone.open()
        try await first.turnGreen()
        first.close()
        // The phone was off, and its clock runs three hours fast since.
        let health = try await phone.open(clock: HandClock(ahead: .seconds(3 * 3_600), boot: 2))
        let shown = Locked<[String]>([])
        let codes = health.codes
        let collector = Task { for await code in codes { shown.change { $0.append(code.text) } } }
        let isShown = await eventually { shown.value.count == 1 }
        XCTAssertTrue(isShown)
        let before = try XCTUnwrap(health.home.credentialExpiresAt)
        XCTAssertFalse(health.home.timeIsAnchored)
        let outcome = try await health.sync()
        XCTAssertEqual(outcome.result, .synced)
        // Less than a rotation, and the credential is the same.
        let isNew = await eventually(within: .seconds(10)) { shown.value.count == 2 }
        XCTAssertTrue(isNew)
        XCTAssertEqual(health.home.credentialExpiresAt, before)
        XCTAssertEqual(Set(shown.value).count, 2)
        XCTAssertTrue(health.home.timeIsAnchored)
        health.close()
        await collector.value
    }

    func testManyChangesAtOnceLeaveTheViewOfTheLast() async throws {
        let health = try await Phone(folder("phone"), authority.config()).open()
        try await health.turnGreen()
        let leg = ItineraryLeg(
            division: 420_100, from: "2026-11-20", until: "2026-11-22", transport: "train", number: "G590")
        for _ in 0..<5 {
            let ids = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<8 { group.addTask { try await health.submitItinerary(legs: [leg]) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            XCTAssertEqual(health.home.uploadsWaiting, 8)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for id in ids { group.addTask { try await health.dismissUpload(id: id) } }
                try await group.waitForAll()
            }
            XCTAssertEqual(health.home.uploadsWaiting, 0)
        }
        health.close()
    }

    func testWhatWasClosedIsLetGoOnBothSides() async throws {
        let (health, clock) = try await openedAndClosed(Phone(folder("phone"), authority.config()))
        // The core held the clock: its own end is the end of what the app gave it.
        let isGone = await eventually { health.object == nil && clock.object == nil }
        XCTAssertTrue(isGone)
    }

    private func openedAndClosed(_ phone: Phone) async throws -> (health: Weak, clock: Weak) {
        let clock = HandClock()
        let health = try await phone.open(clock: clock)
        try await health.sync()
        health.close()
        return (Weak(health), Weak(clock))
    }
}

private final class Weak: @unchecked Sendable {
    private(set) weak var object: AnyObject?

    init(_ object: AnyObject) { self.object = object }
}
