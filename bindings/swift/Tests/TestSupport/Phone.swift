import Foundation
import HealthCodeKit

/// A phone's folder and what opens it.
public struct Phone: Sendable {
    private let folder: URL
    private let config: CitizenConfig

    /// A phone that calls `config`'s authority.
    public init(_ folder: URL, _ config: CitizenConfig) throws {
        self.folder = folder
        self.config = config
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    /// Where its data lie.
    public var store: URL { folder.appendingPathComponent("store") }

    /// The guard of its store.
    public func fileGuard() throws -> FileKeyGuard { try FileKeyGuard(file: folder.appendingPathComponent("key")) }

    /// Opens it.
    public func open(
        keyGuard: (any HostKeyGuard)? = nil, signer: (any HostDeviceSigner)? = nil,
        transport: (any HostTransport)? = nil, clock: (any HostClock)? = nil
    ) async throws -> HealthCode {
        try await HealthCode.open(
            dataDirectory: store, config: config, keyGuard: keyGuard ?? fileGuard(), deviceSigner: signer,
            transport: transport, clock: clock)
    }
}

private let orders = Locked(101)

/// Answers to the registration form, each time of another citizen.
public func registration() -> [String: Answer] {
    let order = orders.change { order in
        order += 2
        return order
    }
    return [
        "name": "欧阳振华", "sex": "1", "nationality": "CHN",
        "document": .document(.residentId, residentId("33010619900307\(order)")),
        "division": "330106", "address": "西湖区文三路 90 号", "phone": "13800001234", "underlyingIllness": ["none"],
    ]
}

/// A healthy declaration upon what the phone knows already.
public func healthy(_ draft: [String: Answer]) -> [String: Answer] {
    let today: [String: Answer] = [
        "temperature": 36.5, "symptoms": ["none"], "underlyingIllness": ["none"], "highRiskStay": false,
        "contact": false, "travelled": false, "truthful": true,
    ]
    return draft.merging(today) { $1 }
}

extension HealthCode {
    /// Registers and declares offline, then syncs.
    public func turnGreen() async throws {
        try await register(answers: registration(), consent: consent(language: language))
        try await submitDeclaration(answers: healthy(try await draft(.healthDeclaration)))
        let outcome = try await sync()
        guard outcome.result == .synced, home.colour?.colour == .green else {
            throw SetUpFailure("not green: \(outcome.result) \(outcome.problem ?? "")")
        }
    }
}

/// A made-up resident identity number with its check character (GB 11643-1999: ISO 7064, MOD 11-2).
public func residentId(_ body: String) -> String {
    var sum = 0
    for digit in body { sum = (sum + (digit.wholeNumberValue ?? 0)) * 2 % 11 }
    let check = (12 - sum) % 11
    return body + (check == 10 ? "X" : "\(check)")
}

/// A clock that is moved by hand, and that counts how often the core looks at it.
public final class HandClock: HostClock {
    private let wall: Locked<Int64>
    private let boot: UInt64
    private let counted = Locked(0)

    /// Starts `ahead` of the system's time, in the phone's life since its start number `boot`.
    public init(ahead: Duration = .zero, boot: UInt64 = 1) {
        let now = Int64(Date().timeIntervalSince1970 * 1_000)
        wall = Locked(now + Int64(ahead / .milliseconds(1)))
        self.boot = boot
    }

    /// Readings so far.
    public var readings: Int { counted.value }

    /// Lets time pass.
    public func advance(milliseconds: Int64) { wall.change { $0 += milliseconds } }

    public func read() throws -> ClockReading {
        counted.change { $0 += 1 }
        let now = wall.value
        return ClockReading(wallMs: now, monotonicMs: UInt64(now), bootId: boot)
    }
}
