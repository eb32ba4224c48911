import HealthCodeKit
import TestSupport
import XCTest

/// What two doors tell each other, and codes that an app draws itself.
final class DoorTests: XCTestCase {
    /// 2027-01-15T08:00:00Z, when the vectors were signed.
    private let openedAt: Int64 = 1_800_000_000

    private func sheet() throws -> CodeVector {
        try XCTUnwrap(try read([CodeVector].self, "code/paper.json").first { $0.name == "paper-sheet" })
    }

    private func door(lists: [String] = ["clear"]) throws -> Checkpoint {
        let published = try Published()
        let door = try Checkpoint(
            trustBundle: published.trust("default"), rootKey: published.rootKey, at: openedAt)
        for list in lists { try door.addStatusList(published.list(list), at: openedAt) }
        return door
    }

    func testASheetThatOneDoorSawIsNamedAtTheOther() throws {
        let (sheet, north, south) = (try sheet(), try door(), try door())
        let at = sheet.at
        XCTAssertEqual(try south.addPapersSeen(north.papersSeen(at: at)), 0, "nothing was seen yet")
        XCTAssertEqual(try north.check(sheet.text, at: at).refusal, .compareWithDocument)
        let list = try north.papersSeen(at: at + 1)
        XCTAssertGreaterThan(list.count, 8)
        XCTAssertNil(list.range(of: Data("欧".utf8)), "numbers and times, no name")
        XCTAssertEqual(try south.addPapersSeen(list), 0)
        XCTAssertEqual(try south.check(sheet.text, at: at + 2).refusal, .paperShownElsewhere)
        XCTAssertEqual(try north.papersSeen(at: at + 3_600), try door().papersSeen(at: at), "a minute, no longer")
        for damaged in [Data(), Data([1]), list + [0]] {
            XCTAssertThrowsError(try south.addPapersSeen(damaged)) {
                XCTAssertEqual(($0 as? HealthCodeError)?.code, "papers_seen_unreadable")
            }
        }
    }

    func testADoorSaysHowMuchItsListsTell() throws {
        let door = try door()
        let lists = try door.lists(at: openedAt)
        XCTAssertTrue(lists.isFresh)
        XCTAssertLessThanOrEqual(try XCTUnwrap(lists.asOf), openedAt)
        let later = try door.lists(at: openedAt + 90 * 86_400)
        XCTAssertEqual(later.asOf, lists.asOf)
        XCTAssertFalse(later.isFresh)
        let none = try self.door(lists: []).lists(at: openedAt)
        XCTAssertNil(none.asOf)
        XCTAssertFalse(none.isFresh)
    }

    /// What a reader of pictures looks for first, and what Kotlin compares with the PNG bit by bit.
    func testTheModulesHaveTheirThreeFinders() throws {
        let text = try sheet().text
        XCTAssertTrue(isHealthCode(text: text))
        let modules = try codeModules(text: text)
        let side = Int(modules.side)
        let width = (side + 7) / 8
        XCTAssertEqual((side - 17) % 4, 0)
        XCTAssertEqual(modules.rows.count, width * side)
        func isDark(_ row: Int, _ column: Int) -> Bool {
            modules.rows[row * width + column / 8] >> UInt8(7 - column % 8) & 1 == 1
        }
        for (top, left) in [(0, 0), (0, side - 7), (side - 7, 0)] {
            for row in 0..<7 {
                for column in 0..<7 {
                    let ring = max(abs(row - 3), abs(column - 3))
                    XCTAssertEqual(isDark(top + row, left + column), ring != 2, "\(top + row), \(left + column)")
                }
            }
        }
        // The two lines that are dark and light in turn.
        for place in 8..<side - 8 {
            XCTAssertEqual(isDark(6, place), place % 2 == 0)
            XCTAssertEqual(isDark(place, 6), place % 2 == 0)
        }
        // Bits beyond the last module are not set.
        for row in 0..<side {
            for column in side..<width * 8 { XCTAssertFalse(isDark(row, column)) }
        }
        XCTAssertNotEqual(try codeModules(text: text + "0").rows, modules.rows)
    }
}

/// What a phone reads out.
final class ReadOutTests: PhoneTestCase {
    func testIsItsOwnAndStays() async throws {
        let phone = try Phone(folder("a"), authority.config())
        let health = try await phone.open()
        let fingerprint = try await health.rootKeyFingerprint()
        XCTAssertEqual(fingerprint, keyFingerprint(key: try authority.rootKey))
        XCTAssertEqual(fingerprint.split(separator: " ").map(\.count), Array(repeating: 4, count: 8))
        try await health.turnGreen()
        let id = try await health.deviceId()
        XCTAssertEqual(id.count, 22)
        health.close()
        let again = try await phone.open()
        let same = try await again.deviceId()
        XCTAssertEqual(same, id, "it stays")
        again.close()
        let other = try await Phone(folder("b"), authority.config()).open()
        let another = try await other.deviceId()
        XCTAssertNotEqual(another, id)
        other.close()
    }

    /// The library as it comes has its own HTTPS: only then is there none of the app's needed.
    func testTheLibraryHasItsOwnNetwork() async throws {
        XCTAssertTrue(httpBuiltIn())
        let token = CancelToken()
        XCTAssertFalse(token.isCancelled())
        token.cancel()
        XCTAssertTrue(token.isCancelled())
    }
}
