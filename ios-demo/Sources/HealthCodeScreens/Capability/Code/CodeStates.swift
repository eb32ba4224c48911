import HealthCodeKit

extension CodeState {
    /// Each of its states, for previews. The picture is of no code.
    public static func all(_ words: ScreenWords) -> [CodeState] {
        func shown(_ name: Name, _ colour: Colour, _ scheme: Scheme = .domestic) -> CodeState {
            let painted = colour.words(scheme: scheme, language: words.language)
            return CodeState(
                name: name, mark: Mark(painted.tone), title: painted.word,
                meaning: words.meaning(of: Mark(painted.tone)), person: "li",
                asOf: words.format("code-as-of", ["time": "09:40"]),
                picture: try? codePng(text: "PREVIEW", pixelsPerModule: 1),
                pictureLabel: words.format("code-image", ["name": "li", "colour": painted.word]), stepsLeft: 3,
                steps: 5)
        }
        var several = shown(.several, .green)
        several.tabs = [Tab(id: several.id, name: "li"), Tab(id: "2", name: "lu")]
        var missing = several
        (missing.name, missing.id, missing.mark, missing.picture) = (.severalMissing, "2", .unknown, nil)
        (missing.person, missing.title, missing.text) = ("lu", words["code-none-title"], words["code-none-text"])
        // The sentence is the core's; any text shows where it stands.
        var again = shown(.yellow, .yellow)
        again.shownBefore = words["checkpoint-lists-old-text"]
        return [
            several, missing, shown(.green, .green), again,
            shown(.orange, .red, .international), shown(.red, .red),
            CodeState(
                name: .none, mark: .unknown, title: words["code-none-title"], text: words["code-none-text"],
                raisesBrightness: false),
            CodeState(
                name: .expired, mark: .unknown, title: words["code-expired-title"], text: words["code-expired-text"],
                raisesBrightness: false),
            shown(.landscape, .green),
        ]
    }
}
