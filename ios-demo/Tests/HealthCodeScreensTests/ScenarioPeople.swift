import Foundation
import HealthCodeKit
import TestSupport
import XCTest

@testable import HealthCodeScreens

/// The scenarios' verbs of dependants, paper, visitors and export.
extension ScenarioRunner {
    /// Does the step; false where it is none of these.
    func performForPeople(_ step: Scenario.Step) async throws -> Bool {
        let session = try session()
        switch step.do {
        case "add_dependant":
            var answers = step.answers ?? [:]
            if let day = step.birthDate { answers["birth_date"] = .text(text: day) }
            if step.code == true { answers["care_code"] = .text(text: try XCTUnwrap(shownCode, "no code was shown")) }
            try await fill(.dependant(nil), answers)
        case "other_phone_shows_code":
            let purpose: CarePurpose = step.purpose == "phone" ? .phone : .carer
            let other = try await otherPhone(others).open()
            defer { other.close() }
            shownCode = try await other.subject(HealthCode.owner).showCareCode(purpose).code
            try await other.sync()
        case "desk_orders_care":
            guard case .document(let document)? = step.document else { throw SetUpFailure("no document") }
            let kinds: [DocumentKind: String] = [
                .residentId: "resident_id", .birthCertificate: "birth_certificate", .passport: "passport",
            ]
            try authority.orderCare(
                kinds[document.kind] ?? "other", document.number, device: try await session.health.deviceId())
        case "open_dependant": session.open(.familyOf(try await dependant(step.name)))
        case "leave_dependant":
            let model = FamilyModel(session, of: try await dependant(step.name))
            await model.load()
            await model.act(.askLeave)
            await model.act(.leave)
        case "declare_together":
            let model = FamilyModel(session)
            await model.load()
            await model.act(.declare)
            await model.act(.fillInDeclaration)
            guard case .form(let purpose) = session.screen else { throw SetUpFailure("nobody is to declare") }
            try await fill(purpose, step.answers ?? [:])
        case "show_tab":
            let codes = CodeModel(session)
            await codes.load()
            let tab = try XCTUnwrap(codes.state.tabs.first { $0.name == step.name }, "no tab \(step.name ?? "")")
            if session.screen.name == Screen.code.name { session.back() }
            session.open(.codeOf(tab.id))
        default: return try await performForPapers(step, session)
        }
        return true
    }

    private func performForPapers(_ step: Scenario.Step, _ session: Session) async throws -> Bool {
        switch step.do {
        case "declare_entry": try await fill(.entry, step.answers ?? [:])
        case "read_passport":
            session.open(.passport)
            let model = PassportModel(session)
            model.lines = step.lines ?? ""
            await model.act(.read)
            if model.state.name == .sound { await model.act(.fillIn) } else { shown = Seen(.passport, model.state) }
        case "request_paper":
            let model = try await paper(session)
            if model.state.name == .ready { await model.act(.askReplace) }
            model.days = step.days ?? ""
            await model.act(.request)
            if model.state.problem != nil { shown = Seen(.paper, model.state) }
        case "end_paper":
            let model = try await paper(session)
            await model.act(.askEnd)
            await model.act(.end)
        case "desk_makes_paper":
            try authority.makePaper(try XCTUnwrap(session.home.colour).citizenId, days: Int(step.days ?? "") ?? 0)
        case "request_holdings":
            let model = ExportModel(session) { _, _ in Data() }
            await model.load()
            await model.act(.request)
        default: return false
        }
        return true
    }

    private func paper(_ session: Session) async throws -> PaperModel {
        session.open(.paper)
        let model = PaperModel(session)
        await model.load()
        return model
    }

    private func dependant(_ name: String?) async throws -> String {
        let view = try await session().health.dependants()
        return try XCTUnwrap(view.dependants.first { $0.name == name }, "nobody is called \(name ?? "")").id
    }
}
