import Foundation
import HealthCodeCore

/// Holds a core object and counts the calls into it, so that closing can wait for them.
///
/// Invariant: after ``end(hurry:)`` returned no call begins, none is under way and the object is freed, unless a call took
/// longer than ``patience`` or closing was asked for from within one.
final class Calls<Core: AnyObject & Sendable>: @unchecked Sendable {
    private let condition = NSCondition()
    private var core: Core?
    private var underWay = 0
    private let depthKey = "org.healthcode.depth.\(UUID().uuidString)"
    private let patience: TimeInterval = 5

    init(_ core: Core) {
        self.core = core
    }

    /// Does `work` as a call.
    func during<T>(_ work: (Core) throws -> T) throws -> T {
        guard enter() else { throw HealthCodeError.closed }
        defer { leave() }
        return try using(work)
    }

    /// Lets go of the object and lets no call begin, runs `hurry`, waits for those under way: the last of them frees the
    /// object. Whoever comes second waits as well.
    func end(hurry: () -> Void = {}) {
        condition.lock()
        let isFirst = core != nil
        core = nil
        condition.unlock()
        if isFirst { hurry() }
        // A callback of the app's that closes would wait for itself.
        guard depth == 0 else { return }
        let limit = Date(timeIntervalSinceNow: patience)
        condition.lock()
        while underWay > 0, condition.wait(until: limit) {}
        condition.unlock()
    }

    /// The object is let go of before the call counts as over.
    @inline(never)
    private func using<T>(_ work: (Core) throws -> T) throws -> T {
        condition.lock()
        let object = core
        condition.unlock()
        guard let object else { throw HealthCodeError.closed }
        return try work(object)
    }

    private func enter() -> Bool {
        condition.lock()
        defer { condition.unlock() }
        guard core != nil else { return false }
        underWay += 1
        depth += 1
        return true
    }

    private func leave() {
        condition.lock()
        underWay -= 1
        depth -= 1
        if underWay == 0 { condition.broadcast() }
        condition.unlock()
    }

    /// How many calls this thread is in.
    private var depth: Int {
        get { Thread.current.threadDictionary[depthKey] as? Int ?? 0 }
        set { Thread.current.threadDictionary[depthKey] = newValue == 0 ? nil : newValue }
    }
}
