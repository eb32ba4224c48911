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
