import HealthCodeKit

extension ItineraryState {
    /// Each of its states, for previews.
    public static func all(_ words: ScreenWords) -> [ItineraryState] {
        Name.allCases.map { name in
            let problem = textOfCode(code: "itinerary_until_before_from", language: words.language)
            return ItineraryState(name: name, problem: name == .problem ? problem : nil)
        }
    }
}
