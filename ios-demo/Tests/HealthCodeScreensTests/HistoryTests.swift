import Foundation
import HealthCodeKit
import TestSupport
import XCTest

@testable import HealthCodeScreens

/// The officer chain as it is shown: honest, and after an authority that forgot in secret.
final class HistoryTests: ModelTestCase, @unchecked Sendable {
    func testEachChangeSaysWhoAndWhyAndLeadsToAnAppeal() async throws {
        try await inTown { town in
            let model = HistoryModel(town.session)
            await model.load()
            XCTAssertEqual(model.state.name, .empty)
            XCTAssertFalse(model.state.canAppeal)
            try await town.session.health.turnGreen()
            let citizen = try XCTUnwrap(town.session.health.home.colour).citizenId
            try town.authority.changeColour(citizen, to: "yellow", reason: "close_contact")
            await town.session.sync()
            await model.load()
            XCTAssertEqual(model.state.name, .changes)
            XCTAssertEqual(model.state.changes.map(\.mark), [.yellow, .green])
            XCTAssertEqual(model.state.changes.map(\.from), [.green, nil])
            XCTAssertFalse(model.state.changes.contains(where: \.isBroken))
            XCTAssertEqual(model.state.changes.first?.decidedBy?.contains("officer-1"), true)
            await model.act(.appeal)
            XCTAssertEqual(town.session.screen, .appeal(.any))
        }
    }

    func testAChangeStandsOverHomeUntilItWasRead() async throws {
        try await inTown { town in
            try await town.session.health.turnGreen()
            await town.session.refresh()
            let home = HomeModel(town.session)
            await home.load()
            XCTAssertNil(home.state.news, "the first colour is no news")
            let citizen = try XCTUnwrap(town.session.home.colour).citizenId
            try town.authority.changeColour(citizen, to: "yellow", reason: "close_contact")
            await town.session.sync()
            await home.load()
            XCTAssertEqual(home.state.name, .yellow)
            XCTAssertEqual(home.state.news?.mark, .yellow)
            // Ended and begun again: it was not read.
            let again = HomeModel(town.session)
            await again.load()
            XCTAssertNotNil(again.state.news)
            await again.act(.readNews)
            XCTAssertNil(again.state.news)
            await town.session.sync()
            await again.load()
            XCTAssertNil(again.state.news)
        }
    }

    func testWhatDoesNotFitIsLoudUntilItWasRead() async throws {
        try await inTown { town in
            try await town.session.health.turnGreen()
            let citizen = try XCTUnwrap(town.session.health.home.colour).citizenId
            try town.authority.backUp()
            try town.authority.changeColour(citizen, to: "yellow", reason: "close_contact")
            await town.session.sync()
            try town.authority.putBack()
            try town.authority.changeColour(citizen, to: "red", reason: "confirmed")
            await town.session.sync()
            let home = HomeModel(town.session)
            await home.load()
            let notice = try XCTUnwrap(home.state.notices.first { $0.kind == "colour_alarm" }, "\(home.state.notices)")
            XCTAssertEqual(notice.step?.action, .open(.history))
            let model = HistoryModel(town.session)
            await model.load()
            XCTAssertEqual(model.state.name, .alarm)
            XCTAssertFalse(model.state.unread.isEmpty)
            await model.act(.readAlarms)
            XCTAssertEqual(model.state.name, .alarmsRead)
            XCTAssertEqual(model.state.unread, [])
            XCTAssertFalse(model.state.read.isEmpty, "it is kept below")
            XCTAssertFalse(town.session.home.notices.contains { $0.kind == .colourAlarm })
        }
    }
}
