import HealthCodeKit
import TestSupport
import XCTest

/// The rotating code: on time, only while somebody looks, and without growth.
final class RotationTests: PhoneTestCase {
    func testAThousandRotationsMakeAThousandCodesAndNoGrowth() async throws {
        let clock = HandClock()
        let health = try await Phone(folder("phone"), authority.config()).open(clock: clock)
        try await health.turnGreen()
        let period = try await health.currentCode().rotationSecs * 1_000

        func rotate(_ times: Int) async throws -> Int {
            var texts = Set<String>()
            for _ in 0..<times {
                clock.advance(milliseconds: Int64(period))
                let code = try await health.currentCode()
                XCTAssertEqual(code.remainingMs, period)
                texts.insert(code.text)
                _ = try code.png()
            }
            return texts.count
        }
        _ = try await rotate(200)
        let before = try residentBytes()
        let made = try await rotate(1_000)
        XCTAssertEqual(made, 1_000)
        let growth = try residentBytes() - before
        XCTAssertLessThan(growth, 24_000_000, "the process grew by \(growth) bytes")
        health.close()
    }

    func testACodeMadeLaterIsAcceptedAtItsOwnTime() async throws {
        let clock = HandClock()
        let health = try await Phone(folder("phone"), authority.config()).open(clock: clock)
        try await health.turnGreen()
        let trust = try await health.publishedBundle(.trust)
        let checkpoint = try Checkpoint(trustBundle: XCTUnwrap(trust), rootKey: authority.rootKey)
        for _ in 0..<50 {
            clock.advance(milliseconds: 25_000)
            let at = try await health.now().atMs / 1_000
            let code = try await health.currentCode()
            XCTAssertTrue(try checkpoint.check(code.text, at: at).accepted)
        }
        checkpoint.close()
        health.close()
    }

    func testTheStreamTicksWithTheRotationAndRestsWhileNobodyIterates() async throws {
        let clock = HandClock()
        let health = try await Phone(folder("phone"), authority.config()).open(clock: clock)
        // Nobody has a code yet: the stream waits instead of failing or ending.
        let none = health.codes
        let waited = await within(.milliseconds(500)) { () -> Bool in
            for await _ in none { return true }
            return !Task.isCancelled
        }
        XCTAssertNotEqual(waited, true, "a code before there was one")
        try await health.turnGreen()

        // One look, 300 ms before the next rotation: the next code comes by itself, and not before its time.
        let shown = try await health.currentCode()
        clock.advance(milliseconds: Int64(shown.remainingMs) - 300)
        let collected = Locked<[String]>([])
        let codes = health.codes
        let start = ContinuousClock.now
        let collector = Task {
            for await code in codes {
                collected.change { $0.append(code.text) }
                if collected.value.count == 1 { clock.advance(milliseconds: 300) }
            }
        }
        let hasTicked = await eventually { collected.value.count >= 2 }
        XCTAssertTrue(hasTicked)
        XCTAssertGreaterThan(ContinuousClock.now - start, .milliseconds(250))
        XCTAssertEqual(collected.value.first, shown.text)
        XCTAssertNotEqual(collected.value.last, shown.text)
        collector.cancel()
        await collector.value

        let readings = clock.readings
        try await Task.sleep(for: .seconds(1))
        XCTAssertEqual(clock.readings, readings, "the core was asked although nobody looks")
        health.close()
    }

    func testAStreamThatNobodyIteratesAsksNothing() async throws {
        let clock = HandClock()
        let health = try await Phone(folder("phone"), authority.config()).open(clock: clock)
        try await health.turnGreen()
        // What follows a sync is told on a thread of its own.
        var readings = clock.readings
        repeat {
            readings = clock.readings
            try await Task.sleep(for: .milliseconds(300))
        } while readings != clock.readings
        let unused = health.codes
        try await Task.sleep(for: .milliseconds(300))
        XCTAssertEqual(clock.readings, readings)
        // Closing ends it.
        health.close()
        let ended = await within(.seconds(30)) { () -> Bool in
            for await _ in unused { return false }
            return true
        }
        XCTAssertEqual(ended, true)
    }

    private func residentBytes() throws -> Int {
        #if os(Linux)
            let pages = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
            return (Int(pages[1]) ?? 0) * 4_096
        #else
            let told = try output(
                of: URL(fileURLWithPath: "/bin/ps"),
                ["-o", "rss=", "-p", "\(ProcessInfo.processInfo.processIdentifier)"])
            return (Int(String(decoding: told, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0)
                * 1_024
        #endif
    }
}
