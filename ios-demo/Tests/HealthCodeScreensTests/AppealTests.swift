import Foundation
import HealthCodeKit
import TestSupport
import XCTest

@testable import HealthCodeScreens

/// An appeal from the first word to the decision, over a real authority.
final class AppealTests: ModelTestCase, @unchecked Sendable {
    private let photo = Data([0xff, 0xd8, 0xff, 0xe0]) + Data(count: 70_000)
    private let pdf = Data("%PDF-1.7\n".utf8) + Data(count: 500)
    private let heic = Data([0, 0, 0, 0x18]) + Data("ftypheic".utf8) + Data(count: 100)

    /// A citizen whom two officers have made yellow.
    private func inYellowTown(_ work: @MainActor (Town) async throws -> Void) async throws {
        try await inTown { town in
            try await town.session.health.turnGreen()
            let citizen = try XCTUnwrap(town.session.health.home.colour).citizenId
            try town.authority.changeColour(citizen, to: "yellow", reason: "close_contact")
            await town.session.sync()
            XCTAssertEqual(town.session.home.colour?.colour, .yellow)
            try await work(town)
        }
    }

    /// Writes and sends one; its model.
    private func sent(_ town: Town, _ statement: String) async -> AppealModel {
        let model = AppealModel(town.session)
        await model.load()
        model.statement = statement
        await model.act(.check)
        XCTAssertEqual(model.state.name, .check, model.state.problem ?? "")
        await model.act(.send)
        return model
    }

    func testWithoutAColourThereIsNothingToAppealAgainst() async throws {
        try await inTown { town in
            let model = AppealModel(town.session)
            await model.load()
            XCTAssertEqual(model.state.name, .nothing)
        }
    }

    func testWhatIsWrittenIsKeptAndWhatCannotBeSentSaysWhy() async throws {
        try await inYellowTown { town in
            let model = AppealModel(town.session)
            await model.load()
            XCTAssertEqual(model.state.name, .write)
            XCTAssertNotNil(model.state.concerns)
            await model.act(.check)
            XCTAssertEqual(model.state.name, .problem, "no words")
            XCTAssertFalse(try XCTUnwrap(model.state.problem).isEmpty)
            await model.add([photo, heic, pdf])
            XCTAssertEqual(model.state.name, .problem)
            XCTAssertTrue(try XCTUnwrap(model.state.problem).contains("HEIC"), model.state.problem ?? "")
            XCTAssertEqual(model.state.draft.evidence.count, 2, "the others were added")
            await town.app.setLanguage("zh-Hans")
            let told = try XCTUnwrap(model.state.problem)
            XCTAssertNotNil(told.range(of: "\\p{Han}", options: .regularExpression), "in the language of now: \(told)")
            model.statement = "那天我不在"
            model.statement = "那天我不在该城市。"
            await model.act(.check)
            XCTAssertEqual(model.state.name, .check)
            await model.act(.edit)
            XCTAssertEqual(model.state.name, .write)
            // Ended in the middle, and begun again.
            let again = AppealModel(town.session)
            await again.load()
            XCTAssertEqual(again.statement, "那天我不在该城市。")
            XCTAssertEqual(again.state.draft.evidence.count, 2)
            await again.act(.remove(try XCTUnwrap(again.state.draft.evidence.first?.id)))
            XCTAssertEqual(again.state.draft.evidence.count, 1)
        }
    }

    func testItWaitsWithoutANetworkIsReceivedWithADeadlineAndIsWithdrawn() async throws {
        try await inYellowTown { town in
            town.authority.stop()
            let model = AppealModel(town.session)
            await model.load()
            await model.add([photo])
            model.statement = "I was not there."
            await model.act(.check)
            await model.act(.send)
            XCTAssertEqual(model.state.name, .queued)
            XCTAssertEqual(model.statement, "", "nothing stands there twice")
            let draft = try await town.session.health.appealDraft()
            XCTAssertEqual(draft.statement, "")
            try town.authority.start()
            await model.act(.next)
            XCTAssertEqual(model.state.name, .received, model.state.problem ?? "")
            XCTAssertEqual(model.state.one?.evidence.count, 1)
            XCTAssertNotNil(model.state.one?.deadline)
            let home = HomeModel(town.session)
            await home.load()
            XCTAssertEqual(home.state.appeals.map(\.id), [try XCTUnwrap(model.state.one).id])
            await model.act(.askWithdraw)
            XCTAssertEqual(model.state.name, .withdraw)
            await model.act(.keep)
            XCTAssertEqual(model.state.name, .received)
            await model.act(.askWithdraw)
            await model.act(.withdraw)
            XCTAssertEqual(model.state.name, .withdrawn, model.state.problem ?? "")
            await model.act(.dismiss)
            let left = try await town.session.health.appeals().appeals
            XCTAssertTrue(left.isEmpty)
            await home.load()
            XCTAssertEqual(home.state.appeals, [])
        }
    }

