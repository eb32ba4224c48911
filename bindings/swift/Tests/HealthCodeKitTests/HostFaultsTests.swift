import HealthCodeKit
import TestSupport
import XCTest

/// Callbacks of the app's that throw what they should not: a named error, none of their text, and life goes on.
final class HostFaultsTests: PhoneTestCase {
    private func tellsNothing(_ error: HealthCodeError?, line: UInt = #line) throws {
        let error = try XCTUnwrap(error, line: line)
        for told in ["\(error)", error.localizedDescription, error.text(language: "en"), String(reflecting: error)] {
            XCTAssertFalse(told.contains("王小明") || told.contains("Foreign"), told, line: line)
        }
    }

    func testAGuardThatThrows() async throws {
        let phone = try Phone(folder("phone"), authority.config())
        let keyGuard = FaultyGuard(real: try phone.fileGuard())
        let making = await failure { try await phone.open(keyGuard: keyGuard) }
        XCTAssertEqual(making?.code, "store_key_unavailable")
        try tellsNothing(making)
        keyGuard.isFaulty.change { $0 = false }
        let health = try await phone.open(keyGuard: keyGuard)
        try await health.turnGreen()
        health.close()
        keyGuard.isFaulty.change { $0 = true }
        let opening = await failure { try await phone.open(keyGuard: keyGuard) }
        XCTAssertEqual(opening?.code, "store_key_unavailable")
        try tellsNothing(opening)
        keyGuard.isFaulty.change { $0 = false }
        let again = try await phone.open(keyGuard: keyGuard)
        XCTAssertTrue(again.home.codeAvailable, "nothing was lost")
        again.close()
    }

    func testASignerThatThrows() async throws {
        let signer = FaultySigner(real: try OpenSSLSigner(folder("device.key")))
        let health = try await Phone(folder("phone"), authority.config()).open(signer: signer)
        try await health.turnGreen()
        signer.isFaulty.change { $0 = true }
        let refused = await failure { try await health.currentCode() }
        XCTAssertEqual(refused?.code, "code_signer_failed")
        try tellsNothing(refused)
        signer.isFaulty.change { $0 = false }
        let code = try await health.currentCode()
        XCTAssertTrue(code.text.hasPrefix("JKM1:"))
        health.close()
    }

    func testAnObserverThatThrowsHearsTheNextEventAllTheSame() async throws {
        let phone = try Phone(folder("phone"), authority.config())
        let health = try await phone.open()
        try await health.turnGreen()
        let citizen = try XCTUnwrap(health.home.colour).citizenId
        health.close()
        let observer = FaultyObserver()
        let core = try CoreHealthCode.open(
            dataDir: phone.store.path, config: authority.config(), keyGuard: phone.fileGuard(), observer: observer)
        for (number, change) in [("yellow", "close_contact"), ("red", "confirmed")].enumerated() {
            try authority.changeColour(citizen, to: change.0, reason: change.1)
            let outcome = try core.syncOnce(reason: .userAsked, deadlineMs: 20_000, cancel: CancelToken())
            XCTAssertEqual(outcome.result, .synced)
            let isHeard = await eventually { observer.heard.value == number + 1 }
            XCTAssertTrue(isHeard, change.0)
        }
        XCTAssertEqual(try core.home().colour?.colour, .red)
    }

    func testANetworkThatThrowsIsANetworkThatIsNotThere() async throws {
        let transport = FaultyTransport(real: OpenSSLTransport(caFile: authority.caFile))
        let health = try await Phone(folder("phone"), authority.config()).open(transport: transport)
        let outcome = try await health.sync()
        XCTAssertEqual(outcome.result, .offline)
        XCTAssertEqual(outcome.problem, "network_unreachable")
        transport.isFaulty.change { $0 = false }
        try await health.turnGreen()
        XCTAssertTrue(health.home.codeAvailable)
        health.close()
    }

    func testAClockThatThrowsGivesWayToTheSystems() async throws {
        let health = try await Phone(folder("phone"), authority.config()).open(clock: FaultyClock())
        try await health.turnGreen()
        let time = try await health.now()
        XCTAssertLessThan(abs(Double(time.atMs) / 1_000 - Date().timeIntervalSince1970), 5)
        health.close()
    }
}

/// What nobody may read.
private struct Foreign: Error, CustomStringConvertible {
    var description: String { "Foreign 王小明 11010519491231002X" }
}

private final class FaultyGuard: HostKeyGuard {
    private let real: FileKeyGuard
    let isFaulty = Locked(true)

    init(real: FileKeyGuard) { self.real = real }

    func wrap(secret: Data) throws -> Data {
        if isFaulty.value { throw Foreign() }
        return try real.wrap(secret: secret)
    }

    func unwrap(envelope: Data) throws -> Data {
        if isFaulty.value { throw Foreign() }
        return try real.unwrap(envelope: envelope)
    }
}

private final class FaultySigner: HostDeviceSigner {
    private let real: OpenSSLSigner
    let isFaulty = Locked(false)

    init(real: OpenSSLSigner) { self.real = real }

    func publicKey() throws -> Data { try real.publicKey() }

    func sign(message: Data) throws -> Data {
        if isFaulty.value { throw Foreign() }
        return try real.sign(message: message)
    }

    func isHardware() throws -> Bool { throw Foreign() }

    func credentialSigner(number: UInt64) throws -> (any HostDeviceSigner)? { nil }

    func credentialSlots() throws -> UInt32 { throw Foreign() }
}

private final class FaultyObserver: HostObserver {
    let heard = Locked(0)

    func onEvent(event: HealthCodeEvent) throws {
        heard.change { $0 += 1 }
        throw Foreign()
    }
}

private final class FaultyTransport: HostTransport {
    private let real: OpenSSLTransport
    let isFaulty = Locked(true)

    init(real: OpenSSLTransport) { self.real = real }

    func send(request: HostHttpRequest, timeoutMs: UInt64, cancel: CancelToken) throws -> HostHttpResponse {
        if isFaulty.value { throw Foreign() }
        return try real.send(request: request, timeoutMs: timeoutMs, cancel: cancel)
    }
}

private final class FaultyClock: HostClock {
    func read() throws -> ClockReading { throw Foreign() }
}
