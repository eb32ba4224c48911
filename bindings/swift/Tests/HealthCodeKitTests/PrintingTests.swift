import HealthCodeKit
import XCTest

/// Nothing of anybody's is printed: apps log what they hold.
final class PrintingTests: XCTestCase {
    func testRecordsAndAnswersPrintTheirNames() {
        let canary = "王小明13800138000"
        let document = DocumentAnswer(kind: .passport, number: canary)
        let field = FieldError(path: "name", code: "answers_refused", text: canary)
        let values: [Any] = [
            CodeView(
                text: canary, colour: .green, scheme: .domestic, maskedName: canary, remainingMs: 1, rotationSecs: 20,
                credentialExpiresAt: 0, isExpired: false,
                acceptedUntil: nil, acceptedUntilText: canary, shownBeforeText: canary),
            ItineraryLeg(division: 330_106, from: canary, until: canary, transport: canary, number: canary),
            document, Answer.text(text: canary), Answer.document(document: document), Answer.choices(ids: [canary]),
            field, HealthCodeError.FormRefused(code: "answers_refused", fields: [field]),
        ]
        for value in values {
            var dumped = ""
            dump(value, to: &dumped)
            for told in ["\(value)", String(reflecting: value), dumped] {
                XCTAssertFalse(told.contains(canary), told)
            }
        }
        XCTAssertEqual("\(document)", "DocumentAnswer(hidden)")
    }
}