    func testADecisionIsToldOnHomeUntilItWasReadAndTheColourFollows() async throws {
        try await inYellowTown { town in
            let model = await sent(town, "It was not me.")
            let id = try XCTUnwrap(model.state.one).id
            let citizen = try XCTUnwrap(town.session.home.colour).citizenId
            try town.authority.decideAppeal(
                id, of: citizen, outcome: "upheld", reason: "record_of_another_person", strike: "order=HEAD",
                texts: ["en": "It was another person.", "zh": "是另一人。"])
            await town.session.sync()
            let home = HomeModel(town.session)
            await home.load()
            let notice = try XCTUnwrap(home.state.notices.first { $0.kind == "appeal_decided" })
            let step = try XCTUnwrap(notice.step)
            await home.act(step.action)
            XCTAssertEqual(town.session.screen, .appeal(.any))
            await model.load()
            XCTAssertEqual(model.state.name, .decided)
            XCTAssertEqual(model.state.one?.officersText, "It was another person.")
            XCTAssertNotNil(model.state.one?.reason)
            XCTAssertFalse(town.session.home.notices.contains { $0.kind == .appealDecided }, "it was shown")
            XCTAssertEqual(town.session.home.colour?.colour, .green)
        }
    }

    func testWhatIsAskedForIsAnsweredWithoutANetworkAndReceived() async throws {
        try await inYellowTown { town in
            let model = await sent(town, "It was not me.")
            let id = try XCTUnwrap(model.state.one).id
            let citizen = try XCTUnwrap(town.session.home.colour).citizenId
            try town.authority.askOnAppeal(id, of: citizen, reason: "test_report")
            await town.session.sync()
            let home = HomeModel(town.session)
            await home.load()
            XCTAssertTrue(home.state.notices.contains { $0.kind == "appeal_asked" }, "\(home.state.notices)")
            await model.load()
            XCTAssertEqual(model.state.name, .asked)
            XCTAssertEqual(model.state.one?.step, .answer)
            XCTAssertNotNil(model.state.one?.asked)
            XCTAssertNotNil(model.state.one?.answerBy)
            XCTAssertEqual(model.state.one?.canAnswer, true)

            await model.act(.next)
            XCTAssertEqual(model.state.name, .write)
            XCTAssertFalse(try XCTUnwrap(model.state.answers).isEmpty, "what is asked for stands above")
            await model.act(.check)
            XCTAssertEqual(model.state.name, .problem, "neither words nor evidence")
            await model.act(.close)
            XCTAssertEqual(model.state.name, .asked, "back to the appeal")
            town.authority.stop()
            await model.act(.answer)
            await model.add([photo])
            await model.act(.check)
            XCTAssertEqual(model.state.name, .check, model.state.problem ?? "")
            await model.act(.send)
            XCTAssertEqual(model.state.name, .answering, model.state.problem ?? "")
            XCTAssertNil(model.state.answers)
            try town.authority.start()
            await model.act(.next)
            XCTAssertEqual(model.state.name, .received, model.state.problem ?? "")
            XCTAssertEqual(model.state.one?.canAnswer, false)
        }
    }

    func testOfSeveralThereIsAListAndARejectionSaysSo() async throws {
        try await inYellowTown { town in
            let first = await sent(town, "One.")
            let id = try XCTUnwrap(first.state.one).id
            let citizen = try XCTUnwrap(town.session.home.colour).citizenId
            try town.authority.decideAppeal(id, of: citizen, outcome: "rejected", reason: "evidence_not_enough")
            await town.session.sync()
            await first.act(.another)
            XCTAssertEqual(town.session.screen, .appeal(.new))
            let second = AppealModel(town.session, .new)
            await second.load()
            XCTAssertEqual(second.state.name, .write)
            second.statement = "Two."
            await second.act(.check)
            await second.act(.send)
            XCTAssertEqual(second.state.name, .received, second.state.problem ?? "")
            let list = AppealModel(town.session)
            await list.load()
            XCTAssertEqual(list.state.name, .list)
            XCTAssertEqual(list.state.list.count, 2)
            await list.act(.show(id))
            XCTAssertEqual(town.session.screen, .appeal(.one(id)))
            let shown = AppealModel(town.session, .one(id))
            await shown.load()
            XCTAssertEqual(shown.state.name, .rejected)
        }
    }
}
