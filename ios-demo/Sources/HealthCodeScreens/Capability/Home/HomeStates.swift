import HealthCodeKit

extension HomeState {
    /// What a preview is called: the state, or the strip that lies above it.
    public var previewName: String { notices.first?.kind ?? name.rawValue }

    /// Each of its states, for previews: those of the person, then green under each strip.
    public static func all(_ words: ScreenWords) -> [HomeState] {
        let register = Step(label: words["form-submit-registration"], action: .open(.form(.registration)))
        let declare = Step(label: words["home-declare"], action: .open(.form(.healthDeclaration)))
        var queued = HomeState(
            name: .registrationQueued, title: words["home-queued-title"], text: words["home-queued-text"])
        queued.next = declare
        var refused = HomeState(name: .registrationRefused, title: words["home-refused-registration-title"])
        refused.next = Step(label: words["home-refused-mend"], action: .open(.form(.registration)))
        refused.refused = [
            Refused(
                id: "1", text: textOfCode(code: "already_registered", language: words.language) ?? "",
                mend: .open(.form(.registration)))
        ]
        let people: [HomeState] = [
            HomeState(
                name: .notRegistered, title: words["home-not-registered-title"],
                text: words["home-not-registered-text"],
                next: register),
            queued, refused,
            HomeState(
                name: .awaitingColour, title: words["home-awaiting-title"], text: words["home-awaiting-text"],
                next: declare),
            coloured(.green, .clear, words), coloured(.yellow, .closeContact, words),
            coloured(.red, .arrivedFromAbroad, words, scheme: .international), coloured(.red, .confirmed, words),
            HomeState(
                name: .unknownExpired, mark: .unknown, title: words["home-unknown-title"],
                next: Step(label: words["code-connect"], action: .sync)),
        ]
        let strips = ["offline", "stale", "clock_wrong", "upload_refused", "update_needed", "sunset"].map { kind in
            var state = coloured(.green, .clear, words)
            state.notices = [Notice(kind: kind, text: words["common-offline"], time: nil)]
            if kind == "update_needed" {
                state.showCode = state.next
                state.next = Step(label: words["opening-update"], action: .update)
            }
            if kind == "sunset" {
                state.end = End(
                    title: words["export-title"], text: words["export-lead"], save: words["settings-erase-export"])
            }
            return state
        }
        return people + strips
    }

    /// A colour that changed, over home until it was read.
    public static func changed(_ words: ScreenWords) -> HomeState {
        var state = coloured(.yellow, .closeContact, words)
        state.news = News(
            mark: .yellow, title: state.title, why: state.text ?? "", instruction: state.instruction ?? "",
            since: "09:40")
        return state
    }

    private static func coloured(
        _ colour: Colour, _ reason: Reason, _ words: ScreenWords, scheme: Scheme = .domestic
    ) -> HomeState {
        let painted = colour.words(scheme: scheme, language: words.language)
        var state = HomeState(
            name: Name(painted.tone), mark: Mark(painted.tone), title: painted.word,
            meaning: words.meaning(of: Mark(painted.tone)), text: reason.text(language: words.language),
            instruction: reason.instruction(language: words.language))
        state.asOf = words.format("home-as-of", ["time": "09:40"])
        state.next = Step(label: words["home-show-code"], action: .open(.code))
        return state
    }
}
