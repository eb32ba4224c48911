import Foundation
import HealthCodeKit
import TestSupport
import XCTest

/// The String Catalogs are made of the core's words: those that the system reads while the app does not run.
///
/// `HEALTH_CODE_WRITE=1` writes them.
final class CatalogueTests: XCTestCase {
    private static let languages = ["en", "zh-Hans", "ko", "ar"]
    private let folder = projectRoot.appendingPathComponent("ios-demo/HealthCode/Resources")

    func testTheCataloguesAreTheCoresWords() throws {
        let outside = ["outside-show-code", "outside-tile", "outside-widget-hint"]
        try compare("Localizable.xcstrings", Dictionary(uniqueKeysWithValues: outside.map { ($0, $0) }))
        try compare(
            "InfoPlist.xcstrings",
            [
                "CFBundleDisplayName": "common-app-name",
                "NSCameraUsageDescription": "outside-camera-use",
                "NSFaceIDUsageDescription": "lock-text",
                "NSLocationWhenInUseUsageDescription": "clinics-position-private",
            ])
    }

    private func compare(_ name: String, _ ids: [String: String]) throws {
        var strings: [String: Any] = [:]
        for (key, id) in ids {
            var texts: [String: Any] = [:]
            for language in Self.languages {
                let word = ScreenWords(language: language)[id]
                XCTAssertNotEqual(word, id, "no such word")
                texts[language] = ["stringUnit": ["state": "translated", "value": word]]
            }
            strings[key] = ["extractionState": "manual", "localizations": texts]
        }
        let whole: [String: Any] = ["sourceLanguage": "en", "strings": strings, "version": "1.0"]
        let options: JSONSerialization.WritingOptions = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let made = try JSONSerialization.data(withJSONObject: whole, options: options) + Data("\n".utf8)
        let file = folder.appendingPathComponent(name)
        if ProcessInfo.processInfo.environment["HEALTH_CODE_WRITE"] != nil { try made.write(to: file) }
        XCTAssertEqual(try String(contentsOf: file, encoding: .utf8), String(decoding: made, as: UTF8.self), name)
    }
}
