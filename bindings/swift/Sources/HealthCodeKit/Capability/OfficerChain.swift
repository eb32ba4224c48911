import HealthCodeCore

extension HealthCode {
    /// Every change of the colour that the authority entered in the chain, newest first, whether each holds, and what was
    /// noticed.
    public func changes() async throws -> ChangesView {
        try await call { try $0.changes() }
    }

    /// Marks alarms about the chain as read, by their ids. Tells nobody.
    public func markChainAlarmsRead(ids: [String]) async throws {
        try await changing { try $0.markChainAlarmsRead(ids: ids) }
    }
}
