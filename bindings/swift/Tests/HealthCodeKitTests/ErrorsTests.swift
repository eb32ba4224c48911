import XCTest
@testable import HealthCodeKit
final class ErrorsTests: XCTestCase { func testClosed() { XCTAssertEqual(HealthCodeError.closed.code, "closed") } }
