import HealthCodeCore

extension HealthCode {
    /// Which proofs of identity the authority takes, how the citizen's own stands, and the nonce that a token has to name.
    public func identityProof() async throws -> IdentityProofView {
        try await call { try $0.identityProof() }
    }

    /// Registers with consent and a proof of identity: a code as it was typed or scanned, or a token. Works offline once the
    /// phone knows which proofs the authority takes.
    public func register(
        answers: [String: Answer], consent: ConsentForm, kind: ProofKind, proof: String
    ) async throws {
        try await changing {
            try $0.registerWithProof(answers: answers, consentVersion: consent.version, kind: kind, proof: proof)
        }
    }

    /// Proves who the citizen is who registered before, with the details as they are. Works offline; sync afterwards.
    public func proveIdentity(kind: ProofKind, proof: String) async throws {
        try await changing { try $0.proveIdentity(kind: kind, proof: proof) }
    }

    /// What is to be said of a code while it is typed. Nothing is sent.
    public func reviewActivationCode(_ typed: String) async throws -> ActivationCodeReview {
        try await call { try $0.reviewActivationCode(typed: typed) }
    }
}
