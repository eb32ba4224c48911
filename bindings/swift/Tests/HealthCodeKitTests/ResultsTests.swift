import HealthCodeKit
import TestSupport
import XCTest

final class ResultsTests: PhoneTestCase {
    func testAPhoneWithoutResultsSaysSoAndProvesNone() async throws {
        let health = try await Phone(folder("phone"), authority.config()).open()
        let view = try await health.results()
        XCTAssertTrue(view.current.isEmpty && view.history.isEmpty && !view.text.isEmpty)
        XCTAssertNil(view.nextChangeAt)
        try await health.markResultsRead(ids: ["lab/1"])
        do {
            _ = try await health.resultProof(id: "lab/1")
            XCTFail("there is none")
        } catch let error as HealthCodeError {
            XCTAssertEqual(error.code, "result_unknown")
        }
        health.close()
    }
}
