import HealthCodeKit

/// Reads, keeps and files a form for its purpose.
///
/// Invariant: what a person of this phone answered is read and kept for that person alone.
@MainActor
struct FormFiling {
    /// Ids of the questions that no form of the authority asks.
    enum Extra {
        static let birthDate = "birth_date"
        static let careCode = "care_code"
        static let all = [birthDate, careCode]
    }

    let session: Session
    let purpose: FormPurpose

    private var health: HealthCode { session.health }
    private var words: ScreenWords { session.words }

    /// Whose answers are asked for: nil for somebody who is not on this phone yet.
    private var subject: Subject? {
        switch purpose {
        case .healthDeclarationOf(let ids): health.subject(ids.first ?? HealthCode.owner)
        case .dependant(let id): id.map { health.subject($0) }
        case .registration, .healthDeclaration, .entry, .handedOver: health.subject(HealthCode.owner)
        }
    }

    /// What the form is called.
    var title: String {
        switch purpose {
        case .registration, .handedOver: words["form-registration-title"]
        case .healthDeclaration, .healthDeclarationOf: words["form-declaration-title"]
        case .dependant: words["form-dependant-title"]
        case .entry: words["form-entry-title"]
        }
    }

    /// What sending it is called.
    var submitLabel: String {
        switch purpose {
        case .registration, .handedOver: words["form-submit-registration"]
        case .healthDeclaration, .healthDeclarationOf, .entry: words["form-submit-declaration"]
        case .dependant: words["form-agree-and-add"]
        }
    }

    func form() async throws -> FormView {
        guard let subject else { return try await health.form(purpose.kind) }
        return try await subject.form(purpose.kind)
    }

    func draft() async throws -> [String: Answer] {
        guard let subject else { return try await health.dependantDraft() }
        return try await subject.draft(purpose.kind)
    }

    func save(_ answers: [String: Answer]) async throws {
        // The code counts for minutes, and once: it is in no draft.
        guard let subject else {
            return try await health.saveDependantDraft(answers.filter { $0.key != Extra.careCode })
        }
        let own = asked(answers)
        try await subject.saveDraft(purpose.kind, answers: own)
    }

    func review(_ answers: [String: Answer]) async throws -> FormReview {
        let own = asked(answers)
        guard let subject else { return try await health.review(purpose.kind, answers: own) }
        return try await subject.review(purpose.kind, answers: own)
    }

    /// The questions behind those of the form: a carer's code, and the day of birth where the document does not say it.
    func extras(_ input: FormInput) -> [FormFieldView] {
        switch purpose {
        case .dependant:
            let day = input.document.map { $0.kind.explain(number: $0.number, language: words.language).bornOn == nil }
            let code = question(
                Extra.careCode, .text, words["form-care-code"], hint: words["form-care-code-hint"], isRequired: false)
            guard day == true else { return [code] }
            let birth = question(
                Extra.birthDate, .date, words["form-birth-date"], hint: words["form-birth-date-hint"], isRequired: true)
            return [birth, code]
        case .handedOver:
            return [
                question(
                    Extra.careCode, .text, words["form-care-code"], hint: words["form-care-code-own"], isRequired: true)
            ]
        case .registration, .healthDeclaration, .healthDeclarationOf, .entry: return []
        }
    }

    /// The question that a refusal without a field is about.
    func extra(of error: any Error) -> String? {
        switch (error as? HealthCodeError)?.code {
        case "care_code_mistyped": Extra.careCode
        case "care_birth_date_invalid": Extra.birthDate
        default: nil
        }
    }

    /// For whom a declaration is, where that is not the owner alone.
    func whom() async throws -> String? {
        guard case .healthDeclarationOf(let ids) = purpose else { return nil }
        let people = try await health.dependants().dependants
        let names = ids.map { id in
            id == HealthCode.owner ? words["family-myself"] : people.first { $0.id == id }?.name ?? ""
        }
        return words.format("form-for", ["names": names.joined(separator: "\n")])
    }

    func submit(_ input: FormInput) async throws {
        let answers = asked(input.answers)
        let consent = consent(language: words.language)
        switch purpose {
        case .registration: try await health.register(answers: answers, consent: consent)
        case .healthDeclaration: try await health.submitDeclaration(answers: answers)
        case .healthDeclarationOf(let ids): _ = try await health.submitDeclaration(for: ids, answers: answers)
        case .entry: try await health.submitEntryDeclaration(answers: answers)
        case .handedOver:
            try await health.registerWithCode(
                answers: answers, consentVersion: consent.version, code: input[text: Extra.careCode])
        case .dependant(let id):
            let (birthDate, code) = (input[text: Extra.birthDate], input[text: Extra.careCode])
            let request = DependantRequest(
                answers: answers, consentVersion: consent.version, birthDate: birthDate.isEmpty ? nil : birthDate,
                code: code.isEmpty ? nil : code)
            if let id {
                try await health.mendDependant(id: id, request: request)
            } else {
                _ = try await health.addDependant(request)
            }
        }
    }

    /// Where the person goes on from what was sent.
    func finish() {
        switch purpose {
        case .dependant, .healthDeclarationOf: session.path = [.family]
        case .entry: session.path = [.entry]
        case .registration, .healthDeclaration, .handedOver: session.open(.home)
        }
    }

    /// What the form itself asked.
    private func asked(_ answers: [String: Answer]) -> [String: Answer] {
        answers.filter { !Extra.all.contains($0.key) }
    }

    private func question(
        _ id: String, _ kind: FieldKind, _ label: String, hint: String, isRequired: Bool
    ) -> FormFieldView {
        FormFieldView(
            id: id, kind: kind, label: label, hint: hint, required: isRequired, unit: nil, min: nil, max: nil,
            decimals: nil, minLength: nil, maxLength: nil, multiline: false, choices: [], documentKinds: [])
    }
}
