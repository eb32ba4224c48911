import Foundation

/// Tests and vaccinations that laboratories reported. Never the fill of a code, always a word.
public struct ResultsState: ScreenState {
    /// What lies above the list (what nobody signed, a clock that may be off) are strips.
    public enum Name: String, CaseIterable, Sendable {
        case list, new, empty, counts, awaited, attention, unclear, unknown, past, withdrawn
    }

    /// What its one button does.
    public enum Step: Sendable { case connect, clinics, colour, call, update }

    /// A result in words.
    public struct Shown: Identifiable, Equatable, Sendable {
        public var id: String
        public var name: Name
        public var sign: StatusSign
        public var title: String
        public var outcome: String
        /// How long it counts, or that it counts no more.
        public var standing: String?
        public var sampled: String?
        public var reported: String?
        public var place: String?
        public var product: String?
        /// What the colour's rules see of it.
        public var fact: String?
        /// What the laboratory said before, newest first.
        public var earlier: [String]
        public var spoken: String
        public var nextText: String?
        public var step: Step?
        /// That it was not read before; nil where it was.
        public var new: String?
    }

    public var name: Name
    /// What there is, in a sentence.
    public var text = ""
    /// What no issuer signed for this citizen, in a sentence.
    public var unverified: String?
    /// Why countdowns may be wrong, or are not shown.
    public var clock: String?
    /// Those that count or are awaited.
    public var current: [Shown] = []
    /// Those past their time, or withdrawn.
    public var past: [Shown] = []
    /// The one that is looked at; nil: the list.
    public var one: Shown?
    /// The proof that was written, to be handed on.
    public var file: URL?
    public var problem: String?
    public var isSyncing = false

    public init(name: Name) { self.name = name }
}

/// What a person can do there.
public enum ResultsAction: Sendable, Equatable {
    /// Looks at one.
    case open(String)
    /// What the one button says; calling and updating are the drawing's.
    case step
    /// Writes the proof of the one that is shown.
    case saveProof
    /// To the EU certificates.
    case certificates
    case back
}
