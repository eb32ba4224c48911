import Foundation
import HealthCodeKit
import TestSupport
import XCTest

/// What the core says of a login with the system's browser, through the real library. That it is asked for where policy takes one
/// alone, the authority of these tests shows: it takes none.
final class LoginTests: PhoneTestCase {
    private let issuer = "https://login.example.org"
    private let back = "org.example:/login"

    private var metadata: Data {
        Data(
            """
            {"issuer": "\(issuer)", "authorization_endpoint": "\(issuer)/authorize", "token_endpoint": "\(issuer)/token"}
            """.utf8)
    }

    func testALoginIsAskedForItsOwnAnswerCountsAndTheTokenComesOut() async throws {
        let health = try await Phone(folder("phone"), authority.config()).open()
        try await health.sync()
        await refusal("identity_proof_kind_not_taken") { _ = try await health.beginLogin(redirect: back) }
        let attempt = LoginAttempt(
            metadataUrl: "\(issuer)/.well-known/openid-configuration", issuer: issuer, clientId: "health-code",
            scope: "openid", nonce: "n", redirect: back, state: "s", verifier: "v")
        let page = try await health.loginPage(attempt, metadata: metadata)
        XCTAssertTrue(page.hasPrefix("\(issuer)/authorize?response_type=code&client_id=health-code&"), page)
        await refusal("login_provider_unusable") { _ = try await health.loginPage(attempt, metadata: Data()) }
        let metadata = metadata
        let request = try await health.loginTokenRequest(attempt, metadata: metadata, answer: "\(back)?code=c&state=s")
        XCTAssertEqual(request.url, "\(issuer)/token")
        XCTAssertTrue(request.body.hasSuffix("&code_verifier=v"), request.body)
        await refusal("login_other") {
            _ = try await health.loginTokenRequest(attempt, metadata: metadata, answer: "\(back)?code=c&state=x")
        }
        let token = try await health.loginToken(Data(#"{"id_token": "a.b.c"}"#.utf8))
        XCTAssertEqual(token, "a.b.c")
        await refusal("login_refused") { _ = try await health.loginToken(Data(#"{"error": "invalid_grant"}"#.utf8)) }
        health.close()
    }

    func testAProviderThatNobodyReachesOrThatSpeaksInTheOpenAnswersNothing() async {
        let nobody = await askLoginProvider("https://127.0.0.1:1/token", form: "code=c")
        XCTAssertNil(nobody)
        let open = await askLoginProvider("http://127.0.0.1:1/.well-known/openid-configuration")
        XCTAssertNil(open)
    }

    private func refusal(_ code: String, _ work: () async throws -> Void) async {
        do {
            try await work()
            XCTFail("not refused: \(code)")
        } catch HealthCodeError.FormRefused(_, let fields) {
            XCTAssertEqual(fields.map(\.code), [code])
        } catch {
            XCTFail("\(error)")
        }
    }
}
