import Foundation
import HealthCodeCore

/// What a login's provider answers to a fetch, or to a posted form, whatever its status: over HTTPS, by the system's trust, without
/// cookies and redirects. Nil where nobody answers.
public func askLoginProvider(_ address: String, form: String? = nil) async -> Data? {
    let type = HostHeader(name: "content-type", value: "application/x-www-form-urlencoded")
    let request = HostHttpRequest(
        method: form == nil ? "GET" : "POST", url: address, headers: form == nil ? [] : [type],
        body: Data((form ?? "").utf8))
    return try? await blocking(on: DispatchQueue.global(qos: .userInitiated)) {
        try Exchange(challenge: nil).send(request, timeoutMs: 30_000, cancel: CancelToken()).body
    }
}

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

    /// Begins a login at the provider that policy names: authorization code with PKCE (RFC 8252). `redirect`: where the browser
    /// leads back to. The app fetches `metadataUrl`, at most 256 KiB, without redirects.
    public func beginLogin(redirect: String) async throws -> LoginAttempt {
        try await call { try $0.beginLogin(redirect: redirect) }
    }

    /// The page where the person logs in, for the system's browser. `metadata`: what was at `metadataUrl`.
    public func loginPage(_ attempt: LoginAttempt, metadata: Data) async throws -> String {
        try await call { try $0.loginPage(attempt: attempt, metadata: metadata) }
    }

    /// What the app posts for the token. `answer`: the whole address to which the browser led back.
    public func loginTokenRequest(
        _ attempt: LoginAttempt, metadata: Data, answer: String
    ) async throws -> LoginTokenRequest {
        try await call { try $0.loginTokenRequest(attempt: attempt, metadata: metadata, answer: answer) }
    }

    /// The token in what the provider answered, whatever its status: a proof of the kind `oidc`.
    public func loginToken(_ answer: Data) async throws -> String {
        try await call { try $0.loginToken(answer: answer) }
    }
}
