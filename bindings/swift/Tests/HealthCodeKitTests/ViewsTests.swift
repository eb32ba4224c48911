import HealthCodeKit
import TestSupport
import XCTest

/// What a screen draws comes whole from the core: state, next step, strips, the rule, the history.
final class ViewsTests: PhoneTestCase {
    func testFromNothingToACodeThatHasEnded() async throws {
        let authority = try Authority(folder("gone"))
        let clock = HandClock()
        let health = try await Phone(folder("phone"), authority.config()).open(clock: clock)
        XCTAssertEqual(health.home.status.kind, .unknown)
        XCTAssertEqual(health.home.nextStep.kind, .register)
        XCTAssertEqual(health.home.notices, [])
        try await health.turnGreen()
        XCTAssertEqual(health.home.status.title, "Green: no restriction")
        XCTAssertEqual(health.home.nextStep.kind, .showCode)
        let colour = try XCTUnwrap(health.home.colour)
        XCTAssertEqual(colour.ruleText, "Green as long as none of the rules for red and yellow holds.")
        XCTAssertEqual(colour.colour, .green)
        try await health.setLanguage("zh-Hans-CN")
        XCTAssertEqual(health.home.status.title, "绿码 暂无限制")
        authority.stop()
        let outcome = try await health.sync()
        XCTAssertEqual(outcome.result, .offline)
        XCTAssertEqual(health.home.notices.map(\.kind), [.offline])
        XCTAssertEqual(health.home.notices.map(\.text), ["离线，可继续使用"])
        clock.advance(milliseconds: 25 * 3_600_000)
        let ended = try await health.refresh()
        XCTAssertEqual(ended.status.kind, .unknown)
        XCTAssertEqual(ended.status.title, "状态待更新")
        XCTAssertEqual(ended.nextStep.kind, .connect)
        XCTAssertEqual(ended.notices.map(\.kind), [.expired, .offline, .stale])
        health.close()
    }

    func testAStoreThatDoesNotOpenSaysWhatCanBeDone() {
        let shown = HealthCodeError.Store(code: "store_key_refused").openingFailure(language: "en")
        XCTAssertEqual(shown.kind, .keyLost)
        XCTAssertEqual(shown.title, "The key is lost")
        XCTAssertTrue(shown.canReset && !shown.canRetry)
        let full = HealthCodeError.Store(code: "store_disk_full").openingFailure(language: "zh")
        XCTAssertEqual(full.kind, .noSpace)
        XCTAssertTrue(full.canRetry && !full.canReset)
    }
}
