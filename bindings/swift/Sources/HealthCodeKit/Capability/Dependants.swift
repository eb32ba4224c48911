import HealthCodeCore

extension HealthCode {
    /// Everybody who is looked after on this phone.
    public func dependants() async throws -> DependantsView {
        try await call { try $0.dependants() }
    }

    /// The kept answers of a request for somebody who is not on this phone yet; where there are none, where the carer lives and
    /// is reached. Taking the person in drops them.
    public func dependantDraft() async throws -> [String: Answer] {
        try await call { try $0.dependantDraft() }
    }

    /// Keeps half-filled answers of such a request.
    public func saveDependantDraft(_ answers: [String: Answer]) async throws {
        try await call { try $0.saveDependantDraft(answers: answers) }
    }

    /// Takes somebody into care. Works offline; sync afterwards. Gives the dependant's id on this phone.
    public func addDependant(_ request: DependantRequest) async throws -> String {
        try await call { try $0.addDependant(request: request) }
    }

    /// Asks anew for a dependant, with other details or another code: in the place of a request that waits or was refused.
    public func mendDependant(id: String, request: DependantRequest) async throws {
        try await call { try $0.mendDependant(id: id, request: request) }
    }

    /// Registers somebody who was a dependant until now, with the code that a carer's phone shows.
    public func registerWithCode(answers: [String: Answer], consentVersion: UInt32, code: String) async throws {
        try await changing { try $0.registerWithCode(answers: answers, consentVersion: consentVersion, code: code) }
    }

    /// The codes of these subjects to show now, in this order; of all on this phone, the owner first, where none are named.
    public func groupCodes(ids: [String] = []) async throws -> [GroupCode] {
        try await call { try $0.groupCodes(ids: ids) }
    }

    /// Submits one health declaration for several: for all or for none. Works offline. Gives the uploads' ids.
    public func submitDeclaration(for ids: [String], answers: [String: Answer]) async throws -> [String] {
        try await changing { try $0.submitDeclarationFor(ids: ids, answers: answers) }
    }

    /// Who cares for this phone's owner, as the last sync brought it.
    public func carers() async throws -> [CarerView] {
        try await call { try $0.carers() }
    }

    /// Ends the care of others for this phone's owner. Works offline. Gives the upload's id.
    public func endCare(carers: [String]) async throws -> String {
        try await call { try $0.endCare(carers: carers) }
    }
}
