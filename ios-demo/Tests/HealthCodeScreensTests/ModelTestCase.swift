import Foundation
import HealthCodeKit
import TestSupport
import XCTest

@testable import HealthCodeScreens

/// A test with a real authority and the app's own models on a phone of its own.
@MainActor
class ModelTestCase: XCTestCase, @unchecked Sendable {
    /// An authority and an app that has been opened, in English.
    struct Town {
        let authority: Authority
        let app: AppModel
        let session: Session
        let folder: URL
    }

    /// Runs `work` in a new town and leaves nothing behind.
    func inTown(
        settings: [String: String] = [:], hostAssertion: HostAssertionProvider? = nil, clock: (any HostClock)? = nil,
        _ work: @MainActor (Town) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("models-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let authority = try Authority(folder.appendingPathComponent("authority"), settings: settings)
        defer { authority.stop() }
        let phone = folder.appendingPathComponent("phone")
        let setup = try AppSetup(
            folder: phone, config: authority.config(),
            keyGuard: { try FileKeyGuard(file: phone.appendingPathComponent("key")) }, version: "1.0",
            hostAssertion: hostAssertion, clock: clock)
        let preferences = Preferences(try XCTUnwrap(UserDefaults(suiteName: folder.lastPathComponent)))
        preferences.language = "en"
        let app = AppModel(setup, preferences: preferences)
        await app.open()
        defer { app.close() }
        try await work(Town(authority: authority, app: app, session: XCTUnwrap(app.session), folder: folder))
    }

    /// Goes through a form page by page: types what `answers` has of each question; stops at a problem and when it was sent.
    func fill(_ model: FormModel, _ answers: [String: Answer]) async {
        await model.load()
        await goOn(model, answers)
    }

    /// The same from the page that is shown.
    func goOn(_ model: FormModel, _ answers: [String: Answer]) async {
        for _ in 0..<100 {
            if let id = model.state.question?.id, let answer = answers[id] { model.input[id] = answer }
            switch model.state.name {
            case .question, .problem: await model.act(.next)
            case .checkAnswers: await model.act(.submit)
            case .saved: return
            }
            if model.state.name == .problem { return }
        }
        XCTFail("the form does not end")
    }

    /// Fills in the form of the registration up to its last page, which leads to the proof.
    func fillIn(_ town: Town, _ number: String) async throws {
        var answers = registration()
        answers["document"] = .document(.residentId, number)
        town.session.open(.form(.registration))
        let model = FormModel(town.session, .registration)
        await model.load()
        for _ in 0..<30 where model.state.name != .checkAnswers {
            if let id = model.state.question?.id, let answer = answers[id] { model.input[id] = answer }
            await model.act(.next)
        }
        XCTAssertEqual(model.state.submitLabel, town.session.words["form-agree-and-prove"])
        await model.act(.submit)
    }
}
