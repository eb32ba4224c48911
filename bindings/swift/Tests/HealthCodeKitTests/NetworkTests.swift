import HealthCodeKit
import TestSupport
import XCTest

/// Networks that fail, lie or say nothing: showing the code goes on.
final class NetworkTests: PhoneTestCase {
    func testAnotherCertificateAuthorityIsRefusedAndTheCodeGoesOnBeingShown() async throws {
        let phone = try Phone(folder("phone"), authority.config())
        let own = try await phone.open()
        try await own.turnGreen()
        own.close()
        let stranger = try Authority(folder("stranger"))
        let deceived = try Phone(folder("phone"), authority.config(baseURL: stranger.baseURL))
        let health = try await deceived.open()
        let outcome = try await health.sync()
        XCTAssertEqual(outcome.result, .certificateRefused)
        XCTAssertEqual(outcome.problem, "network_certificate_refused")
        let code = try await health.currentCode()
        XCTAssertTrue(code.text.hasPrefix("JKM1:"))
        health.close()
        stranger.stop()
    }

    func testAServerThatIsGoneLeavesThePhoneAsItWas() async throws {
        let health = try await Phone(folder("phone"), authority.config()).open()
        try await health.turnGreen()
        authority.stop()
        try await health.submitAppeal(statement: "请复核。")
        let outcome = try await health.sync()
        XCTAssertEqual(outcome.result, .offline)
        XCTAssertEqual(outcome.problem, "network_unreachable")
        XCTAssertEqual(health.home.uploadsWaiting, 1)
        let code = try await health.currentCode()
        XCTAssertTrue(code.text.hasPrefix("JKM1:"))
        try authority.start()
        let next = try await health.sync()
        XCTAssertEqual(next.result, .synced)
        XCTAssertEqual(health.home.uploadsWaiting, 0)
        health.close()
    }

    func testCancellingTheTaskEndsASyncInMidCallInRustToo() async throws {
        let server = try SilentServer()
        let health = try await Phone(folder("phone"), authority.config(baseURL: server.baseURL)).open()
        let running = Task { try await health.sync(deadline: .seconds(120)) }
        try await server.awaitCaller()
        let start = ContinuousClock.now
        running.cancel()
        let result = await running.result
        XCTAssertLessThan(ContinuousClock.now - start, .seconds(30))
        XCTAssertThrowsError(try result.get()) { XCTAssertTrue($0 is CancellationError, "\($0)") }
        // Rust has let go as well: another sync is not told that one is running.
        let next = try await health.sync(deadline: .milliseconds(300))
        XCTAssertEqual(next.result, .deadlinePassed)
        health.close()
    }

    func testADeadlineIsKeptAndTwoSyncsDoNotRunAtOnce() async throws {
        let server = try SilentServer()
        let health = try await Phone(folder("phone"), authority.config(baseURL: server.baseURL)).open()
        let start = ContinuousClock.now
        let running = Task { try await health.sync(deadline: .milliseconds(1_500)) }
        try await server.awaitCaller()
        let second = try await health.sync()
        XCTAssertEqual(second.result, .alreadyRunning)
        let outcome = try await running.value
        XCTAssertEqual(outcome.result, .deadlinePassed)
        // The deadline that was given, not the usual one of 20 seconds.
        XCTAssertLessThan(ContinuousClock.now - start, .seconds(15))
        health.close()
    }

    func testADeadlineOfAnySizeIsTaken() async throws {
        let health = try await Phone(folder("phone"), authority.config()).open()
        let late = try await health.sync(deadline: .seconds(-1))
        XCTAssertEqual(late.result, .deadlinePassed)
        let patient = try await health.sync(deadline: .seconds(1 << 60))
        XCTAssertEqual(patient.result, .synced)
        health.close()
    }

    func testClosingEndsASync() async throws {
        let server = try SilentServer()
        let health = try await Phone(folder("phone"), authority.config(baseURL: server.baseURL)).open()
        let running = Task { try await health.sync(deadline: .seconds(120)) }
        try await server.awaitCaller()
        let start = ContinuousClock.now
        health.close()
        let ended = try await running.value
        XCTAssertEqual(ended.result, .cancelled)
        XCTAssertLessThan(ContinuousClock.now - start, .seconds(30))
        let error = await failure { try await health.sync() }
        XCTAssertEqual(error?.code, "closed")
    }

    func testTheAppsOwnNetworkCarriesTheMainJob() async throws {
        let transport = OpenSSLTransport(caFile: authority.caFile)
        let health = try await Phone(folder("phone"), authority.config()).open(transport: transport)
        try await health.turnGreen()
        XCTAssertGreaterThanOrEqual(transport.requests, 4)
        XCTAssertTrue(health.home.codeAvailable)
        let scheduled = try await health.sync(reason: .scheduled)
        XCTAssertEqual(scheduled.result, .notNeeded)
        XCTAssertNil(scheduled.problem)
        health.close()
    }
}
