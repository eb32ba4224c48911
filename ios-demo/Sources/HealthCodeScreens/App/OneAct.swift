/// What a person does on a screen, where it takes a while.
///
/// Invariant: one act is under way at a time. A tap meanwhile does nothing, so no older act writes over what a newer one said.
/// A sync is none of its business: ``Session/sync(_:)``.
@MainActor
final class OneAct {
    private var isUnderWay = false

    /// Does `work`, where nothing is under way.
    func begin(_ work: () async throws -> Void) async rethrows {
        guard !isUnderWay else { return }
        isUnderWay = true
        defer { isUnderWay = false }
        try await work()
    }
}
