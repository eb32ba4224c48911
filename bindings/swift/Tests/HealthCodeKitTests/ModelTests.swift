import HealthCodeKit
import TestSupport
import XCTest

/// The model for screens: follows on the main actor, from its task's start to its end.
final class ModelTests: PhoneTestCase {
    func testTheModelFollowsTheHealthCodeOnTheMainActor() async throws {
        let health = try await Phone(folder("phone"), authority.config()).open()
        try await follow(health, authority)
        health.close()
    }

    func testAScreenThatComesBackShowsWhatTimeChanged() async throws {
        let clock = HandClock()
        let health = try await Phone(folder("phone"), authority.config()).open(clock: clock)
        try await health.turnGreen()
        clock.advance(milliseconds: 25 * 3_600_000)
        try await comeBack(health)
        health.close()
    }
}

@MainActor
private func comeBack(_ health: HealthCode) async throws {
    let model = HealthCodeModel(health)
    XCTAssertTrue(model.home.codeAvailable, "nothing has asked yet")
    let running = Task { await model.run() }
    try await until { !model.home.codeAvailable }
    running.cancel()
    await running.value
}

@MainActor
private func follow(_ health: HealthCode, _ authority: Authority) async throws {
    let model = HealthCodeModel(health)
    let running = Task { await model.run() }
    XCTAssertNil(model.code)
    await model.attempt { try await $0.submitDeclaration(answers: [:]) }
    XCTAssertEqual(model.failure, textOfCode(code: "not_registered", language: "en"))
    await model.attempt { try await $0.turnGreen() }
    XCTAssertNil(model.failure)
    try await until { model.home.colour?.colour == .green && model.code?.colour == .green }
    try authority.changeColour(XCTUnwrap(model.home.colour).citizenId, to: "red", reason: "confirmed")
    await model.sync()
    XCTAssertFalse(model.isSyncing)
    // The first colour is an alert too.
    try await until { model.code?.colour == .red && model.alerts.count == 2 }
    model.acknowledgeAlert()
    guard case .colourChanged(let change) = model.alerts.first else { return XCTFail("no change") }
    XCTAssertEqual([change.from, change.to], [.green, .red])
    model.acknowledgeAlert()
    model.acknowledgeAlert()
    XCTAssertEqual(model.alerts, [])
    running.cancel()
    await running.value
    XCTAssertNil(model.code)
}

@MainActor
private func until(_ holds: () -> Bool) async throws {
    for _ in 0..<1_000 where !holds() { try await Task.sleep(for: .milliseconds(10)) }
    XCTAssertTrue(holds())
}
