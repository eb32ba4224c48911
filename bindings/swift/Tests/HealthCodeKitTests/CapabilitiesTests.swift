import Foundation
import HealthCodeKit
import TestSupport
import XCTest

/// What officers publish reaches an app, and stays without the authority.
final class CapabilitiesTests: PhoneTestCase {
    func testBulletinsAreReadOfflineAndStayMarkedAsRead() async throws {
        let health = try await Phone(folder("phone"), authority.config()).open()
        let empty = try await health.bulletins()
        XCTAssertTrue(empty.bulletins.isEmpty)
        try authority.publish(
            "bulletins",
            """
            {"id": "hangzhou", "version": 1, "bulletins": [{"id": "metro", "division": 330100, "urgency": "urgent",
            "publishedAt": 1583020800, "title": {"en": "Masks", "zh": "口罩", "ko": "마스크"},
            "text": {"en": "Wear one.", "zh": "请佩戴。"}}]}
            """)
        try await health.sync()
        authority.stop()
        let view = try await health.bulletins(division: 330106)
        XCTAssertEqual(view.unread, 1)
        let bulletin = try XCTUnwrap(view.bulletins.first)
        for (language, title) in [("ko_KR", "마스크"), ("zh-Hans-CN", "口罩"), ("fr", "Masks")] {
            try await health.setLanguage(language)
            let told = try await health.bulletins()
            XCTAssertEqual(told.bulletins.first?.title, title)
        }
        let elsewhere = try await health.bulletins(division: 110000)
        XCTAssertTrue(elsewhere.bulletins.isEmpty)
        try await health.markBulletinsRead(ids: [bulletin.id])
        let read = try await health.bulletins()
        XCTAssertEqual(read.unread, 0)
        health.close()
    }

    func testASheetOfPaperIsAskedForOfflineShownOfflineAndEnded() async throws {
        let health = try await Phone(folder("phone"), authority.config()).open()
        try await health.turnGreen()
        try await health.requestPaper(days: 30)
        let waiting = try await health.papers()
        XCTAssertTrue(waiting.isAskedFor && waiting.sheet == nil && waiting.waitingText != nil)
        try await health.sync()
        try await health.sync()
        let view = try await health.papers()
        let sheet = try XCTUnwrap(view.sheet)
        XCTAssertTrue(sheet.counts && !sheet.byDesk && !sheet.maskedName.isEmpty)
        XCTAssertTrue(try XCTUnwrap(sheet.code).hasPrefix("JKM1:"))
        try await health.endPaper()
        try await health.sync()
        try await health.sync()
        authority.stop()
        let ended = try await health.papers()
        XCTAssertNil(ended.sheet)
        XCTAssertEqual(ended.earlier.map(\.counts), [false])
        health.close()
    }

    func testAnAuthorityThatTellsOfNoChainYetRaisesNoAlarm() async throws {
        let health = try await Phone(folder("phone"), authority.config()).open()
        try await health.sync()
        let view = try await health.changes()
        XCTAssertEqual(view.state, .notByAuthority)
        XCTAssertTrue(!view.text.isEmpty && view.alarms.isEmpty && view.changes.isEmpty)
        try await health.markChainAlarmsRead(ids: ["none"])
        let read = try await health.changes()
        XCTAssertEqual(read.unread, 0)
        health.close()
    }

