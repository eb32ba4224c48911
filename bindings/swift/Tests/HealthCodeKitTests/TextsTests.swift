import Foundation
import HealthCodeKit
import TestSupport
import XCTest

/// tests/vectors/texts.json: each function that makes words says what the core says. Kotlin runs the same ones.
final class TextsTests: XCTestCase {
    private struct Texts: Decodable {
        struct Call: Decodable {
            let call: String
            let with: [String?]
            let gives: [String: [String?]]
        }

        let calls: [Call]
    }

    func testEveryFunctionSaysWhatTheCoreSaysInEveryLanguage() throws {
        var run = 0
        for call in try read(Texts.self, "texts.json").calls {
            for (language, expected) in call.gives {
                run += 1
                let found = try told(Given(call.with), call.call, language)
                XCTAssertEqual(found, expected, "\(call.call) \(call.with) \(language)")
            }
        }
        XCTAssertGreaterThan(run, 500)
    }

    func testEveryCodeHasItsTextInEveryLanguage() throws {
        let table = try String(
            contentsOf: projectRoot.appendingPathComponent("docs/ERROR_CODES.md"), encoding: .utf8)
        let codes = table.split(separator: "\n").filter { $0.hasPrefix("| `") }.map {
            String($0.dropFirst(3).prefix { $0 != "`" })
        }
        XCTAssertGreaterThan(codes.count, 100)
        for code in codes {
            let texts = screenLanguages().compactMap { textOfCode(code: code, language: $0) }
            XCTAssertEqual(texts.count, screenLanguages().count, code)
            XCTAssertEqual(Set(texts).count, texts.count, code)
            XCTAssertTrue(texts.allSatisfy { !$0.isEmpty }, code)
        }
        XCTAssertNil(textOfCode(code: "no such code", language: "en"))
    }

    /// What a call gives, piece by piece.
    private func told(_ given: Given, _ call: String, _ language: String) throws -> [String?] {
        switch call {
        case "colour_at_door": return told(try atDoor(given, language))
        case "colour_texts":
            let texts = colourTexts(colour: try given.one(0), language: language)
            return [texts.word, texts.shape]
        case "colour_words":
            return told(colourWords(colour: try given.one(0), scheme: try given.one(1), language: language))
        case "consent": return [consent(language: language).text]
        case "date_text": return [dateText(date: try given.text(0), language: language)]
        case "distance_text":
            return [distanceText(metres: try XCTUnwrap(UInt32(given.text(0))), language: language)]
        case "document_kind_name": return [documentKindName(kind: try given.one(0), language: language)]
        case "explain_document":
            let told = explainDocument(kind: try given.one(0), number: try given.text(1), language: language)
            return [id(told.kind), told.title, told.form, told.number, told.fault, told.faultText, told.bornOn]
        case "is_health_code": return ["\(isHealthCode(text: try given.text(0)))"]
        case "key_fingerprint": return [keyFingerprint(key: unhex(try given.text(0)))]
        case "localized_text": return [localizedText(text: try given.localized(0), language: language)]
        case "moment_text": return [try moment(given, language)]
        case "opening_failure":
            let told = openingFailure(code: try given.text(0), language: language)
            return [id(told.kind), told.title, told.text, "\(told.canRetry)", "\(told.canReset)"]
        case "person_to_compare":
            let person = personToCompare(
                maskedName: try given.text(0), documentTail: try given.text(1), language: language)
            return [person.name, person.documentTail, person.text]
        case "reason_texts":
            let told = reasonTexts(reason: try given.one(0), language: language)
            return [told.id, told.text, told.instruction]
        default: return try toldMore(given, call, language)
        }
    }

    private func toldMore(_ given: Given, _ call: String, _ language: String) throws -> [String?] {
        switch call {
        case "screen_languages": return screenLanguages()
        case "screen_text":
            return [screenText(id: try given.text(0), arguments: try given.arguments(), language: language)]
        case "screen_texts": return [screenTexts(language: language)[try given.text(0)]]
        case "text_direction": return [id(textDirection(language: language))]
        case "text_of_code": return [textOfCode(code: try given.text(0), language: language)]
        case "transports": return transports()
        case "verdict_act":
            let isChecked = try given.text(1) == "true"
            return [verdictAct(refusal: try given.maybe(0), statusChecked: isChecked).map(id)]
        case "verdict_act_text": return [verdictActText(act: try given.one(0), language: language)]
        case "verdict_level":
            return [id(verdictLevel(refusal: try given.maybe(0), localColour: try given.maybe(1)))]
        case "verdict_text":
            let told = verdictText(refusal: try given.maybe(0), language: language)
            return [told.code, told.text]
        default: throw SetUpFailure("\(call) is unknown here")
        }
    }

    private func told(_ words: ColourWords) -> [String?] {
        [id(words.tone), words.shape, words.word, words.title, words.spoken]
    }

    private func told(_ view: DoorColourView) -> [String?] {
        told(view.own) + told(view.here) + [
            "\(view.isMapped)", view.ruleId, view.ruleText, view.title, view.spoken, id(view.level),
            view.act.map(id), view.nextStep,
        ]
    }

    private func atDoor(_ given: Given, _ language: String) throws -> DoorColourView {
        let checked = CheckedColour(
            colour: try given.one(0), scheme: try given.one(1), localColour: try given.maybe(2), ruleId: given[3],
            ruleText: given[4] == nil ? nil : try given.localized(4), refusal: try given.maybe(5),
            statusChecked: given[6] == "true")
        return colourAtDoor(checked: checked, language: language)
    }

    private func moment(_ given: Given, _ language: String) throws -> String {
        momentText(
            at: try XCTUnwrap(Int64(given.text(0))), now: try XCTUnwrap(Int64(given.text(1))), style: try given.one(2),
            language: language, utcOffsetMinutes: try XCTUnwrap(Int32(given.text(3))))
    }
}

/// An enumeration's value as the file has it: `high_risk_place`.
private func id(_ value: some Any) -> String {
    "\(value)".reduce(into: "") { id, letter in
        id += letter.isUppercase ? "_\(letter.lowercased())" : String(letter)
    }
}

/// The arguments of a call.
private struct Given {
    private let pieces: [String?]

    init(_ pieces: [String?]) { self.pieces = pieces }

    subscript(place: Int) -> String? { pieces[place] }

    func text(_ place: Int) throws -> String { try XCTUnwrap(pieces[place]) }

    func one<Value: CaseIterable>(_ place: Int) throws -> Value {
        let name = try text(place)
        return try XCTUnwrap(Value.allCases.first { id($0) == name }, name)
    }

    func maybe<Value: CaseIterable>(_ place: Int) throws -> Value? {
        pieces[place] == nil ? nil : try one(place)
    }

    func localized(_ place: Int) throws -> [String: String] {
        try JSONDecoder().decode([String: String].self, from: Data(text(place).utf8))
    }

    /// Those that follow upon an id, by name.
    func arguments() throws -> [String: String] {
        var arguments: [String: String] = [:]
        for place in stride(from: 1, to: pieces.count, by: 2) { arguments[try text(place)] = try text(place + 1) }
        return arguments
    }
}
