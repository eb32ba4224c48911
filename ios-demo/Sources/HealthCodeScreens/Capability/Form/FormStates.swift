import HealthCodeKit

extension FormState {
    /// Each of its states, for previews.
    public static func all(_ words: ScreenWords) -> [FormState] {
        var question = FormState(
            name: .question, title: words["form-registration-title"], submitLabel: words["form-submit-registration"])
        question.progress = words.format("form-progress", ["step": 3, "total": 8])
        question.question = Question(
            id: "document", kind: .document, label: words["form-document-number"], isRequired: true, isMultiline: false,
            choices: [],
            documentKinds: [DocumentKind.residentId, .passport].map {
                Choice(id: FormInput.id(of: $0), label: $0.text(language: words.language))
            })
        question.canGoBack = true
        var problem = question
        problem.name = .problem
        problem.question?.problem = words["form-document-check-last"]
        problem.problems = [
            Problem(id: "document", label: words["form-document-number"], text: words["form-document-check-last"])
        ]
        var answers = question
        (answers.name, answers.progress, answers.question) = (.checkAnswers, nil, nil)
        answers.answers = [
            Answered(id: "name", label: words["checkpoint-name"], value: "li"),
            Answered(id: "document", label: words["form-document-number"], value: "330106 19850412 1014"),
        ]
        var saved = answers
        (saved.name, saved.answers, saved.canGoBack) = (.saved, [], false)
        return [question, problem, answers, saved]
    }
}
