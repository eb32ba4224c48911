import HealthCodeKit

/// A form, one question a page, whatever questions the authority asks.
public struct FormState: ScreenState {
    public enum Name: String, CaseIterable, Sendable {
        case question, problem
        case checkAnswers = "check_answers"
        case saved
    }

    /// One question as it is drawn.
    public struct Question: Identifiable, Equatable, Sendable {
        public var id: String
        public var kind: FieldKind
        public var label: String
        public var hint: String?
        public var isRequired: Bool
        public var unit: String?
        public var isMultiline: Bool
        public var choices: [Choice]
        public var documentKinds: [Choice]
        /// What is wrong with its answer.
        public var problem: String?
        /// Whether it can be read from another phone's screen.
        public var isScanned = false
    }

    /// Something to choose.
    public struct Choice: Identifiable, Equatable, Hashable, Sendable {
        public var id: String
        public var label: String

        public init(id: String, label: String) {
            self.id = id
            self.label = label
        }
    }

    /// An answer, read back.
    public struct Answered: Identifiable, Equatable, Sendable {
        public var id: String
        public var label: String
        public var value: String
        public var problem: String?
    }

    /// Something to mend, and the question it is about.
    public struct Problem: Identifiable, Equatable, Sendable {
        public var id: String
        public var label: String
        public var text: String
    }

    public var name: Name
    public var title: String
    /// A sentence above the form.
    public var note: String?
    /// "3 of 9".
    public var progress: String?
    public var question: Question?
    public var problems: [Problem] = []
    public var answers: [Answered] = []
    /// What sending it is called.
    public var submitLabel: String
    public var canGoBack = false
    /// For whom, where that is not the owner.
    public var whom: String?
    /// Whether a passport's lines can fill it in.
    public var takesPassport = false
}

/// What a person can do there; answers are typed into the model.
public enum FormAction: Sendable, Equatable {
    case next, back, submit, finish
    /// To the page that reads a passport's lines.
    case readPassport
    /// To a question, from the summary or the list of answers.
    case edit(String)
}
