import Foundation
import HealthCodeKit
import TestSupport
import XCTest

@testable import HealthCodeScreens

/// A login by the system's browser: what the core asks for is shown and carried, and the real authority reads the token.
final class LoginTests: ModelTestCase, @unchecked Sendable {
    private let number = residentId("33010619900307779")

    /// A provider with a key of its own, and a browser in which somebody logs in there; it answers as the test says.
    private final class Provider: Sendable {
        let issuer = "https://pay.example.org"
        let nonce = Locked("")
        let code = Locked("c-1")
        let posted = Locked<[String]>([])
        let isThere = Locked(true)
        let signs: @Sendable (String) throws -> String

        init(_ signs: @escaping @Sendable (String) throws -> String) { self.signs = signs }

        /// `logIn` makes of the page's query what it leads back to.
        func browser(
            _ logIn: @escaping @MainActor @Sendable ([String: String]) async -> LoginBrowser.Answer
        ) -> LoginBrowser {
            LoginBrowser { page in
                let items = URLComponents(url: page, resolvingAgainstBaseURL: false)?.queryItems ?? []
                let query = Dictionary(items.map { ($0.name, $0.value ?? "") }, uniquingKeysWith: { first, _ in first })
                self.nonce.change { $0 = query["nonce"] ?? "" }
                return await logIn(query)
            } ask: { address, form in
                guard self.isThere.value else { return nil }
                if let form {
                    self.posted.change { $0.append(form) }
                    guard form.contains("code=\(self.code.value)&"), let token = try? self.signs(self.nonce.value)
                    else {
                        return Data(#"{"error": "invalid_grant"}"#.utf8)
                    }
                    return Data(#"{"id_token": "\#(token)"}"#.utf8)
                }
                XCTAssertEqual(address, "\(self.issuer)/.well-known/openid-configuration")
                return Data(
                    """
                    {"issuer": "\(self.issuer)", "authorization_endpoint": "\(self.issuer)/authorize",
                     "token_endpoint": "\(self.issuer)/token"}
                    """.utf8)
            }
        }
    }

    /// A page that stays open until the test leads it back.
    @MainActor
    private final class OpenPage {
        private var query: [String: String]?
        private var answering: CheckedContinuation<LoginBrowser.Answer, Never>?

        func answer(_ query: [String: String]) async -> LoginBrowser.Answer {
            await withCheckedContinuation { waiting in (self.query, answering) = (query, waiting) }
        }

        func shown() async throws {
            for _ in 0..<3_000 where answering == nil { try await Task.sleep(for: .milliseconds(10)) }
            if answering == nil { throw SetUpFailure("no page was shown") }
        }

        /// Where somebody waits at all.
        func lead(_ address: ([String: String]) -> String) {
            answering?.resume(returning: .ledBack(address(query ?? [:])))
            answering = nil
        }
    }

    private func inLoginTown(_ work: @MainActor (Town, Provider) async throws -> Void) async throws {
        let issuer = try TokenIssuer()
        defer { issuer.end() }
        let number = number
        let provider = Provider { try issuer.assertion(of: "欧阳振华", number, for: $0, isLogin: true) }
        let policy = try issuer.policy(#""kind": "oidc", "clientId": "health-code", "scope": "openid""#)
        try await inTown(settings: ["identity_proofs": policy.path]) { town in
            await town.session.sync()
            try await fillIn(town, number)
            try await work(town, provider)
        }
    }

    func testALoginProvesWhoThePersonIs() async throws {
        try await inLoginTown { town, provider in
            let browser = provider.browser { query in
                XCTAssertEqual(query["client_id"], "health-code")
                XCTAssertEqual(query["redirect_uri"], "org.healthcode.app:/login")
                return .ledBack("org.healthcode.app:/login?code=c-1&state=\(query["state"] ?? "")")
            }
            let model = ProofModel(town.session, .registration, browser: browser)
            await model.load()
            XCTAssertEqual(model.state.ways.map(\.isPossible), [true])
            await model.act(.take(.oidc))
            XCTAssertEqual(model.state.name, .proven, model.state.problem ?? "")
            XCTAssertTrue(provider.posted.value.first?.contains("code_verifier=") ?? false)
        }
    }

    func testALoginThatDoesNotEndWellSendsNothingAndSaysWhy() async throws {
        try await inLoginTown { town, provider in
            let answer = Locked<LoginBrowser.Answer>(.givenUp)
            let browser = provider.browser { _ in answer.value }
            let model = ProofModel(town.session, .registration, browser: browser)
            await model.load()
            await model.act(.take(.oidc))
            XCTAssertEqual(model.state.name, .ways, "whoever closes the page has given it up")
            answer.change { $0 = .failed }
            await model.act(.take(.oidc))
            XCTAssertEqual(model.state.name, .loginFailed)
            XCTAssertEqual(model.state.problem, town.session.words["proof-login-failed"])
            answer.change { $0 = .ledBack("org.healthcode.app:/login?code=c-1&state=another") }
            await model.act(.take(.oidc))
            XCTAssertEqual(model.state.name, .loginFailed)
            XCTAssertEqual(model.state.problem, textOfCode(code: "login_other", language: "en"))
            provider.isThere.change { $0 = false }
            await model.act(.take(.oidc))
            XCTAssertEqual(model.state.problem, town.session.words["proof-login-unreachable"])
            XCTAssertEqual(provider.posted.value, [], "no code was handed on")
            let proof = try await town.session.health.identityProof()
            XCTAssertEqual(proof.own.state, .notRegistered, "nothing was sent")
        }
    }

    func testWhileThePageIsOpenTheScreenSaysSoAlsoToOneThatWasMadeAnew() async throws {
        try await inLoginTown { town, provider in
            let page = OpenPage()
            let browser = provider.browser { await page.answer($0) }
            let model = ProofModel(town.session, .registration, browser: browser)
            await model.load()
            let underWay = Task { await model.act(.take(.oidc)) }
            try await page.shown()
            XCTAssertEqual(model.state.name, .loggingIn)
            // As behind the phone's lock: the screen is made anew, and a tap begins no second login.
            let again = ProofModel(town.session, .registration, browser: browser)
            await again.load()
            XCTAssertEqual(again.state.name, .loggingIn)
            await again.act(.take(.oidc))
            page.lead { "org.healthcode.app:/login?code=c-1&state=\($0["state"] ?? "")" }
            await underWay.value
            await again.load()
            XCTAssertEqual(again.state.name, .proven, again.state.problem ?? "")
            XCTAssertEqual(provider.posted.value.count, 1)
        }
    }

    func testALoginThatIsCancelledLeftOrTooLateTakesNoAnswer() async throws {
        try await inLoginTown { town, provider in
            let page = OpenPage()
            let browser = provider.browser { await page.answer($0) }
            let model = ProofModel(town.session, .registration, browser: browser)
            await model.load()
            let ends: [@MainActor () async -> Void] = [
                { await model.act(.cancelLogin) }, { town.session.path = [] },
            ]
            for end in ends {
                town.session.open(.proof(.registration))
                let underWay = Task { await model.act(.take(.oidc)) }
                try await page.shown()
                await end()
                await underWay.value
                XCTAssertEqual(model.state.name, .ways)
                page.lead { "org.healthcode.app:/login?code=c-1&state=\($0["state"] ?? "")" }
            }
            town.session.login.patience = .milliseconds(1)
            await model.act(.take(.oidc))
            XCTAssertEqual(model.state.name, .loginFailed)
            XCTAssertEqual(model.state.problem, town.session.words["proof-login-late"])
            page.lead { "org.healthcode.app:/login?code=c-1&state=\($0["state"] ?? "")" }
            let proof = try await town.session.health.identityProof()
            XCTAssertEqual(proof.own.state, .notRegistered, "nothing was sent")
            XCTAssertEqual(provider.posted.value, [])
        }
    }

    func testWithoutABrowserTheWayIsToldAndHasNoButton() async throws {
        try await inLoginTown { town, _ in
            let model = ProofModel(town.session, .registration)
            await model.load()
            XCTAssertEqual(model.state.ways.map(\.isPossible), [false])
            await model.act(.take(.oidc))
            XCTAssertEqual(model.state.name, .ways)
        }
    }
}
