import Foundation
import TestSupport
import XCTest

@testable import HealthCodeScreens

/// The table that both apps have in common.
final class ScenarioTests: XCTestCase, @unchecked Sendable {
    @MainActor
    func testEveryScenarioInBothLanguages() async throws {
        let scenarios = try Scenario.all(in: projectRoot.appendingPathComponent("tests/scenarios"))
        XCTAssertGreaterThan(scenarios.count, 3)
        for scenario in scenarios {
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent("scenario-\(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(at: folder) }
            do {
                try await ScenarioRunner(scenario, in: folder).run()
            } catch {
                XCTFail("\(scenario.scenario): \(error)")
            }
        }
    }
}
