import HealthCodeCore

/// Gives the next code when it is due, to one listener that asks for one after the other.
actor CodeTicker {
    private let hub: Hub
    private let currentCode: @Sendable () async throws -> CodeView?
    private var lastText = ""
    private var due = ContinuousClock.now
    private var shownFor: Occasion?

    /// What makes another code than the one shown, besides the rotation: a credential, a clock set right by a sync.
    private struct Occasion: Equatable, Sendable {
        let receipt: String?
        let expiresAt: Int64?
        let isAvailable: Bool
        let syncedAtMs: Int64?

        init(_ view: HomeView) {
            receipt = view.colour?.receiptSha256
            expiresAt = view.credentialExpiresAt
            isAvailable = view.codeAvailable
            syncedAtMs = view.syncedAtMs
        }
    }

    /// - Parameter currentCode: gives nil when there is nobody to ask any more.
    init(hub: Hub, currentCode: @escaping @Sendable () async throws -> CodeView?) {
        self.hub = hub
        self.currentCode = currentCode
    }

    /// Waits until a code is due. Nil ends the stream: cancelled, or closed.
    func next() async -> CodeView? {
        while !Task.isCancelled {
            if let shownFor { await waitUntilDue(shownFor) }
            if Task.isCancelled { return nil }
            let occasion = Occasion(hub.view)
            do {
                guard let code = try await currentCode() else { return nil }
                shownFor = occasion
                due = .now + .milliseconds(max(1, Int(code.remainingMs)))
                if code.text != lastText {
                    lastText = code.text
                    return code
                }
            } catch let error as HealthCodeError where error.code == "no_code_yet" {
                shownFor = occasion
                due = .now + .seconds(3_600)
            } catch {
                return nil
            }
        }
        return nil
    }

    private func waitUntilDue(_ occasion: Occasion) async {
        let (due, views) = (due, hub.views())
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await Task.sleep(until: due, clock: .continuous) }
            group.addTask { for await view in views where Occasion(view) != occasion { return } }
            await group.next()
            group.cancelAll()
        }
    }
}