    func testTheNearestClinicIsFoundOffline() async throws {
        let health = try await Phone(folder("phone"), authority.config()).open()
        let clinics = [("far", 31.23), ("near", 30.26)].map { id, latitude in
            """
            {"id": "\(id)", "name": {"en": "Hospital", "zh": "医院"}, "address": {"en": "1 Lake Road", "zh": "湖滨路一号"},
            "division": 330106, "phone": "0571-12345678", "latitude": \(latitude), "longitude": 120.16, "hours": "always"}
            """
        }
        let list = clinics.joined(separator: ",")
        try authority.publish(
            "clinics", #"{"id": "hangzhou", "version": 1, "utcOffsetMinutes": 480, "clinics": [\#(list)]}"#)
        try await health.sync()
        authority.stop()
        let found = try await health.clinics(near: Position(latitude: 30.25, longitude: 120.15), openOnly: true)
        XCTAssertEqual(found.map(\.id), ["near", "far"])
        XCTAssertEqual(found.first?.open, .open)
        XCTAssertTrue((1_000...2_000).contains(try XCTUnwrap(found.first?.distanceM)))
        let elsewhere = try await health.clinics(division: 110000)
        XCTAssertTrue(elsewhere.isEmpty)
        health.close()
    }

    func testADesksCodeProvesWhoOneIsAndALoginThatIsNotTakenIsRefusedHere() async throws {
        let health = try await Phone(folder("phone"), authority.config()).open()
        try await health.sync()
        let view = try await health.identityProof()
        XCTAssertTrue(view.isKnown && !view.isRequired && view.nonce.count == 43)
        XCTAssertEqual(view.ways.map(\.kind), [.activationCode])
        XCTAssertEqual(view.own.state, .notRegistered)
        let number = residentId("33010619900307773")
        let code = try authority.activationCode(number)
        let typing = try await health.reviewActivationCode(String(code.prefix(6)).lowercased())
        XCTAssertEqual(typing.message, "\u{2068}11\u{2069} characters are missing")
        let wrong = try await health.reviewActivationCode("O0")
        XCTAssertEqual(wrong.error, .characterNotUsed)
        var answers = registration()
        answers["document"] = .document(.residentId, number)
        let agreed = consent(language: health.language)
        try await health.register(answers: answers, consent: agreed, kind: .activationCode, proof: code)
        let waiting = try await health.identityProof()
        XCTAssertEqual(waiting.own.state, .waiting)
        try await health.sync()
        let proven = try await health.identityProof()
        XCTAssertEqual(proven.own.state, .proven)
        do {
            try await health.proveIdentity(kind: .oidc, proof: "a.b.c")
            XCTFail("taken")
        } catch HealthCodeError.FormRefused(_, let fields) {
            XCTAssertEqual(fields.map(\.code), ["identity_proof_kind_not_taken"])
        }
        health.close()
    }

    func testAVisitorReadsThePassportDeclaresTheEntryAndIsOrangeByRule() async throws {
        let health = try await Phone(folder("phone"), authority.config()).open()
        let passport = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F3204153ZE184226B<<<<<16"
        let read = try await health.readMrz(passport)
        XCTAssertEqual(read.level, .sound)
        let names = try await health.compareWithMrz(name: "Eriksson Anna-Maria", text: passport)
        XCTAssertEqual(names?.comparison, .same)
        var answers = try await health.prefillFromMrz(passport)
        answers["nationality"] = .text(text: "SWE")
        answers["division"] = .text(text: "330106")
        answers["address"] = .text(text: "西湖区文三路 90 号")
        answers["phone"] = .text(text: "13800001234")
        answers["underlyingIllness"] = .choices(ids: ["none"])
        try await health.register(answers: answers, consent: consent(language: health.language))
        let before = try await health.entry()
        XCTAssertEqual(before.stage, .toDeclare)
        let days = DateFormatter()
        days.locale = Locale(identifier: "en_US_POSIX")
        days.timeZone = TimeZone(identifier: "Asia/Shanghai")
        days.dateFormat = "yyyy-MM-dd"
        var entry = try await health.draft(.entryDeclaration)
        entry["entryDate"] = .text(text: days.string(from: Date()))
        entry["transport"] = .text(text: "flight")
        entry["number"] = .text(text: "CA936")
        entry["seat"] = .text(text: "12A")
        entry["stay1"] = .text(text: "ITA")
        entry["days1"] = .number(value: 3)
        entry["temperature"] = .number(value: 36.5)
        entry["symptoms"] = .choices(ids: ["none"])
        entry["contact"] = .yesNo(value: false)
        entry["truthful"] = .yesNo(value: true)
        try await health.submitEntryDeclaration(answers: entry)
        let waiting = try await health.entry()
        XCTAssertEqual(waiting.stage, .waiting)
        try await health.sync()
        authority.stop()
        let running = try await health.entry()
        XCTAssertEqual(running.stage, .running)
        XCTAssertEqual(running.shown?.tone, .orange)
        let there = try await health.codeElsewhere(division: 420100)
        XCTAssertNil(there.ruleId)
        XCTAssertFalse(there.isAdmitted)
        let all = try await health.codeInRegions()
        XCTAssertEqual(all.map(\.division), [330100, 420100])
        health.close()
    }

    func testDocumentsAndColoursAreExplained() {
        let permit = DocumentKind.residentId.explain(number: "810000199408230021", language: "zh")
        XCTAssertEqual(permit.title, "港澳台居民居住证（香港）")
        XCTAssertEqual(permit.bornOn, "1994-08-23")
        XCTAssertEqual(Colour.red.words(scheme: .international, language: "zh").word, "橙码")
        XCTAssertEqual(Colour.red.words(scheme: .domestic, language: "zh").tone, .red)
    }
}
