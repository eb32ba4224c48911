import HealthCodeKit
import TestSupport
import XCTest

/// The main job from Swift: real library, real authority, TLS.
final class MainJobTests: PhoneTestCase {
    func testFromAFormToACodeThatACheckpointAcceptsAndToYellowByTwoOfficers() async throws {
        let phone = try Phone(folder("phone"), authority.config())
        let health = try await phone.open()
        XCTAssertEqual(health.home.stage, .notRegistered)
        let time = try await health.now()
        XCTAssertEqual(time.source, .wallClock)
        try await health.register(answers: registration(), consent: consent(language: health.language))
        XCTAssertEqual(health.home.stage, .registrationQueued)
        let draft = try await health.draft(.healthDeclaration)
        XCTAssertFalse(draft.isEmpty, "what registration told is not asked again")
        let answers = healthy(draft)
        let review = try await health.review(.healthDeclaration, answers: answers)
        XCTAssertEqual(review.answered, review.required)
        XCTAssertEqual(review.errors, [])
        try await health.submitDeclaration(answers: answers)
        XCTAssertEqual(health.home.uploadsWaiting, 2)
        let isWanted = try await health.syncWanted()
        XCTAssertTrue(isWanted)

        let outcome = try await health.sync()
        XCTAssertEqual(outcome.result, .synced)
        // A phone that only shows codes fetches no lists; one that checks others has them with the next sync.
        let none = try await health.statusLists()
        XCTAssertEqual(none, [])
        try await health.setChecksOthers(true)
        let withLists = try await health.sync()
        XCTAssertEqual(withLists.result, .synced)
        let green = try XCTUnwrap(health.home.colour)
        XCTAssertEqual(green.colour, .green)
        XCTAssertEqual(green.recomputation, .same, "the phone comes to the same colour")
        XCTAssertNil(green.checkIns)
        XCTAssertEqual(health.home.uploadsWaiting, 0)

        let code = try await first(of: health.codes)
        XCTAssertTrue(code.text.hasPrefix("JKM1:"))
        XCTAssertEqual(code.colour, .green)
        XCTAssertEqual(code.colour.word(language: "zh_CN"), "绿码")
        XCTAssertEqual(code.colour.shape, "●")
        XCTAssertTrue((100...1_024).contains(try code.png().count))

        authority.stop()
        let wuhan = try await checkpoint(health)
        let verdict = try wuhan.check(try await health.currentCode().text)
        XCTAssertTrue(verdict.accepted, verdict.reason)
        XCTAssertEqual(verdict.localColour, .green)
        XCTAssertEqual(verdict.region, 330_100)
        XCTAssertTrue(verdict.text(language: "en").contains("Let the person in."))
        let person = try XCTUnwrap(verdict.toCompare(language: "en"))
        XCTAssertEqual(person.name, verdict.maskedName)
        XCTAssertEqual(person.documentTail, verdict.documentTail)
        XCTAssertFalse(person.text.isEmpty)
        let nobody = try wuhan.check("HELLO")
        XCTAssertNil(nobody.toCompare(language: "en"), "of nothing that is to be believed")
        XCTAssertEqual(try wuhan.check(code.text).refusal, .replayed)
        try authority.start()

        try await becomesYellow(health, code.text)
        health.close()
        let again = try await phone.open()
        XCTAssertEqual(again.home.colour?.colour, .yellow, "it is on disk")
        again.close()
    }

