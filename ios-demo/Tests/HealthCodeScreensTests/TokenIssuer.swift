import Foundation
import TestSupport

/// Signs what a login or an app does that knows its people by name (EdDSA, RFC 8037), with the openssl program.
struct TokenIssuer {
    private static let program = URL(fileURLWithPath: "/usr/bin/openssl")
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("issuer-\(UUID().uuidString)")
    private var key: String { folder.appendingPathComponent("key.pem").path }

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        _ = try output(of: Self.program, ["genpkey", "-algorithm", "ed25519", "-out", key])
    }

    func end() { try? FileManager.default.removeItem(at: folder) }

    /// A policy by which its word alone counts, as `way` says it: kind and what belongs to it.
    func policy(_ way: String = #""kind": "host_assertion", "audience": "health-code""#) throws -> URL {
        let der = try output(of: Self.program, ["pkey", "-in", key, "-pubout", "-outform", "DER"])
        let jwk = #"{"kty":"OKP","crv":"Ed25519","alg":"EdDSA","kid":"1","x":"\#(base64url(der.suffix(32)))"}"#
        let file = folder.appendingPathComponent("policy.json")
        try Data(
            """
            {"version": 1, "unproven": {"code": true, "assurance": "paper"}, "ways": [
              {\(way), "name": {"en": "Pay", "zh": "支付"}, "issuer": "https://pay.example.org", "jwks": {"keys": [\(jwk)]},
               "claims": {"name": "name", "documentNumber": "id_number", "fixedDocumentKind": "resident_id"}}]}
            """.utf8
        ).write(to: file)
        return file
    }

    /// One that is bound to the phone with this thumbprint: as an app's (`cnf`), or as a login's (`nonce`).
    func assertion(of name: String, _ number: String, for phone: String, isLogin: Bool = false) throws -> String {
        let now = Int(Date().timeIntervalSince1970)
        var claims: [String: Any] = [
            "iss": "https://pay.example.org", "sub": "77", "aud": "health-code", "iat": now, "exp": now + 600,
            "name": name, "id_number": number,
        ]
        if isLogin { claims["nonce"] = phone } else { claims["cnf"] = ["jkt": phone] }
        let header = base64url(Data(#"{"alg":"EdDSA","kid":"1"}"#.utf8))
        let signed = "\(header).\(base64url(try JSONSerialization.data(withJSONObject: claims)))"
        let file = folder.appendingPathComponent("signed")
        try Data(signed.utf8).write(to: file)
        let signature = try output(
            of: Self.program, ["pkeyutl", "-sign", "-inkey", key, "-rawin", "-in", file.path])
        return "\(signed).\(base64url(signature))"
    }

    private func base64url(_ data: Data) -> String {
        data.base64EncodedString().replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
            .replacingOccurrences(of: "=", with: "")
    }
}
