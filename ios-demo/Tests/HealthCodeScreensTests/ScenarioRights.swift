import Foundation
import HealthCodeKit
import TestSupport
import XCTest

@testable import HealthCodeScreens

/// The verbs about appeals, the officer chain and the proof of identity.
extension ScenarioRunner {
    func performRight(_ step: Scenario.Step) async throws {
        switch step.do {
        case "appeal": try await writeAppeal(step)
        case "withdraw_appeal":
            let model = try await shownAppeal()
            await model.act(.askWithdraw)
            await model.act(.withdraw)
        case "officers_ask_on_appeal":
            let session = try session()
            let newest = try await session.health.appeals().appeals.first
            try authority.askOnAppeal(
                XCTUnwrap(newest).id, of: XCTUnwrap(session.home.colour).citizenId, reason: step.reason ?? "")
        case "answer_appeal":
            let model = try await shownAppeal()
            await model.act(.next)
            try await write(step, model)
        case "officers_decide_appeal":
            let session = try session()
            let newest = try await session.health.appeals().appeals.first
            try authority.decideAppeal(
                XCTUnwrap(newest).id, of: XCTUnwrap(session.home.colour).citizenId, outcome: step.outcome ?? "",
                reason: step.reason ?? "", strike: step.strike, add: step.add,
                texts: ["en": step.en, "zh": step.zh].compactMapValues { $0 })
        case "read_alarms":
            let model = HistoryModel(try session())
            await model.load()
            await model.act(.readAlarms)
        case "desk_gives_code":
            // The newer proof is the one of a later second.
            if !deskCode.isEmpty { try await Task.sleep(for: .seconds(1.1)) }
            switch step.document {
            case .text(let number): deskCode = try authority.activationCode(number)
            case .document(let document): deskCode = try authority.activationCode(document.number)
            default: throw SetUpFailure("no document")
            }
        case "type_code": try await typeCode(step.mistyped ?? false)
        case "authority_backup": try authority.backUp()
        case "authority_put_back": try authority.putBack()
        default: throw SetUpFailure("no verb \(step.do)")
        }
    }

    /// Adds, types, goes on, and sends after the check; a problem stops it.
    private func writeAppeal(_ step: Scenario.Step) async throws {
        let session = try session()
        let model: AppealModel
        if let appeal, [.write, .problem].contains(appeal.state.name) {
            model = appeal
        } else {
            let isFirst = try await session.health.appeals().appeals.isEmpty
            session.open(.appeal(isFirst ? .any : .new))
            model = AppealModel(session, isFirst ? .any : .new)
            await model.load()
            keep(model)
        }
        try await write(step, model)
    }

    private func write(_ step: Scenario.Step, _ model: AppealModel) async throws {
        for (number, kind) in (step.evidence ?? []).enumerated() {
            await model.add([picked(kind, number)])
            if model.state.name == .problem { return }
        }
        model.statement = step.statement ?? ""
        await model.act(.check)
        if model.state.name == .check { await model.act(.send) }
    }

    private func shownAppeal() async throws -> AppealModel {
        if let appeal { return appeal }
        let model = AppealModel(try session())
        await model.load()
        keep(model)
        return model
    }

    private func keep(_ model: AppealModel) {
        appeal = model
        kept = {
            await model.load()
            return Seen(.appeal(.any), model.state)
        }
    }

    /// What a phone's picker gives: photographs as JPEG, and what it could not make into one as it is.
    private func picked(_ kind: String, _ number: Int) -> Data {
        let start: [UInt8] =
            switch kind {
            case "photo": [0xff, 0xd8, 0xff, 0xe0]
            case "pdf": Array("%PDF-1.7\n".utf8)
            default: [0, 0, 0, 0x18] + Array("ftypheic".utf8)
            }
        return Data(start) + Data(repeating: UInt8(number + 1), count: 100_000)
    }

    /// Chooses the desk's code, types it and sends.
    private func typeCode(_ isMistyped: Bool) async throws {
        let session = try session()
        var place = ProofPlace.own
        if case .proof(let shown) = session.screen { place = shown } else { session.open(.proof(.own)) }
        let model = ProofModel(session, place)
        await model.load()
        if model.state.name == .refused { await model.act(.tryAgain) }
        await model.act(.take(.activationCode))
        model.code = isMistyped ? swapped(deskCode) : deskCode
        await model.act(.send)
        kept = {
            await model.load()
            return Seen(.proof(place), model.state)
        }
    }

    /// Two neighbours that differ have changed places.
    private func swapped(_ code: String) -> String {
        var letters = Array(code)
        let pairs = letters.indices.dropLast()
        let first = pairs.first { letters[$0] != letters[$0 + 1] && letters[$0] != "-" && letters[$0 + 1] != "-" }
        if let first { letters.swapAt(first, first + 1) }
        return String(letters)
    }
}
