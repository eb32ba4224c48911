import HealthCodeCore

extension HealthCode {
    /// The changes of colour or reason that this phone saw, newest first, 200 at most, each with the seal of its receipt.
    public func colourHistory() async throws -> [ColourPast] { try await call { try $0.colourHistory() } }
}
