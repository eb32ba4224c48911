import HealthCodeCore

extension HealthCode {
    /// Fever clinics as the last sync brought them: the nearest first where a position is given, else those that are open
    /// first. The position stays on the phone. With a GB/T 2260 `division`, only those in it.
    public func clinics(
        near position: Position? = nil, division: UInt32? = nil, openOnly: Bool = false, limit: UInt32 = 100
    ) async throws -> [ClinicView] {
        let query = ClinicQuery(position: position, division: division, openOnly: openOnly, limit: limit)
        return try await call { try $0.clinics(query: query) }
    }
}
