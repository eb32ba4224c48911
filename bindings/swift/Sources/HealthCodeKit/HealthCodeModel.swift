import Foundation
import HealthCodeCore
import Observation

/// A health code for screens: observed by SwiftUI and by anything else that observes, without importing either.
///
/// Invariant: everything is read and changed on the main actor; nothing runs before ``run()`` and after its task ended.
@MainActor
@Observable
public final class HealthCodeModel {
    /// The home view.
    public private(set) var home: HomeView
    /// The code on the screen; nil while there is none.
    public private(set) var code: CodeView?
    /// Changes the citizen has not acknowledged yet, oldest first.
    public private(set) var alerts: [HealthCodeEvent] = []
    /// The last failure, for people.
    public private(set) var failure: String?
    /// Whether a sync runs.
    public private(set) var isSyncing = false

    private let health: HealthCode

    /// A model of `health`.
    public init(_ health: HealthCode) {
        self.health = health
        home = health.home
    }

    /// Follows the health code until the task is cancelled: `.task { await model.run() }`.
    public func run() async {
        // What time changed while nobody looked; a store that fails here says so in the next call.
        _ = try? await health.refresh()
        let (homes, codes, events) = (health.homes, health.codes, health.events)
        // A group: several `async let` of closures may end in a crash with Swift 6.0.3 on Linux.
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await view in homes { await self.show(view) } }
            group.addTask { for await view in codes { await self.show(view) } }
            group.addTask { for await event in events { await self.alert(event) } }
        }
        self.code = nil
    }

    private func show(_ view: HomeView) { home = view }

    private func show(_ view: CodeView) { code = view }

    private func alert(_ event: HealthCodeEvent) { alerts.append(event) }

    /// Syncs; what fails is told by ``failure``.
    public func sync(reason: SyncReason = .userAsked) async {
        isSyncing = true
        defer { isSyncing = false }
        await attempt { try await $0.sync(reason: reason) }
    }

    /// Does something with the health code; what fails is told by ``failure``.
    public func attempt(_ work: @Sendable (HealthCode) async throws -> Void) async {
        do {
            try await work(health)
            failure = nil
        } catch let error as HealthCodeError {
            failure = error.text(language: health.language)
        } catch {
            failure = nil
        }
    }

    /// The citizen has read the oldest alert.
    public func acknowledgeAlert() {
        if !alerts.isEmpty { alerts.removeFirst() }
    }
}
