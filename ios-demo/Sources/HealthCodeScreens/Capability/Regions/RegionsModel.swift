import HealthCodeKit
import Observation

/// Lists what the core says of the code in each region.
@MainActor
@Observable
public final class RegionsModel {
    public private(set) var state = RegionsState(name: .empty)
    private let session: Session

    public init(_ session: Session) { self.session = session }

    public func load() async {
        // Without a code there is nothing to tell.
        let regions = ((try? await session.health.codeInRegions()) ?? []).map { region in
            RegionsState.Region(
                id: region.division, mark: Mark(region.there.tone), title: region.title, spoken: region.spoken,
                rule: region.ruleText, next: region.nextStep)
        }
        state = RegionsState(name: regions.isEmpty ? .empty : .list, regions: regions)
    }

    public func act(_ action: RegionsAction) {
        switch action {
        case .back: session.back()
        }
    }
}
