import HealthCodeCore

extension HealthCode {
    /// The phone's owner, among those on it.
    public static let owner = "owner"

    /// Erases everything of a subject from this phone at once: records, drafts, what waits to be sent, the key that the
    /// core keeps. Works offline; with the next sync the authority does the same, and ``erasures()`` says so. The owner can
    /// register anew at any time.
    public func erase(subject: String = HealthCode.owner) async throws {
        try await changing { try $0.erase(subject: subject) }
    }

    /// The end of this region's codes, where it was ordered: when no code counts any more, and when this phone erases what it
    /// holds by itself. None otherwise.
    public func sunset() async throws -> SunsetView? { try await call { try $0.sunset() } }

    /// What was erased from this phone, oldest first, and what the authority says to it: keep its receipts.
    public func erasures() async throws -> [ErasureView] { try await call { try $0.erasures() } }

    /// Forgets an erasing that the authority has answered, and its receipt with it.
    public func forgetErasure(id: String) async throws { try await call { try $0.forgetErasure(id: id) } }
}
