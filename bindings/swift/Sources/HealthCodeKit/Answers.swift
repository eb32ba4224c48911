import HealthCodeCore

// Answers read as literals: `["name": "王小明", "temperature": 36.5, "symptoms": ["none"], "truthful": true]`.

extension Answer: ExpressibleByStringLiteral {
    /// Text, phone, date `YYYY-MM-DD`, division's six digits, id of a single choice, number as typed.
    public init(stringLiteral value: String) { self = .text(text: value) }
}

extension Answer: ExpressibleByFloatLiteral {
    /// A number.
    public init(floatLiteral value: Double) { self = .number(value: value) }
}

extension Answer: ExpressibleByIntegerLiteral {
    /// A number.
    public init(integerLiteral value: Int) { self = .number(value: Double(value)) }
}

extension Answer: ExpressibleByBooleanLiteral {
    /// Yes or no.
    public init(booleanLiteral value: Bool) { self = .yesNo(value: value) }
}

extension Answer: ExpressibleByArrayLiteral {
    /// Ids of multiple choices.
    public init(arrayLiteral elements: String...) { self = .choices(ids: elements) }
}

extension Answer {
    /// An identity document.
    public static func document(_ kind: DocumentKind, _ number: String) -> Answer {
        .document(document: DocumentAnswer(kind: kind, number: number))
    }
}
