import HealthCodeKit
import TestSupport
import XCTest

final class ExportTests: PhoneTestCase {
    func testEverythingThatIsHeldIsGivenToTheCitizen() async throws {
        let health = try await Phone(folder("phone"), authority.config()).open()
        let data = try await health.exportData()
        XCTAssertTrue(data.contains("health-code-export") && data.contains("leftOut"))
        do {
            _ = try await health.requestHoldings()
            XCTFail("nobody registered")
        } catch let error as HealthCodeError {
            XCTAssertEqual(error.code, "not_registered")
        }
        let view = try await health.exportView()
        XCTAssertEqual(view.holdings, .notRequested)
        XCTAssertTrue(view.sections.allSatisfy { !$0.title.isEmpty })
        let paper = try await health.exportDocument()
        XCTAssertTrue(paper.fileName.hasSuffix(".pdf"))
        XCTAssertEqual(paper.blocks.first?.kind, .title)
        XCTAssertEqual(paper.blocks.first?.text, view.title)
        let foot = try await health.exportPageText(page: 2, of: 7)
        XCTAssertTrue(foot.contains("2"))
        health.close()
    }
}
