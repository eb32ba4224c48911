import Foundation
import HealthCodeKit
import TestSupport
import XCTest

/// An appeal goes out in pieces, is acknowledged by the real authority, and can be withdrawn.
final class AppealsTests: PhoneTestCase {
    func testAnAppealWithEvidenceIsAcknowledgedAndCanBeWithdrawn() async throws {
        let health = try await Phone(folder("phone"), authority.config()).open()
        try await health.turnGreen()
        var pdf = Data("%PDF-1.7".utf8)
        pdf.append(Data(count: 100_000))
        let evidence = try await health.addAppealEvidence(pdf)
        do {
            _ = try await health.addAppealEvidence(Data("GIF89a".utf8))
            XCTFail("added")
        } catch {}
        try await health.saveAppealStatement("请复核。")
        let draft = try await health.appealDraft()
        XCTAssertEqual(draft.evidence.map(\.sha256), [evidence])
        XCTAssertTrue(draft.canSubmit)
        let id = try await health.submitAppeal(statement: draft.statement)
        let queued = try await health.appeals().appeals
        XCTAssertEqual(queued.map(\.status), [.queued])
        XCTAssertEqual(queued.first?.pieces, 2)
        try await health.sync()
        let all = try await health.appeals().appeals
        let received = try XCTUnwrap(all.first)
        XCTAssertEqual(received.id, id)
        XCTAssertEqual(received.status, .received)
        XCTAssertEqual(received.decideBy, try XCTUnwrap(received.receivedAt) + 4 * 3_600)
        XCTAssertNotNil(received.acknowledgement)
        do {
            try await health.markAppealRead(id: "unknown")
            XCTFail("marked")
        } catch {}
        do {
            try await health.answerAppeal(id: id, statement: "还有。")
            XCTFail("nothing was asked")
        } catch {}
        let citizen = try XCTUnwrap(health.home.colour).citizenId
        try authority.askOnAppeal(id, of: citizen, reason: "test_report")
        try await health.sync()
        let afterwards = try await health.appeals().appeals
        let asked = try XCTUnwrap(afterwards.first)
        XCTAssertEqual(asked.status, .asked)
        XCTAssertTrue(asked.canAnswer)
        try await health.answerAppeal(id: id, statement: "已做过检测。")
        try await health.sync()
        let atLast = try await health.appeals().appeals
        let answered = try XCTUnwrap(atLast.first)
        XCTAssertEqual(answered.status, .received)
        XCTAssertEqual(answered.events.count, 3)
        try await health.withdrawAppeal(id: id)
        try await health.sync()
        let withdrawn = try await health.appeals().appeals
        XCTAssertEqual(withdrawn.map(\.status), [.withdrawn])
        try await health.dismissAppeal(id: id)
        let none = try await health.appeals().appeals
        XCTAssertTrue(none.isEmpty)
        let other = try await health.addAppealEvidence(pdf)
        try await health.removeAppealEvidence(sha256: other)
        let empty = try await health.appealDraft()
        XCTAssertTrue(empty.evidence.isEmpty)
        health.close()
    }
}
