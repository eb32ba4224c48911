import HealthCodeCore

extension HealthCode {
    /// What the authority tells everybody, as the last sync brought it: the most urgent first. With a GB/T 2260
    /// `division`, what concerns it alone; without, all.
    public func bulletins(division: UInt32? = nil) async throws -> BulletinsView {
        try await call { try $0.bulletins(division: division) }
    }

    /// Marks bulletins as read, by their ids. Tells nobody.
    public func markBulletinsRead(ids: [String]) async throws {
        try await call { try $0.markBulletinsRead(ids: ids) }
    }
}
