import HealthCodeCore

/// One subject of this phone, with the methods that `HealthCode` has for its owner: what each does, it says.
public struct Subject: Sendable {
    private let health: HealthCode
    /// `owner`, or a dependant's id.
    public let id: String

    init(health: HealthCode, id: String) {
        self.health = health
        self.id = id
    }

    /// As of now; read again after each change and sync.
    public func home() async throws -> HomeView { try await on { try $0.home() } }

    public func currentCode() async throws -> CodeView { try await on { try $0.currentCode() } }

    public func form(_ kind: FormKind) async throws -> FormView { try await on { try $0.form(kind: kind) } }

    public func review(_ kind: FormKind, answers: [String: Answer]) async throws -> FormReview {
        try await on { try $0.review(kind: kind, answers: answers) }
    }

    public func draft(_ kind: FormKind) async throws -> [String: Answer] {
        try await on { try $0.draft(kind: kind) }
    }

    public func saveDraft(_ kind: FormKind, answers: [String: Answer]) async throws {
        try await on { try $0.saveDraft(kind: kind, answers: answers) }
    }

    @discardableResult
    public func submitDeclaration(answers: [String: Answer]) async throws -> String {
        try await on { try $0.submitDeclaration(answers: answers) }
    }

    @discardableResult
    public func submitItinerary(legs: [ItineraryLeg]) async throws -> String {
        try await on { try $0.submitItinerary(legs: legs) }
    }

    public func dismissUpload(id uploadId: String) async throws {
        try await on { try $0.dismissUpload(uploadId: uploadId) }
    }

    /// Makes a code for another carer, or for the dependant's own phone. It counts, once, after the next sync.
    public func showCareCode(_ purpose: CarePurpose) async throws -> CareCodeView {
        try await on { try $0.showCareCode(purpose: purpose) }
    }

    /// The code that was made last; none where there is none.
    public func careCode() async throws -> CareCodeView? { try await on { try $0.careCode() } }

    /// Erases the subject from this phone: a dependant is in the owner's care no more.
    public func erase() async throws { try await health.erase(subject: id) }

    /// For the capabilities too, a file each in `Capability`.
    func on<T: Sendable>(_ work: @escaping @Sendable (CoreHealthCode) throws -> T) async throws -> T {
        let id = id
        return try await health.call { try work(try $0.subject(id: id)) }
    }
}

extension HealthCode {
    /// Somebody on this phone: the owner, or a dependant by the id of its view. Every call of it throws `Sync` for nobody.
    public func subject(_ id: String) -> Subject { Subject(health: self, id: id) }
}
