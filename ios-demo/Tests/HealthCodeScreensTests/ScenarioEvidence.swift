import Foundation
import HealthCodeKit
import TestSupport
import XCTest

@testable import HealthCodeScreens

/// The scenarios' verbs of what others say of a citizen's health: laboratories' results and EU certificates.
extension ScenarioRunner {
    /// Does the step; false where it is none of these.
    func performWithEvidence(_ step: Scenario.Step) async throws -> Bool {
        switch step.do {
        case "laboratory_reports": try authority.report(try report(step))
        case "sync_result": try await syncResult(step.id ?? "", version: step.version ?? 1)
        case "officers_publish": try authority.publish(step.kind ?? "", try scenarioData(step.file))
        case "keep_certificate": try await keepCertificate(try scenarioData(step.file))
        case "hand_in_certificate":
            let model = try await shownCertificate()
            await model.act(.handIn)
            if model.state.name == .confirm { keep(model, try session().screen) }
        case "confirm_names":
            let model = try XCTUnwrap(certificates, "no names are to be confirmed")
            await model.act(.confirm)
            (kept, certificates) = (nil, nil)
        case "officers_decide_certificate":
            try authority.decideCertificate(of: XCTUnwrap(session().home.colour).citizenId, step.act ?? "")
        case "remove_certificate":
            let model = try await shownCertificate()
            await model.act(.askRemove)
            await model.act(.remove)
            (kept, certificates) = (nil, nil)
        default: return false
        }
        return true
    }

    /// A page of results stays the same page while it is looked at: what was new on it stays marked.
    func keepResults(_ id: String?) throws {
        let model = ResultsModel(try session(), of: id)
        let screen = try session().screen
        kept = {
            await model.load()
            return Seen(screen, model.state)
        }
    }

    private func keep(_ model: DccModel, _ screen: Screen) {
        certificates = model
        kept = {
            await model.load()
            return Seen(screen, model.state)
        }
    }

    private func report(_ step: Scenario.Step) throws -> String {
        guard case .text(let number)? = step.document else { throw SetUpFailure("no document") }
        return labReport(
            number, id: step.id ?? "", outcome: step.outcome ?? "", version: step.version ?? 1, kind: step.kind ?? "",
            hoursAgo: step.hoursAgo ?? 1, place: step.place, isWithdrawn: step.withdrawn ?? false)
    }

    /// The authority delivers after it answered the laboratory.
    private func syncResult(_ id: String, version: Int) async throws {
        let session = try session()
        for _ in 0..<50 {
            await session.sync()
            let view = try await session.health.results()
            if (view.current + view.history).contains(where: { $0.id == id && $0.version == version }) { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw SetUpFailure("\(id), version \(version), did not come")
    }

    /// Adds, types, reads, and keeps what was read; a problem stops it.
    private func keepCertificate(_ text: String) async throws {
        let model = DccModel(try session())
        await model.load()
        await model.act(.add)
        model.text = text
        await model.act(.read)
        if model.state.name == .read {
            await model.act(.step)
            (kept, certificates) = (nil, nil)
        } else {
            keep(model, .dcc)
        }
    }

    private func shownCertificate() async throws -> DccModel {
        let session = try session()
        guard case .dccOf(let id) = session.screen else { throw SetUpFailure("no certificate is shown") }
        let model = DccModel(session, of: id)
        await model.load()
        return model
    }

    private func scenarioData(_ file: String?) throws -> String {
        let folder = projectRoot.appendingPathComponent("tests/scenarios/data")
        return try String(contentsOf: folder.appendingPathComponent(file ?? ""), encoding: .utf8)
    }
}

/// A laboratory's report for a resident identity number, as its command reads it.
func labReport(
    _ number: String, id: String, outcome: String, version: Int = 1, kind: String = "nucleic_acid",
    hoursAgo: Double = 1, place: String? = nil, isWithdrawn: Bool = false
) -> String {
    let sampledAt = Int(Date(timeIntervalSinceNow: -3_600 * hoursAgo).timeIntervalSince1970)
    let place = place.map { #", "place": "\#($0)""# } ?? ""
    return """
        [{"id": "\(id)", "version": \(version), "document": {"kind": "resident_id", "number": "\(number)"},
          "kind": "\(kind)", "outcome": "\(outcome)", "sampledAt": \(sampledAt), "withdrawn": \(isWithdrawn)\(place)}]
        """
}
