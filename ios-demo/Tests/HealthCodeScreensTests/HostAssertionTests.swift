import Foundation
import HealthCodeKit
import TestSupport
import XCTest

@testable import HealthCodeScreens

/// An app around this one that says who the person is, with a key of its own and tokens that the real authority reads.
final class HostAssertionTests: ModelTestCase, @unchecked Sendable {
    private let number = residentId("33010619900307773")

    func testTheAppAroundThisOneProvesWhoThePersonIs() async throws {
        let issuer = try TokenIssuer()
        defer { issuer.end() }
        let asked = Locked<[HostAssertionRequest]>([])
        let answer = Locked<String?>(nil)
        let provider: HostAssertionProvider = { request in
            asked.change { $0.append(request) }
            return answer.value
        }
        let settings = ["identity_proofs": try issuer.policy().path]
        try await inTown(settings: settings, hostAssertion: provider) { town in
            await town.session.sync()
            try await fillIn(town, number)
            let model = ProofModel(town.session, .registration)
            await model.load()
            XCTAssertEqual(model.state.name, .ways)
            XCTAssertEqual(model.state.ways.map(\.id), [.hostAssertion])
            XCTAssertEqual(model.state.ways.map(\.isPossible), [true])

            await model.act(.take(.hostAssertion))
            XCTAssertEqual(model.state.name, .loginFailed, "the person declined")
            let nonce = try await town.session.health.identityProof().nonce
            XCTAssertEqual(asked.value, [HostAssertionRequest(issuer: "https://pay.example.org", nonce: nonce)])
            let before = try await town.session.health.identityProof().own.state
            XCTAssertEqual(before, .notRegistered, "nothing was sent")

            // What is no token the core refuses, before anything is sent.
            answer.change { $0 = "no token" }
            await model.act(.take(.hostAssertion))
            XCTAssertEqual(model.state.name, .loginFailed)
            XCTAssertEqual(model.state.problem, textOfCode(code: "identity_proof_unreadable", language: "en"))

            // One for another phone the authority refuses.
            let others = try issuer.assertion(of: "欧阳振华", number, for: "another")
            answer.change { $0 = others }
            await model.act(.take(.hostAssertion))
            XCTAssertEqual(model.state.name, .refused)

            let own = try issuer.assertion(of: "欧阳振华", number, for: nonce)
            answer.change { $0 = own }
            let again = ProofModel(town.session)
            await again.load()
            await again.act(.tryAgain)
            await again.act(.take(.hostAssertion))
            XCTAssertEqual(again.state.name, .proven, again.state.problem ?? "")
            XCTAssertEqual(asked.value.count, 4)
        }
    }

    func testWithoutAnAppAroundItTheWayIsToldAndHasNoButton() async throws {
        let issuer = try TokenIssuer()
        defer { issuer.end() }
        try await inTown(settings: ["identity_proofs": try issuer.policy().path]) { town in
            await town.session.sync()
            let model = ProofModel(town.session)
            await model.load()
            XCTAssertEqual(model.state.ways.map(\.isPossible), [false])
            await model.act(.take(.hostAssertion))
            XCTAssertEqual(model.state.name, .ways)
        }
    }
}

/// Signs what an app does that knows its people by name (EdDSA, RFC 8037), with the openssl program.
private struct TokenIssuer {
    private static let program = URL(fileURLWithPath: "/usr/bin/openssl")
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("issuer-\(UUID().uuidString)")
    private var key: String { folder.appendingPathComponent("key.pem").path }

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        _ = try output(of: Self.program, ["genpkey", "-algorithm", "ed25519", "-out", key])
    }

    func end() { try? FileManager.default.removeItem(at: folder) }

    /// A policy by which its word alone counts.
    func policy() throws -> URL {
        let der = try output(of: Self.program, ["pkey", "-in", key, "-pubout", "-outform", "DER"])
        let jwk = #"{"kty":"OKP","crv":"Ed25519","alg":"EdDSA","kid":"1","x":"\#(base64url(der.suffix(32)))"}"#
        let file = folder.appendingPathComponent("policy.json")
        try Data(
            """
            {"version": 1, "unproven": {"code": true, "assurance": "paper"}, "ways": [
              {"kind": "host_assertion", "name": {"en": "Pay", "zh": "支付"}, "issuer": "https://pay.example.org",
               "audience": "health-code", "jwks": {"keys": [\(jwk)]},
               "claims": {"name": "name", "documentNumber": "id_number", "fixedDocumentKind": "resident_id"}}]}
            """.utf8
        ).write(to: file)
        return file
    }

    func assertion(of name: String, _ number: String, for phone: String) throws -> String {
        let now = Int(Date().timeIntervalSince1970)
        let claims: [String: Any] = [
            "iss": "https://pay.example.org", "sub": "77", "aud": "health-code", "iat": now, "exp": now + 600,
            "name": name, "id_number": number, "cnf": ["jkt": phone],
        ]
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
