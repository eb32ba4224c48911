/// What an app around this one is asked for: an assertion, signed by its issuer, of who the person is.
///
/// Invariant: it counts for this phone alone, which it names (`cnf.jkt`, RFC 7800). What it says, the authority reads.
public struct HostAssertionRequest: Equatable, Sendable {
    /// Whose assertions the authority takes.
    public let issuer: String
    /// This phone's: what `cnf.jkt` of the assertion has to be.
    public let nonce: String
}

/// Gives the assertion, a compact JWS; nil where the person or the app around this one declined.
public typealias HostAssertionProvider = @MainActor @Sendable (HostAssertionRequest) async -> String?
