import Foundation
import HealthCodeKit
import TestSupport
import XCTest

@testable import HealthCodeScreens

/// Does what a scenario says, with the real core, the app's own models and a real authority.
@MainActor
final class ScenarioRunner {
    let folder: URL
    let authority: Authority
    private let clock = ScenarioClock()
    private(set) var app: AppModel
    /// What was on the screen for this step alone.
    var shown: Seen?
    private(set) var others = 0
    /// What another phone shows to be cared for.
    var shownCode: String?
    /// Looks at the model of the screen that is shown, where something was typed into it.
    var kept: (@MainActor () async -> Seen)?
    /// The page of certificates on which something was asked.
    var certificates: DccModel?
    /// The appeal that is being written or looked at.
    var appeal: AppealModel?
    /// What the desk gave last.
    var deskCode = ""
    private let scenario: Scenario

    init(_ scenario: Scenario, in folder: URL) throws {
        self.scenario = scenario
        self.folder = folder
        authority = try Authority(folder.appendingPathComponent("authority"), settings: scenario.authority ?? [:])
        app = try Self.app(folder, authority, clock)
    }

    func run() async throws {
        defer {
            app.close()
            authority.stop()
        }
        for (number, step) in (scenario.given + scenario.steps).enumerated() {
            try await perform(step)
            if let sight = step.see { try await check(sight, "\(scenario.scenario), step \(number + 1): \(step.do)") }
        }
    }

    private static func app(_ folder: URL, _ authority: Authority, _ clock: ScenarioClock) throws -> AppModel {
        let phone = folder.appendingPathComponent("phone")
        let setup = try AppSetup(
            folder: phone, config: authority.config(),
            keyGuard: { try FileKeyGuard(file: phone.appendingPathComponent("key")) }, clock: clock)
        let store = try XCTUnwrap(UserDefaults(suiteName: "scenario-\(folder.lastPathComponent)"))
        let preferences = Preferences(store)
        preferences.language = "en"
        return AppModel(setup, preferences: preferences)
    }

    func session() throws -> Session { try XCTUnwrap(app.session, "\(scenario.scenario): it is not open") }

    private func perform(_ step: Scenario.Step) async throws {
        shown = nil
        switch step.do {
        case "open":
            (kept, appeal, certificates) = (nil, nil, nil)
            app.close()
            await app.open()
            // As whenever it comes to the front.
            await app.session?.sync(.appOpened)
        case "open_screen": try open(step)
        case "welcome":
            let model = OnboardingModel(try session())
            model.act(.start)
            shown = Seen(.onboarding, model.state)
        case "agree": OnboardingModel(try session()).act(.agree)
        case "register": try await fill(.registration, step.answers ?? [:])
        case "declare": try await fill(.healthDeclaration, step.answers ?? [:])
        case "sync": try await session().sync()
        case "authority_stop": authority.stop()
        case "authority_start": try authority.start()
        case "authority_set": try authority.set(step.settings ?? [:])
        case "officers_end_region":
            try authority.endRegion(
                inDays: step.inDays ?? 0, erasedAfter: step.eraseAfterDays ?? 0,
                texts: ["en": step.en, "zh": step.zh].compactMapValues { $0 })
        case "clock_advance": clock.advance(hours: step.hours ?? 0)
        case "clock_set": clock.set(hours: step.hours ?? 0)
        case "officers_change_colour":
            let citizen = try XCTUnwrap(session().home.colour).citizenId
            try authority.changeColour(citizen, to: step.colour ?? "", reason: step.reason ?? "")
        case "another_phone_registers": try await anotherRegisters(step.answers ?? [:])
        case "lose_key": try FileManager.default.removeItem(at: file("key"))
        case "damage_store": try Data(count: 16).write(to: file("store").appendingPathComponent(step.file ?? ""))
        case "appeal", "withdraw_appeal", "officers_ask_on_appeal", "answer_appeal", "officers_decide_appeal",
            "read_alarms", "desk_gives_code", "type_code", "authority_backup", "authority_put_back":
            try await performRight(step)
        default:
            if try await performForPeople(step) { return }
            guard try await performWithEvidence(step) else {
                throw SetUpFailure("\(scenario.scenario): no verb \(step.do)")
            }
        }
    }

    private func file(_ name: String) -> URL { folder.appendingPathComponent("phone").appendingPathComponent(name) }