    private func becomesYellow(_ health: HealthCode, _ oldCode: String) async throws {
        let citizen = try XCTUnwrap(health.home.colour).citizenId
        let (events, others, homes, codes) = (health.events, health.events, health.homes, health.codes)
        // Tasks, for `async let` of closures ends in a crash with some toolchains of 6.0.
        let event = Task { try await first(of: events) }
        let other = Task { try await first(of: others) }
        let view = Task { try await first(of: homes) { $0.colour?.colour == .yellow } }
        let yellowCode = Task { try await first(of: codes) { $0.colour == .yellow } }
        try authority.changeColour(citizen, to: "yellow", reason: "close_contact")
        try await health.pushHint()
        let outcome = try await health.sync()
        XCTAssertEqual(outcome.result, .synced)

        guard case .colourChanged(let change) = try await event.value else { return XCTFail("another event") }
        XCTAssertEqual([change.from, change.to], [.green, .yellow])
        XCTAssertEqual(change.reason, .closeContact)
        let heard = try await other.value
        XCTAssertEqual(heard, .colourChanged(change), "every listener hears it")
        let home = try await view.value
        XCTAssertEqual(change.texts.id, "close_contact")
        XCTAssertTrue(change.texts.instruction.contains("Stay at home"))
        let why = try XCTUnwrap(home.colour)
        let checkIns = try XCTUnwrap(why.checkIns)
        XCTAssertEqual([checkIns.done, checkIns.required], [1, 7])
        XCTAssertNotNil(checkIns.nextDue)
        XCTAssertEqual(why.why, "You are a close contact of a confirmed case.")
        XCTAssertTrue(why.instruction.contains("Stay at home"))
        // In another language from the next view on; nothing else changes.
        try await health.setLanguage("zh_CN")
        let chinese = try XCTUnwrap(health.home.colour)
        XCTAssertEqual(health.language, "zh-CN")
        XCTAssertEqual(chinese.why, "您是确诊病例的密切接触者。")
        XCTAssertTrue(try XCTUnwrap(chinese.checkIns).text.contains("还需"))
        XCTAssertEqual(chinese.receiptSha256, why.receiptSha256)
        for (tag, words) in [("ko-KR", "확진자의 밀접 접촉자입니다."), ("fr", why.why)] {
            try await health.setLanguage(tag)
            XCTAssertEqual(health.home.colour?.why, words, "\(tag), or English where there are no words")
        }
        // The code on the screen changed at once, not at the next rotation.
        let shown = try await yellowCode.value
        XCTAssertNotEqual(shown.text, oldCode)

        let wuhan = try await checkpoint(health)
        XCTAssertEqual(try wuhan.check(oldCode).refusal, .revoked)
        let verdict = try wuhan.check(try await health.currentCode().text)
        XCTAssertEqual(verdict.refusal, .colourNotAdmitted)
        XCTAssertEqual(verdict.colour, .yellow)
    }

    func testAnAppealAndAnItineraryAreQueuedOfflineAndSent() async throws {
        let health = try await Phone(folder("phone"), authority.config()).open()
        try await health.turnGreen()
        let appeal = try await health.submitAppeal(statement: "请复核。")
        try await health.submitItinerary(legs: [
            ItineraryLeg(division: 420_100, from: "2026-11-20", until: "2026-11-22", transport: "train", number: "G590")
        ])
        XCTAssertEqual(health.home.uploadsWaiting, 2)
        let sent = try await health.sync()
        XCTAssertEqual(sent.result, .synced)
        XCTAssertEqual(sent.uploadsSent, 2)
        XCTAssertNil(sent.problem)
        let waiting = try await health.submitItinerary(legs: [
            ItineraryLeg(division: 420_100, from: "2026-11-23", until: "2026-11-23", transport: "train", number: "G591")
        ])
        try await health.dismissUpload(id: waiting)
        XCTAssertEqual(health.home.uploadsWaiting, 0)
        let appeals = try await health.appeals()
        XCTAssertEqual(appeals.appeals.map(\.id), [appeal])
        health.close()
    }

    private func checkpoint(_ health: HealthCode) async throws -> Checkpoint {
        let trust = try await health.publishedBundle(.trust)
        let checkpoint = try Checkpoint(
            trustBundle: XCTUnwrap(trust), rootKey: authority.rootKey, localDivision: 420_100)
        XCTAssertEqual(try checkpoint.trust().divisions, [330_100, 420_100])
        let lists = try await health.statusLists()
        XCTAssertFalse(lists.isEmpty)
        for list in lists { XCTAssertGreaterThan(try checkpoint.addStatusList(list), 0) }
        let ruleSet = try XCTUnwrap(health.home.colour).ruleSetId
        let rules = try await health.publishedBundle(.ruleSet, name: ruleSet)
        let opened = try checkpoint.openSigned(contentType: "application/health-code-rules+json", XCTUnwrap(rules))
        XCTAssertEqual(opened.division, 330_100)
        XCTAssertTrue(String(decoding: opened.payload, as: UTF8.self).contains("\"\(ruleSet)\""))
        return checkpoint
    }
}
