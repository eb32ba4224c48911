import HealthCodeKit
import TestSupport
import XCTest

/// A test with a folder of its own and, once asked for, a running authority.
class PhoneTestCase: XCTestCase {
    private var root = URL(fileURLWithPath: "/")
    private var started: Authority?

    override func setUpWithError() throws {
        root = FileManager.default.temporaryDirectory.appendingPathComponent("health-code-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        started = try Authority(folder("authority"))
    }

    override func tearDownWithError() throws {
        started?.stop()
        started = nil
        try FileManager.default.removeItem(at: root)
    }

    /// The authority of this test.
    var authority: Authority {
        guard let started else { preconditionFailure("asked for before setUp") }
        return started
    }

    /// A folder of this test's.
    func folder(_ name: String) -> URL { root.appendingPathComponent(name) }
}

/// The first value that passes, within half a minute.
func first<Value: Sendable>(
    of stream: AsyncStream<Value>, where passes: @escaping @Sendable (Value) -> Bool = { _ in true }
) async throws -> Value {
    let found = await within(.seconds(30)) { () -> Value? in
        for await value in stream where passes(value) { return value }
        return nil
    }
    return try XCTUnwrap(found ?? nil, "the stream ended or said nothing")
}

/// What `work` gives, unless it takes longer.
func within<Value: Sendable>(
    _ limit: Duration, _ work: @escaping @Sendable () async -> Value
) async -> Value? {
    await withTaskGroup(of: Value?.self) { group in
        group.addTask { await work() }
        group.addTask {
            try? await Task.sleep(for: limit)
            return nil
        }
        let first = await group.next()
        group.cancelAll()
        return first ?? nil
    }
}

/// Waits until `holds`, at most `limit`; whether it does.
func eventually(within limit: Duration = .seconds(30), _ holds: @Sendable () -> Bool) async -> Bool {
    let end = ContinuousClock.now + limit
    while !holds() {
        if ContinuousClock.now > end { return false }
        try? await Task.sleep(for: .milliseconds(10))
    }
    return true
}

/// The error that `work` ends in; the test fails without one.
func failure<T>(of work: () async throws -> T) async -> HealthCodeError? {
    do {
        _ = try await work()
        XCTFail("it went well")
        return nil
    } catch let error as HealthCodeError {
        return error
    } catch {
        XCTFail("\(error)")
        return nil
    }
}
