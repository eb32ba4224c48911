import HealthCodeKit

extension ScreenWords {
    /// What a state means, in a few words below its own; nil of one that means nothing by itself.
    func meaning(of mark: Mark) -> String? {
        switch mark {
        case .green: self["common-green-means"]
        case .yellow: self["common-yellow-means"]
        case .orange: self["common-orange-means"]
        case .red: self["common-red-means"]
        case .unknown: nil
        }
    }
}
