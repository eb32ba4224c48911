import HealthCodeKit

/// What was typed and chosen, by question: what a form's controls read and write.
///
/// Invariant: text is kept as it was typed; what it means is the core's to say.
public struct FormInput: Equatable, Sendable {
    /// The three boxes of a date.
    public struct DateParts: Equatable, Sendable {
        public var year = ""
        public var month = ""
        public var day = ""

        public init(year: String = "", month: String = "", day: String = "") {
            self.year = year
            self.month = month
            self.day = day
        }
    }

    public private(set) var answers: [String: Answer]
    private var dates: [String: DateParts] = [:]

    public init(_ answers: [String: Answer] = [:]) { self.answers = answers }

    /// Any answer; nil takes it back.
    public subscript(_ id: String) -> Answer? {
        get { answers[id] }
        set {
            answers[id] = newValue
            dates[id] = nil
        }
    }

    /// As typed: a text, a number, a phone, a division, the id of the one choice.
    public subscript(text id: String) -> String {
        get {
            switch answers[id] {
            case .text(let text): text
            case .number(let value): value == value.rounded() ? "\(Int(value))" : "\(value)"
            default: ""
            }
        }
        set { self[id] = newValue.isEmpty ? nil : .text(text: newValue) }
    }

    /// The one choice; nil while there is none.
    public subscript(choice id: String) -> String? {
        get { self[text: id].isEmpty ? nil : self[text: id] }
        set { self[text: id] = newValue ?? "" }
    }

    /// Whether it is among the choices.
    public subscript(choice id: String, has choice: String) -> Bool {
        get { choices(id).contains(choice) }
        set {
            let others = choices(id).filter { $0 != choice }
            let all = newValue ? others + [choice] : others
            self[id] = all.isEmpty ? nil : .choices(ids: all)
        }
    }

    /// Yes or no.
    public subscript(yesNo id: String) -> Bool? {
        get { if case .yesNo(let value) = answers[id] { value } else { nil } }
        set { self[id] = newValue.map { .yesNo(value: $0) } }
    }

    /// The three boxes of a date, joined as the core reads it.
    public subscript(date id: String) -> DateParts {
        get {
            if let typed = dates[id] { return typed }
            let parts = self[text: id].split(separator: "-", omittingEmptySubsequences: false).map(String.init)
            return parts.count == 3 ? DateParts(year: parts[0], month: parts[1], day: parts[2]) : DateParts()
        }
        set {
            let parts = [newValue.year, newValue.month, newValue.day]
            self[text: id] = parts.allSatisfy(\.isEmpty) ? "" : parts.joined(separator: "-")
            dates[id] = newValue
        }
    }

    /// The kind of a document, by ``id(of:)``.
    public subscript(documentKind id: String) -> String {
        get { Self.id(of: document(id)?.kind ?? .residentId) }
        set { self[id] = .document(Self.kind(newValue), document(id)?.number ?? "") }
    }

    /// The number of a document.
    public subscript(documentNumber id: String) -> String {
        get { document(id)?.number ?? "" }
        set { self[id] = .document(document(id)?.kind ?? .residentId, newValue) }
    }

    /// The document that is named anywhere.
    var document: DocumentAnswer? { answers.keys.sorted().lazy.compactMap { document($0) }.first }

    private func document(_ id: String) -> DocumentAnswer? {
        if case .document(let document) = answers[id] { document } else { nil }
    }

    private func choices(_ id: String) -> [String] {
        if case .choices(let ids) = answers[id] { ids } else { [] }
    }

    /// A choice's id of a kind of document.
    public static func id(of kind: DocumentKind) -> String { "\(kind)" }

    /// Every kind of document, in the order to choose from.
    static let documentKinds: [DocumentKind] = [
        .residentId, .passport, .hkMacaoPermit, .taiwanPermit, .foreignPermanentResident, .birthCertificate, .other,
    ]

    private static func kind(_ id: String) -> DocumentKind {
        documentKinds.first { Self.id(of: $0) == id } ?? .other
    }

    /// An answer in words, to be checked before it is sent.
    func readBack(_ field: FormFieldView, _ words: ScreenWords) -> String {
        func label(_ id: String) -> String { field.choices.first { $0.id == id }?.label ?? id }
        switch answers[field.id] {
        case nil: return words["form-not-answered"]
        case .text(let text): return field.kind == .singleChoice ? label(text) : text
        case .number:
            guard let unit = field.unit else { return self[text: field.id] }
            return words.format("form-number-unit", ["value": self[text: field.id], "unit": unit])
        case .yesNo(let value): return value ? words["common-yes"] : words["common-no"]
        case .choices(let ids): return ids.map(label).joined(separator: "\n")
        case .document(let document):
            return "\(document.kind.text(language: words.language))\n\(Self.grouped(document))"
        }
    }

    /// A resident number in groups of 6, 8 and 4, as it is read aloud.
    private static func grouped(_ document: DocumentAnswer) -> String {
        guard document.kind == .residentId, document.number.count == 18 else { return document.number }
        let number = document.number
        return "\(number.prefix(6)) \(number.dropFirst(6).prefix(8)) \(number.suffix(4))"
    }
}
