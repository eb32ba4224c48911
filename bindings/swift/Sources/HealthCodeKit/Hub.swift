import Foundation
import HealthCodeCore

/// Brings home views and events to whoever listens. The home view is read again before an event is told.
final class Hub: HostObserver, @unchecked Sendable {
    private let lock = NSLock()
    private let reading = NSLock()
    private var current: HomeView?
    private var homeListeners: [UUID: AsyncStream<HomeView>.Continuation] = [:]
    private var eventListeners: [UUID: AsyncStream<HealthCodeEvent>.Continuation] = [:]
    private var isFinished = false
    private var spoken = ""
    private var refreshing: @Sendable () -> Void = {}

    /// The language that views are read in.
    var language: String {
        get { lock.withLock { spoken } }
        set { lock.withLock { spoken = newValue } }
    }

    /// What is done before an event is told.
    var refresh: @Sendable () -> Void {
        get { lock.withLock { refreshing } }
        set { lock.withLock { refreshing = newValue } }
    }

    /// The newest view. There is one before anybody can ask.
    var view: HomeView {
        guard let view = lock.withLock({ current }) else { preconditionFailure("opened without a view") }
        return view
    }

    /// Reads a new view and shows it: one after the other, so that one read earlier never takes the place of a later one.
    @discardableResult
    func show(reading read: () throws -> HomeView) rethrows -> HomeView {
        try reading.withLock {
            let view = try read()
            show(view)
            return view
        }
    }

    private func show(_ view: HomeView) {
        let listeners = lock.withLock { () -> [AsyncStream<HomeView>.Continuation] in
            if current == view { return [] }
            current = view
            return Array(homeListeners.values)
        }
        listeners.forEach { $0.yield(view) }
    }

    func onEvent(event: HealthCodeEvent) throws {
        refresh()
        lock.withLock { Array(eventListeners.values) }.forEach { $0.yield(event) }
    }

    /// The view now and after each change; who is slow sees the newest.
    func views() -> AsyncStream<HomeView> {
        let (stream, continuation) = AsyncStream.makeStream(of: HomeView.self, bufferingPolicy: .bufferingNewest(1))
        let id = UUID()
        continuation.onTermination = { [weak self] _ in self?.removeHome(id) }
        lock.withLock {
            if let current { continuation.yield(current) }
            if isFinished { continuation.finish() } else { homeListeners[id] = continuation }
        }
        return stream
    }

    /// Events from now on.
    func events() -> AsyncStream<HealthCodeEvent> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: HealthCodeEvent.self, bufferingPolicy: .bufferingNewest(64))
        let id = UUID()
        continuation.onTermination = { [weak self] _ in self?.removeEvents(id) }
        lock.withLock {
            if isFinished { continuation.finish() } else { eventListeners[id] = continuation }
        }
        return stream
    }

    /// Ends all streams.
    func finish() {
        let (homes, events) = lock.withLock {
            isFinished = true
            return (Array(homeListeners.values), Array(eventListeners.values))
        }
        homes.forEach { $0.finish() }
        events.forEach { $0.finish() }
    }

    private func removeHome(_ id: UUID) { lock.withLock { _ = homeListeners.removeValue(forKey: id) } }

    private func removeEvents(_ id: UUID) { lock.withLock { _ = eventListeners.removeValue(forKey: id) } }
}
