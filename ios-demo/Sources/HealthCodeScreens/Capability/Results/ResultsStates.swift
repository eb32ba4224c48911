import HealthCodeKit

extension ResultsState {
    /// What a preview is called: the state, or the strip that lies above it.
    public var previewName: String {
        unverified != nil ? "unverified" : clock != nil && one == nil ? "clock" : name.rawValue
    }

    /// Each of its states, for previews: those of the screen, then the list under each strip.
    public static func all(_ words: ScreenWords) -> [ResultsState] {
        var unverified = list(.list, words)
        unverified.unverified = textOfCode(code: "result_unknown", language: words.language)
        var clock = list(.list, words)
        clock.clock = words["common-offline"]
        return Name.allCases.map { name in
            switch name {
            case .list, .new: return list(name, words)
            case .empty:
                var state = ResultsState(name: .empty)
                state.text = words["results-title"]
                return state
            case .counts: return one(name, .done, .colour, words)
            case .awaited: return one(name, .waiting, .connect, words)
            case .attention: return one(name, .attention, .colour, words)
            case .unclear: return one(name, .unclear, .clinics, words)
            case .unknown: return one(name, .unclear, .update, words)
            case .past: return one(name, .past, .clinics, words)
            case .withdrawn: return one(name, .past, .colour, words)
            }
        } + [unverified, clock]
    }

    private static func list(_ name: Name, _ words: ScreenWords) -> ResultsState {
        var state = ResultsState(name: name)
        state.text = words["results-title"]
        state.current = [
            shown("1", .counts, .done, .colour, words), shown("2", .awaited, .waiting, .connect, words),
        ]
        if name == .new { state.current[0].new = words["results-new"] }
        state.past = [shown("3", .past, .past, .clinics, words)]
        return state
    }

    private static func one(_ name: Name, _ sign: StatusSign, _ step: Step, _ words: ScreenWords) -> ResultsState {
        var state = ResultsState(name: name)
        state.one = shown("1", name, sign, step, words)
        return state
    }

    private static func shown(
        _ id: String, _ name: Name, _ sign: StatusSign, _ step: Step, _ words: ScreenWords
    ) -> Shown {
        let time = words.format("common-as-of", ["time": "14:20"])
        return Shown(
            id: id, name: name, sign: sign, title: words["results-product"], outcome: words["common-received"],
            standing: name == .past ? words["results-over"] : nil, sampled: time, reported: time, place: "li",
            product: nil, fact: nil, earlier: name == .counts ? [time] : [], spoken: words["results-product"],
            nextText: words["results-find-test"], step: step, new: nil)
    }
}
