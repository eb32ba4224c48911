import HealthCodeCore

extension HealthCode {
    /// The machine-readable zone of a passport or card, as a camera's reader or a person has it, in words. Keeps nothing.
    public func readMrz(_ text: String) async throws -> MrzView {
        try await call { try $0.readMrz(text: text) }
    }

    /// A typed name beside that of the zone in `text`; nil where there is no zone.
    public func compareWithMrz(name: String, text: String) async throws -> NamesComparedView? {
        try await call { try $0.compareWithMrz(name: name, text: text) }
    }

    /// The draft of the registration form with what the zone says laid over it. A zone with a fault fills in nothing.
    public func prefillFromMrz(_ text: String) async throws -> [String: Answer] {
        try await call { try $0.prefillFromMrz(text: text) }
    }

    /// How far the entry from abroad is.
    public func entry() async throws -> EntryView {
        try await call { try $0.entry() }
    }

    /// Submits the entry declaration, to be delivered once. Works offline; the draft is dropped. Gives the upload's id.
    @discardableResult
    public func submitEntryDeclaration(answers: [String: Answer]) async throws -> String {
        try await changing { try $0.submitEntryDeclaration(answers: answers) }
    }

    /// What the code counts as in a GB/T 2260 division, and by which rule.
    public func codeElsewhere(division: UInt32) async throws -> ElsewhereView {
        try await call { try $0.codeElsewhere(division: division) }
    }

    /// The same for every region of the trust bundle.
    public func codeInRegions() async throws -> [ElsewhereView] {
        try await call { try $0.codeInRegions() }
    }
}

extension Verdict {
    /// The colour of a checked code as a door shows it; nil where the check did not come so far.
    public func colourAtDoor(language: String) -> DoorColourView? {
        guard let colour, let scheme else { return nil }
        let checked = CheckedColour(
            colour: colour, scheme: scheme, localColour: localColour, ruleId: mappingRule, ruleText: mappingText,
            refusal: refusal, statusChecked: statusChecked)
        return HealthCodeCore.colourAtDoor(checked: checked, language: language)
    }
}

extension Colour {
    /// What is painted for a colour of a scheme, its shape and its words.
    public func words(scheme: Scheme, language: String) -> ColourWords {
        colourWords(colour: self, scheme: scheme, language: language)
    }
}

extension DocumentKind {
    /// The kind explained, and a number of it judged; an empty one is not judged.
    public func explain(number: String, language: String) -> DocumentExplanation {
        explainDocument(kind: self, number: number, language: language)
    }
}
