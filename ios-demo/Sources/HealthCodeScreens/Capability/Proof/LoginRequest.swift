import Foundation
import HealthCodeKit

/// A login at an OpenID provider that answers with the token itself (OpenID Connect Core 1.0, 3.2: `response_type=id_token`).
///
/// Invariant: an answer counts for the request that it names (`state`) alone; that the token is of this phone, the authority sees
/// by its nonce. Nothing of it is read here.
struct LoginRequest {
    /// Where the provider leads back to: the app's own scheme.
    static let redirect = "health-code://login"
    let url: URL
    private let state = UUID().uuidString

    init?(_ page: URL, _ way: ProofWayView, nonce: String) {
        guard let client = way.clientId, var parts = URLComponents(url: page, resolvingAgainstBaseURL: false) else {
            return nil
        }
        let asked = [
            "response_type": "id_token", "response_mode": "fragment", "client_id": client,
            "redirect_uri": Self.redirect, "scope": way.scope ?? "openid", "nonce": nonce, "state": state,
        ]
        let items = asked.sorted { $0.key < $1.key }.map { URLQueryItem(name: $0.key, value: $0.value) }
        parts.queryItems = (parts.queryItems ?? []) + items
        guard let url = parts.url else { return nil }
        self.url = url
    }

    /// The token of an answer to this very request; nil for any other and for a refusal.
    func token(in answer: String) -> String? {
        let start = "\(Self.redirect)#"
        // Read as a query, which a fragment of this shape is.
        guard answer.hasPrefix(start),
            let parts = URLComponents(string: "\(Self.redirect)?\(answer.dropFirst(start.count))")
        else { return nil }
        func value(_ name: String) -> String? { parts.queryItems?.first { $0.name == name }?.value }
        return value("state") == state ? value("id_token") : nil
    }
}
