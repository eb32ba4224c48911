import HealthCodeKit
import Observation

/// Lists the colours that this phone saw, each with its seal.
@MainActor
@Observable
public final class HistoryModel {
    public private(set) var state = HistoryState(name: .empty)
    private let session: Session

    public init(_ session: Session) { self.session = session }

    public func load() async {}

    public func act(_ action: HistoryAction) { session.back() }
}
