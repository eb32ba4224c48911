import HealthCodeKit
import Observation

/// Walks through a form that the core gives, keeps what is typed and has the core judge it.
///
/// Invariant: an answer is judged by the core alone; what was typed is kept as a draft before the next page is shown.
@MainActor
@Observable
public final class FormModel {
    public private(set) var state: FormState
    /// What was typed; a drawing's controls write here.
    public var input = FormInput()
    private let session: Session
    private let filing: FormFiling
    private let acts = OneAct()
    private var form: FormView?
    private var review: FormReview?
    private var errors: [FieldError] = []
    private var position = 0
    /// From the list of answers, a mended question leads back to it.
    private var isMending = false
    /// The last page leads on to the proof, which sends both at once.
    private var asksForProof = false

    public init(_ session: Session, _ purpose: FormPurpose) {
        self.session = session
        filing = FormFiling(session: session, purpose: purpose)
        state = FormState(name: .question, title: filing.title, submitLabel: filing.submitLabel)
    }

    /// Reads the form and what was answered before.
    public func load() async {
        do {
            form = try await filing.form()
            state.whom = try await filing.whom()
            input = FormInput(try await filing.draft())
            if filing.purpose == .registration {
                asksForProof = await isProofAskedFor()
                let words = session.words
                let isNew = session.home.stage == .notRegistered
                state.submitLabel =
                    asksForProof
                    ? (isNew ? words["form-agree-and-prove"] : words["form-to-proof"])
                    : filing.submitLabel
            }
            try await judge()
            show(.question)
        } catch {
            fail(error)
        }
    }

    public func act(_ action: FormAction) async {
        var isSubmitted = false
        await acts.begin { isSubmitted = await take(action) }
        if isSubmitted { await session.sync(.afterSubmit) }
    }

    /// Whether it was submitted.
    private func take(_ action: FormAction) async -> Bool {
        do {
            switch action {
            case .next: try await next()
            case .back: back()
            case .submit: return try await submit()
            case .finish: filing.finish()
            case .edit(let id): edit(id)
            case .readPassport: session.open(.passport)
            }
        } catch {
            fail(error)
        }
        return false
    }

    private var visible: [FormFieldView] {
        let fields = form?.sections.flatMap(\.fields) ?? []
        guard let review else { return fields }
        return fields.filter { review.visibleFields.contains($0.id) } + filing.extras(input)
    }

    private func judge() async throws {
        let review = try await filing.review(input.answers)
        self.review = review
        errors = review.errors
    }

    private func next() async throws {
        try await filing.save(input.answers)
        try await judge()
        guard let field = visible.indices.contains(position) ? visible[position] : nil else { return }
        if !problems(of: field.id).isEmpty {
            show(.problem)
        } else if isMending || position + 1 == visible.count {
            show(.checkAnswers)
        } else {
            position += 1
            show(.question)
        }
    }

    private func back() {
        if state.name == .checkAnswers {
            position = max(0, visible.count - 1)
        } else if position > 0 {
            position -= 1
        } else {
            return session.back()
        }
        isMending = false
        show(.question)
    }

    private func edit(_ id: String) {
        guard let index = visible.firstIndex(where: { $0.id == id }) else { return }
        isMending = state.name == .checkAnswers || isMending
        position = index
        show(problems(of: id).isEmpty ? .question : .problem)
    }

    private func submit() async throws -> Bool {
        try await judge()
        if let first = errors.first {
            edit(fieldId(of: first.path))
            return false
        }
        if asksForProof {
            session.open(.proof(.registration))
            return false
        }
        try await filing.submit(input)
        show(.saved)
        return true
    }

    /// Nobody is registered without a proof where policy says so, and this one shows none yet.
    private func isProofAskedFor() async -> Bool {
        // What cannot be read asks for nothing: the authority says so when it refuses.
        guard let proof = try? await session.health.identityProof(), proof.isRequired, !proof.ways.isEmpty else {
            return false
        }
        return proof.own.state != .proven
    }

    private func fail(_ error: any Error) {
        if case HealthCodeError.FormRefused(_, let fields) = error, let first = fields.first {
            errors = fields
            edit(fieldId(of: first.path))
            return
        }
        if let extra = filing.extra(of: error) {
            edit(extra)
            show(.problem)
            let text = session.text(of: error)
            state.question?.problem = text
            state.problems = [.init(id: extra, label: state.question?.label ?? state.title, text: text)]
            return
        }
        show(state.name == .checkAnswers ? .checkAnswers : .problem)
        state.problems = [.init(id: "", label: state.title, text: session.text(of: error))]
    }

    private func problems(of id: String) -> [FieldError] {
        errors.filter { fieldId(of: $0.path) == id }
    }

    private func show(_ name: FormState.Name) {
        let (words, fields) = (session.words, visible)
        state.name = name
        state.note = position == 0 ? form?.note : nil
        state.takesPassport = filing.purpose == .registration && position == 0 && [.question, .problem].contains(name)
        state.problems = []
        state.question = nil
        state.answers = []
        state.canGoBack = name != .saved
        switch name {
        case .question, .problem:
            guard fields.indices.contains(position) else { return }
            let field = fields[position]
            state.progress = words.format("form-progress", ["step": "\(position + 1)", "total": "\(fields.count)"])
            state.question = FormState.Question(field, words)
            if name == .problem {
                let found = problems(of: field.id)
                state.question?.problem = found.first?.text
                state.problems = found.map { .init(id: field.id, label: field.label, text: $0.text) }
            }
        case .checkAnswers:
            state.progress = nil
            state.answers = fields.map { field in
                .init(
                    id: field.id, label: field.label, value: input.readBack(field, words),
                    problem: problems(of: field.id).first?.text)
            }
        case .saved: state.progress = nil
        }
    }
}

/// `document` of the path `document.number`.
private func fieldId(of path: String) -> String {
    path.split(whereSeparator: { $0 == "." || $0 == "[" || $0 == "/" }).first.map(String.init) ?? path
}

extension FormState.Question {
    init(_ field: FormFieldView, _ words: ScreenWords) {
        let accepted = field.documentKinds.isEmpty ? FormInput.documentKinds : field.documentKinds
        self.init(
            id: field.id, kind: field.kind, label: field.label, hint: field.hint, isRequired: field.required,
            unit: field.unit, isMultiline: field.multiline,
            choices: field.choices.map { .init(id: $0.id, label: $0.label) },
            documentKinds: field.kind == .document
                ? accepted.map { .init(id: FormInput.id(of: $0), label: $0.text(language: words.language)) } : [],
            isScanned: field.id == FormFiling.Extra.careCode)
    }
}
