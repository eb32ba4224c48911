import Foundation
import HealthCodeKit
import Observation

/// A login with the system's browser, from the page to the token. The session has it, for with the page in front the phone's lock may
/// take the screen away.
///
/// Invariant: what is asked, which answer counts and what is posted the core says. One is under way at a time; it ends with its
/// answer, its time or the person's word, and takes no answer afterwards.
@MainActor
@Observable
public final class BrowserLogin {
    /// Why there is no token, where the core has no word for it.
    enum Failure: String, Error {
        case failed = "proof-login-failed"
        case late = "proof-login-late"
        case unreachable = "proof-login-unreachable"
    }

    /// Whether somebody logs in at the moment.
    public private(set) var isUnderWay = false
    /// How the last one ended, where it did not end well.
    private(set) var failure: (any Error)?
    /// How long a page stays open.
    @ObservationIgnored var patience = Duration.seconds(600)
    @ObservationIgnored private var waiting: CheckedContinuation<String?, any Error>?
    @ObservationIgnored private var tasks: [Task<Void, Never>] = []
    /// Counts the logins: an answer to one that is over ends no later one.
    @ObservationIgnored private var number = 0

    /// The token; nil where the person gave it up, or it failed, which ``failure`` says.
    func token(_ health: HealthCode, by browser: LoginBrowser) async -> String? {
        guard !isUnderWay else { return nil }
        (isUnderWay, failure) = (true, nil)
        defer { isUnderWay = false }
        number += 1
        let (patience, number) = (patience, number)
        do {
            return try await withCheckedThrowingContinuation { waiting in
                self.waiting = waiting
                tasks = [
                    Task {
                        do {
                            end(number, .success(try await carry(health, browser)))
                        } catch {
                            end(number, .failure(error))
                        }
                    },
                    Task { if (try? await Task.sleep(for: patience)) != nil { end(number, .failure(Failure.late)) } },
                ]
            }
        } catch {
            failure = error
            return nil
        }
    }

    /// The person's word: it is over.
    func cancel() { end(number, .success(nil)) }

    func forget() { failure = nil }

    private func end(_ number: Int, _ result: Result<String?, any Error>) {
        guard number == self.number, let waiting else { return }
        self.waiting = nil
        for task in tasks { task.cancel() }
        tasks = []
        waiting.resume(with: result)
    }

    private func carry(_ health: HealthCode, _ browser: LoginBrowser) async throws -> String? {
        let attempt = try await health.beginLogin(redirect: LoginBrowser.redirect)
        guard let metadata = await browser.ask(attempt.metadataUrl, nil) else { throw Failure.unreachable }
        let shown = try await health.loginPage(attempt, metadata: metadata)
        guard let page = URL(string: shown) else { throw Failure.failed }
        try Task.checkCancellation()
        switch await browser.show(page) {
        case .givenUp: return nil
        case .failed: throw Failure.failed
        case .ledBack(let answer):
            try Task.checkCancellation()
            let request = try await health.loginTokenRequest(attempt, metadata: metadata, answer: answer)
            guard let told = await browser.ask(request.url, request.body) else { throw Failure.unreachable }
            return try await health.loginToken(told)
        }
    }
}
