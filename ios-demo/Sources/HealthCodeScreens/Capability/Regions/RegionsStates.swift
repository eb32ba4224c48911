import HealthCodeKit

extension RegionsState {
    /// Each of its states, for previews.
    public static func all(_ words: ScreenWords) -> [RegionsState] {
        let yellow = Colour.yellow.words(scheme: .domestic, language: words.language)
        let region = Region(
            id: 420_100, mark: Mark(yellow.tone), title: yellow.title, spoken: yellow.spoken, next: yellow.word)
        return [RegionsState(name: .list, regions: [region]), RegionsState(name: .empty)]
    }
}
