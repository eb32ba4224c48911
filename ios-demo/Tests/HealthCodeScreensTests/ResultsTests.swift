import Foundation
import HealthCodeKit
import TestSupport
import XCTest

@testable import HealthCodeScreens

/// What laboratories reported: new and read, counted down to its end, proven to others.
final class ResultsTests: ModelTestCase, @unchecked Sendable {
    private let number = residentId("33010619900307775")

    /// A town whose person is registered, with a sync until `ids` are on the phone.
    private func inTown(after reports: [String], _ ids: [String], _ work: @MainActor (Town) async throws -> Void)
        async throws
    {
        try await inTown { town in
            let health = town.session.health
            var answers = registration()
            answers["document"] = .document(.residentId, number)
            try await health.register(answers: answers, consent: consent(language: "en"))
            try await health.submitDeclaration(answers: healthy(try await health.draft(.healthDeclaration)))
            await town.session.sync()
            for report in reports { try town.authority.report(report) }
            for _ in 0..<50 {
                await town.session.sync()
                let view = try await health.results()
                if Set((view.current + view.history).map(\.id)).isSuperset(of: ids) { break }
                try await Task.sleep(for: .milliseconds(100))
            }
            try await work(town)
        }
    }

    func testWhatIsNewIsSaidUntilItWasShownAndStaysMarkedUntilTheScreenIsLeft() async throws {
        let reports = [
            labReport(number, id: "1", outcome: "negative", hoursAgo: 2.5, place: "Gate 3"),
            labReport(number, id: "2", outcome: "pending"),
            labReport(number, id: "3", outcome: "negative", kind: "antigen", hoursAgo: 30),
        ]
        try await inTown(after: reports, ["lab/1", "lab/2", "lab/3"]) { town in
            let home = HomeModel(town.session)
            await home.load()
            let strip = try XCTUnwrap(home.state.notices.first { $0.kind == "new_results" })
            XCTAssertEqual(strip.step?.action, .open(.results))
            town.authority.stop()

            let model = ResultsModel(town.session)
            await model.load()
            XCTAssertEqual(model.state.name, .new)
            XCTAssertEqual(model.state.current.map(\.id), ["lab/2", "lab/1"], "the newest sample first")
            XCTAssertEqual(model.state.current.map(\.name), [.awaited, .counts])
            XCTAssertEqual(model.state.past.map(\.name), [.past])
            XCTAssertEqual(model.state.past.first?.standing, town.session.words["results-over"])
            XCTAssertTrue(model.state.current.last?.standing?.contains("45 h") ?? false, "\(model.state.current)")
            XCTAssertFalse(home.state.notices.contains { $0.kind == "new_results" }, "to be shown is to be read")
            await model.load()
            XCTAssertEqual(model.state.name, .new, "as long as the screen is there")
            let again = ResultsModel(town.session)
            await again.load()
            XCTAssertEqual(again.state.name, .list)
            XCTAssertTrue((again.state.current + again.state.past).allSatisfy { $0.new == nil })
        }
    }

    func testAProofIsWrittenToBeHandedOnAndGone() async throws {
        try await inTown(after: [labReport(number, id: "1", outcome: "positive")], ["lab/1"]) { town in
            let list = ResultsModel(town.session)
            await list.load()
            await list.act(.open("lab/1"))
            XCTAssertEqual(town.session.screen, .resultOf("lab/1"))
            let model = ResultsModel(town.session, of: "lab/1", folder: town.folder)
            await model.load()
            XCTAssertEqual(model.state.name, .attention)
            XCTAssertEqual(model.state.one?.place, "First Hospital")
            XCTAssertNotNil(model.state.one?.fact)
            await model.act(.saveProof)
            let file = try XCTUnwrap(model.state.file, model.state.problem ?? "")
            let proof = try await town.session.health.resultProof(id: "lab/1")
            XCTAssertEqual(try Data(contentsOf: file), proof)
            model.clear()
            XCTAssertNil(model.state.file)
            XCTAssertFalse(FileManager.default.fileExists(atPath: file.path))
            await model.act(.step)
            XCTAssertEqual(town.session.screen, .why)
            let why = WhyModel(town.session)
            XCTAssertEqual(why.state?.hasReports, true, "it was decided from the report")
            why.act(.results)
            XCTAssertEqual(town.session.screen, .results)

            let nowhere = town.folder.appendingPathComponent("nowhere")
            let full = ResultsModel(town.session, of: "lab/1", folder: nowhere)
            await full.load()
            await full.act(.saveProof)
            XCTAssertNil(full.state.file)
            XCTAssertEqual(full.state.problem, town.session.words["common-not-saved"])
        }
    }

    func testItEndsByTimeAloneWhileItIsShown() async throws {
        // An antigen test counts 24 hours: seconds are left.
        let ending = labReport(number, id: "1", outcome: "negative", kind: "antigen", hoursAgo: 24 - 8 / 3_600)
        try await inTown(after: [ending], ["lab/1"]) { town in
            town.authority.stop()
            let model = ResultsModel(town.session, of: "lab/1")
            await model.load()
            XCTAssertEqual(model.state.name, .counts)
            let following = Task { await model.followTime() }
            defer { following.cancel() }
            for _ in 0..<200 where model.state.name == .counts { try await Task.sleep(for: .milliseconds(100)) }
            XCTAssertEqual(model.state.name, .past)
            await model.act(.step)
            XCTAssertEqual(town.session.screen, .clinics, "where to test again")
        }
    }

    func testWithoutResultsItSaysSoAndLeadsToTheCertificates() async throws {
        try await inTown { town in
            let model = ResultsModel(town.session)
            await model.load()
            XCTAssertEqual(model.state.name, .empty)
            XCTAssertFalse(model.state.text.isEmpty)
            await model.act(.certificates)
            XCTAssertEqual(town.session.screen, .dcc)
        }
    }
}
