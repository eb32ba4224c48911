import Foundation
import XCTest

@testable import HealthCodeScreens

/// What can be known of the look without drawing: contrasts, sizes, and that states are told without colour.
final class LookTests: XCTestCase {
    /// WCAG 2.2, contrast ratio.
    private func contrast(_ one: RGB, _ other: RGB) -> Double {
        func luminance(_ colour: RGB) -> Double {
            func linear(_ value: Double) -> Double {
                value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
            }
            return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue)
        }
        let (light, dark) = (max(luminance(one), luminance(other)), min(luminance(one), luminance(other)))
        return (light + 0.05) / (dark + 0.05)
    }

    func testTextsCanBeReadOnWhatTheyLieOn() {
        for mark in Mark.allCases { XCTAssertGreaterThanOrEqual(contrast(mark.fill, mark.text), 4.5, mark.rawValue) }
        for palette in [Palette.light, .dark] {
            for text in [palette.text, palette.second, palette.action, palette.error] {
                XCTAssertGreaterThanOrEqual(contrast(text, palette.page), 4.5)
            }
            XCTAssertGreaterThanOrEqual(contrast(palette.onAction, palette.action), 4.5)
            XCTAssertGreaterThanOrEqual(contrast(palette.onStrip, palette.strip), 4.5)
            XCTAssertGreaterThanOrEqual(contrast(palette.border, palette.page), 3)
            XCTAssertGreaterThanOrEqual(contrast(palette.outline, palette.page), 3)
        }
    }

    func testStatesDifferWithoutColour() {
        XCTAssertEqual(Set(Mark.allCases.map(\.shape)).count, Mark.allCases.count)
    }

    func testEldersHaveLargerTextsAndButtons() {
        for role in Tokens.TextRole.allCases {
            let (usual, elder) = (
                Tokens.text(role, isElder: false, language: "en"), Tokens.text(role, isElder: true, language: "en")
            )
            XCTAssertGreaterThan(elder.size, usual.size)
            XCTAssertGreaterThanOrEqual(usual.line / usual.size, 1.2)
            XCTAssertGreaterThanOrEqual(elder.size, 18)
        }
        XCTAssertGreaterThanOrEqual(Tokens.touch(isElder: false), 48)
        XCTAssertGreaterThanOrEqual(Tokens.touch(isElder: true), 60)
    }

    func testScriptsHaveTheirAir() {
        let body = { (language: String) in Tokens.text(.body, isElder: false, language: language) }
        XCTAssertEqual(body("en-GB").size, 17)
        XCTAssertEqual(body("en-GB").line, 26)
        XCTAssertEqual(body("ar_SA").size, 19)
        for (language, factor) in [("zh-Hans", 1.5), ("ko-KR", 1.55), ("ar", 1.7)] {
            XCTAssertGreaterThanOrEqual(body(language).line, body(language).size * factor)
        }
        for role in Tokens.TextRole.allCases {
            let english = Tokens.text(role, isElder: false, language: "en").size
            let arabic = Tokens.text(role, isElder: false, language: "ar").size
            XCTAssertEqual(arabic, role == .verdict ? english : english + 2)
        }
    }

    func testKeysAreGroupedAndStandFromLeftToRight() {
        let text = "By (ab12 cd34), entry 0123456789"
        let set = pieces(of: text, keys: ["ab12 cd34", "", "0123456789"])
        XCTAssertEqual(set.map(\.isKey), [false, true, false, true])
        XCTAssertEqual(
            set.map(\.text), ["By (", "\u{2066}ab12 cd34\u{2069}", "), entry ", "\u{2066}0123 4567 89\u{2069}"])
        XCTAssertEqual(pieces(of: "none", keys: ["ab"]), [KeyPiece(text: "none", isKey: false)])
        XCTAssertEqual(pieces(of: "", keys: []), [])
    }

    /// As the brief has it: 8 pixels a module on 320 points at 2x, 14 on 360 at 3x, 15 on 390 at 3x; never a part of one.
    func testACodesModulesAreWholePixels() {
        XCTAssertEqual(Tokens.pixelsPerModule(width: 320, height: 600, scale: 2), 8)
        XCTAssertEqual(Tokens.pixelsPerModule(width: 360, height: 600, scale: 3), 14)
        XCTAssertEqual(Tokens.pixelsPerModule(width: 390, height: 600, scale: 3), 15)
        XCTAssertEqual(Tokens.pixelsPerModule(width: 844, height: 300, scale: 3), 13)
        XCTAssertEqual(Tokens.pixelsPerModule(width: 0, height: 0, scale: 3), 1)
    }
}
