import HealthCodeCore

/// Gives the next code when it is due, to one listener that asks for one after the other.
actor CodeTicker {
    private let hub: Hub
    private let currentCode: @Sendable () async throws -> CodeView?
    private var lastText = ""
    private var due = ContinuousClock.now
    private var shownFor: Credential?

    /// What a code is made from; another one makes another code due at once.
    private struct Credential: Equatable, Sendable {
        let receipt: String?
        let expiresAt: Int64?
        let isAvailable: Bool

        init(_ view: HomeView) {
            receipt = view.colour?.receiptSha256
            expiresAt = view.credentialExpiresAt
            isAvailable = view.codeAvailable
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
            let credential = Credential(hub.view)
            do {
                guard let code = try await currentCode() else { return nil }
                shownFor = credential
                due = .now + .milliseconds(max(1, Int(code.remainingMs)))
                if code.text != lastText {
                    lastText = code.text
                    return code
                }
            } catch let error as HealthCodeError where error.code == "no_code_yet" {
                shownFor = credential
                due = .now + .seconds(3_600)
            } catch {
                return nil
            }
        }
        return nil
    }

    private func waitUntilDue(_ credential: Credential) async {
        let (due, views) = (due, hub.views())
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await Task.sleep(until: due, clock: .continuous) }
            group.addTask { for await view in views where Credential(view) != credential { return } }
            await group.next()
            group.cancelAll()
        }
    }
}