    private func open(_ step: Scenario.Step) throws {
        (kept, appeal, certificates) = (nil, nil, nil)
        let plain: [Screen] = [
            .home, .code, .why, .history, .appeal(.any), .proof(.own), .itinerary, .bulletins, .clinics, .settings,
            .checkpoint, .family, .paper, .passport, .entry, .regions, .results, .dcc, .export,
        ]
        let name = step.screen ?? ""
        let ofOne: Screen? =
            switch (name, step.form) {
            case ("form", let purpose?): FormPurpose(argument: purpose).map { .form($0) }
            case ("results", let id?): .resultOf(id)
            case ("dcc", let id?): .dccOf(id)
            default: nil
            }
        let screen = try XCTUnwrap(ofOne ?? plain.first { $0.name == name }, "no screen \(name)")
        try session().open(screen)
        if name == "results" { try keepResults(step.form) }
    }

    /// Page by page, until it is sent or a page has a problem.
    func fill(_ purpose: FormPurpose, _ answers: [String: Answer]) async throws {
        let session = try session()
        session.preferences.isWelcomed = true
        session.open(.form(purpose))
        let model = FormModel(session, purpose)
        await model.load()
        for _ in 0..<100 {
            switch model.state.name {
            case .question:
                if let id = model.state.question?.id, let answer = answers[id] { model.input[id] = answer }
                await model.act(.next)
            case .checkAnswers:
                await model.act(.submit)
                // Asked for a proof first.
                if session.screen != .form(purpose) { return }
            case .problem:
                shown = Seen(.form(purpose), model.state)
                return
            case .saved:
                await model.act(.finish)
                return
            }
        }
        XCTFail("\(scenario.scenario): the form does not end")
    }

    /// Somebody else's phone, by the order in which they registered.
    func otherPhone(_ number: Int) throws -> Phone {
        try Phone(folder.appendingPathComponent("other-\(number)"), authority.config())
    }

    private func anotherRegisters(_ answers: [String: Answer]) async throws {
        others += 1
        let health = try await otherPhone(others).open()
        defer { health.close() }
        try await health.register(answers: answers, consent: consent(language: health.language))
        let outcome = try await health.sync()
        XCTAssertEqual(outcome.uploadsSent, 1, "\(outcome)")
    }

    private func check(_ sight: Scenario.Sight, _ place: String) async throws {
        for (language, texts) in [("zh", sight.zh ?? []), ("en", sight.en ?? [])] {
            let seen: Seen
            if let shown, language == "en" || texts.isEmpty {
                // Shown once: in the language that the app has.
                seen = shown
            } else {
                await app.setLanguage(language)
                await app.session?.refresh()
                if let kept { seen = await kept() } else { seen = await app.look() }
            }
            if let screen = sight.screen { XCTAssertEqual(seen.screen, screen, place) }
            if let state = sight.state { XCTAssertEqual(seen.state, state, "\(place): \(seen.texts)") }
            if let notices = sight.notices { XCTAssertEqual(seen.notices, notices, place) }
            for text in texts { XCTAssertTrue(seen.shows(text), "\(place): no \(text) in \(seen.texts)") }
            for id in sight.words ?? [] where shown == nil {
                let word = app.words[id]
                XCTAssertTrue(seen.shows(word) || isDrawn(id, seen.screen), "\(place): no \(id) in \(seen.texts)")
            }
            for id in sight.hidden ?? [] { XCTAssertFalse(seen.shows(app.words[id]), "\(place): \(id)") }
        }
    }

    /// Whether a screen's drawing says the word by itself.
    private func isDrawn(_ id: String, _ screen: String) -> Bool {
        let name = screen.prefix(1).uppercased() + screen.dropFirst()
        let folder = projectRoot.appendingPathComponent("ios-demo/HealthCode/Capability/\(name)")
        let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        return files.contains { ((try? String(contentsOf: $0, encoding: .utf8)) ?? "").contains("\"\(id)\"") }
    }
}

/// The phone's clocks, moved by hand.
final class ScenarioClock: HostClock {
    private let offsets = Locked((wall: Int64(0), passed: Int64(0)))

    /// Time passes.
    func advance(hours: Double) {
        offsets.change {
            $0.wall += Int64(hours * 3_600_000)
            $0.passed += Int64(hours * 3_600_000)
        }
    }

    /// Somebody sets the phone's clock.
    func set(hours: Double) { offsets.change { $0.wall += Int64(hours * 3_600_000) } }

    func read() throws -> ClockReading {
        let now = Int64(Date().timeIntervalSince1970 * 1_000)
        let offset = offsets.value
        return ClockReading(wallMs: now + offset.wall, monotonicMs: UInt64(now + offset.passed), bootId: 1)
    }
}
