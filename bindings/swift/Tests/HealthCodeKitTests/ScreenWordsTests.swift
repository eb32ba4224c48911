import HealthCodeKit
import XCTest

/// The words of the screens, from the real library.
final class ScreenWordsTests: XCTestCase {
    private func plain(_ text: String) -> String {
        text.replacingOccurrences(of: "\u{2068}", with: "").replacingOccurrences(of: "\u{2069}", with: "")
    }

    func testWordsOfALanguageWithTheirArguments() {
        let english = ScreenWords(language: "en-GB")
        let chinese = ScreenWords(language: "zh-Hans-CN")
        XCTAssertEqual(english["common-offline"], "Offline, still works")
        XCTAssertEqual(chinese["common-offline"], "离线，可继续使用")
        XCTAssertEqual(plain(english.format("form-progress", ["step": 3, "total": 9])), "3 of 9")
        XCTAssertEqual(plain(chinese.format("form-progress", ["step": 3, "total": 9])), "第 3 题，共 9 题")
        XCTAssertEqual(plain(english.format("common-days", ["count": 1])), "1 day")
        XCTAssertEqual(plain(english.format("common-days", ["count": "2"])), "2 days")
        let arabic = ScreenWords(language: "ar-SA")
        XCTAssertEqual(arabic.direction, .rightToLeft)
        XCTAssertEqual(
            [2, 3, 14].map { plain(arabic.format("common-days", ["count": $0])) }, ["يومان", "3 أيام", "14 يومًا"])
        XCTAssertEqual(
            ScreenWords(language: "ko-KR").format("common-call-number", ["number": "12320"]),
            "\u{2068}12320\u{2069} 전화하기")
        XCTAssertEqual(screenLanguages(), ["zh", "en", "ko", "ar"])
        XCTAssertEqual(
            screenLanguages().map { ScreenWords(language: $0)["settings-language-name"] },
            ["简体中文", "English", "한국어", "العربية"])
    }

    func testAMomentIsAsShortAsItCanBeToldApart() {
        let words = ScreenWords(language: "en")
        let now: Int64 = 1_774_423_200
        XCTAssertEqual(words.moment(now - 5 * 3_600, now: now), "10:20")
        XCTAssertEqual(words.moment(now + 23 * 3_600, now: now, style: .deadline), "tomorrow 14:20 (23 h)")
        XCTAssertEqual(ScreenWords(language: "zh").date("2026-11-26"), "2026年11月26日")
    }

    func testAWordThatIsNotThereIsItsId() {
        let words = ScreenWords(language: "en")
        XCTAssertEqual(words["no-such-word"], "no-such-word")
        XCTAssertEqual(words.format("form-progress", ["step": 3]), "form-progress")
        XCTAssertEqual(words, ScreenWords(language: "en"))
    }
}
