import Foundation
import HealthCodeKit
import TestSupport
import XCTest

@testable import HealthCodeScreens

/// Proving who one is: with the registration where policy asks for it, later, and by a login.
final class ProofTests: ModelTestCase, @unchecked Sendable {
    private let number = residentId("33010619900307771")

    /// A town whose authority registers nobody without a proof.
    private func inStrictTown(_ work: @MainActor (Town) async throws -> Void) async throws {
        let policy = FileManager.default.temporaryDirectory.appendingPathComponent("policy-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: policy) }
        let point = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
        let key = #"{"kty":"OKP","crv":"Ed25519","alg":"EdDSA","kid":"1","x":"\#(point)"}"#
        try Data(
            """
            {"version": 1, "unproven": {"code": true, "assurance": "paper"}, "ways": [
              {"kind": "activation_code", "phone": "12345", "text": {"en": "Wulin Road 1", "zh": "武林路 1 号"}},
              {"kind": "oidc", "name": {"en": "City login", "zh": "城市登录"}, "issuer": "https://login.example.org",
               "clientId": "health-code", "scope": "openid", "jwks": {"keys": [\(key)]},
               "claims": {"name": "name", "documentNumber": "id_number", "fixedDocumentKind": "resident_id"}}]}
            """.utf8
        ).write(to: policy)
        try await inTown(settings: ["identity_proofs": policy.path]) { town in
            await town.session.sync()
            try await work(town)
        }
    }

    func testTheFormLeadsToTheDesksCodeAndBothAreSentAtOnce() async throws {
        try await inStrictTown { town in
            try await fillIn(town, number)
            XCTAssertEqual(town.session.screen, .proof(.registration))
            let model = ProofModel(town.session, .registration)
            await model.load()
            XCTAssertEqual(model.state.name, .ways)
            XCTAssertEqual(model.state.ways.map(\.isPossible), [true, false], "no login was set up")
            XCTAssertEqual(model.state.ways.first?.text, "Wulin Road 1")
            await model.act(.take(.activationCode))
            XCTAssertEqual(model.state.name, .code)
            let code = try town.authority.activationCode(number)
            model.code = String(code.prefix(6)).lowercased()
            await model.act(.send)
            XCTAssertEqual(model.state.name, .problem)
            XCTAssertTrue(Seen(.proof(.registration), model.state).shows("11 characters are missing"), "\(model.state)")
            model.code = code.lowercased()
            XCTAssertEqual(model.state.name, .code, "what is typed anew is not wrong yet")
            await model.act(.send)
            XCTAssertEqual(model.state.name, .proven, model.state.problem ?? "")
            XCTAssertNotNil(model.state.own?.since)
            XCTAssertEqual(model.code, "", "it is kept nowhere")
            XCTAssertNotEqual(town.session.home.stage, .notRegistered)
            await model.act(.done)
            XCTAssertEqual(town.session.screen, .home)
        }
    }

    func testACodeOfSomebodyElseIsRefusedAndAnotherTakesItsPlace() async throws {
        try await inStrictTown { town in
            try await fillIn(town, number)
            let model = ProofModel(town.session, .registration)
            await model.load()
            await model.act(.take(.activationCode))
            model.code = try town.authority.activationCode(residentId("33010619900307779"))
            await model.act(.send)
            XCTAssertEqual(model.state.name, .refused)
            XCTAssertEqual(model.state.own?.sign, .attention)
            let home = HomeModel(town.session)
            XCTAssertEqual(home.state.name, .registrationRefused)
            XCTAssertEqual(home.state.next?.action, .open(.proof(.own)))
            let again = ProofModel(town.session)
            await again.load()
            XCTAssertEqual(again.state.name, .refused)
            await again.act(.tryAgain)
            XCTAssertEqual(again.state.name, .ways)
            // Scanned: of all squares in the picture the one that is a code.
            await again.act(.take(.activationCode))
            await again.act(.scan)
            XCTAssertTrue(again.state.isScanning)
            await again.act(.read(["HELLO", try town.authority.activationCode(number)]))
            XCTAssertFalse(again.state.isScanning)
            // Out of a picture: one without a code says so.
            await again.act(.picked([]))
            XCTAssertEqual(again.state.problem, town.session.words["dcc-no-code"])
            again.code = ""
            XCTAssertNil(again.state.problem)
            await again.act(.picked(["HELLO", try town.authority.activationCode(number)]))
            XCTAssertEqual(again.state.name, .code)
            await again.act(.send)
            XCTAssertEqual(again.state.name, .proven, again.state.problem ?? "")
        }
    }

    func testWhereNothingIsAskedForItSaysSo() async throws {
        try await inTown { town in
            let model = ProofModel(town.session)
            await model.load()
            XCTAssertEqual(model.state.name, .notKnown)
            await model.act(.connect)
            XCTAssertEqual(model.state.name, .ways, "a desk's code is taken without being asked for")
        }
    }
}
