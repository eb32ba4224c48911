import Foundation
import HealthCodeKit
import TestSupport
import XCTest

/// People who are looked after on a phone, over the real library and a real authority.
final class DependantsTests: PhoneTestCase {
    func testAChildsKeyIsWithTheDevicesAndGoesWithTheChild() async throws {
        let keys = folder("keys")
        try FileManager.default.createDirectory(at: keys, withIntermediateDirectories: true)
        let signer = try OpenSSLSigner(keys.appendingPathComponent("device.pem"))
        let phone = try await Phone(folder("mother"), authority.config()).open(signer: signer)
        try await phone.turnGreen()
        var answers = registration()
        answers["document"] = .document(.residentId, residentId("33010620160520902"))
        let request = DependantRequest(answers: answers, consentVersion: consent(language: "en").version)
        let id = try await phone.addDependant(request)
        let made = {
            try FileManager.default.contentsOfDirectory(atPath: keys.path).filter { $0.contains(".subject-") }
        }
        XCTAssertEqual(try made().count, 1)
        let view = try await phone.dependants().dependants
        XCTAssertEqual(view.map(\.keyInHardware), [false], "files are no hardware")
        XCTAssertFalse(view[0].keyText.isEmpty)
        try await phone.subject(id).erase()
        XCTAssertEqual(try made(), [])
        phone.close()
    }

    func testAChildIsAddedShownSharedHandedOverAndLeft() async throws {
        let mother = try await Phone(folder("mother"), authority.config()).open()
        try await mother.turnGreen()
        var answers = registration()
        answers["name"] = "欧阳小小"
        answers["document"] = .document(.residentId, residentId("33010620160520901"))
        let version = consent(language: "en").version
        try await mother.saveDependantDraft(answers)
        let draft = try await mother.dependantDraft()
        XCTAssertEqual(draft["name"], answers["name"])
        let request = DependantRequest(answers: answers, consentVersion: version)
        let id = try await mother.addDependant(request)
        let left = try await mother.dependantDraft()
        XCTAssertNil(left["name"], "sent, it is no draft any more")
        XCTAssertEqual(left["phone"], registration()["phone"], "where the carer is reached")
        let child = mother.subject(id)
        let health = healthy(try await child.draft(.healthDeclaration))
        let uploads = try await mother.submitDeclaration(for: ["owner", id], answers: health)
        XCTAssertEqual(uploads.count, 2)
        var view = try await mother.dependants()
        XCTAssertEqual(view.dependants.map(\.state), [.waiting])
        try await mother.sync()
        view = try await mother.dependants()
        XCTAssertEqual(view.dependants.map(\.name), ["欧阳小小"])
        // By the settings that an authority starts with the desk has the word.
        XCTAssertEqual(view.dependants.map(\.state), [.refused])
        XCTAssertEqual(view.dependants.first?.refusal?.code, "care_not_agreed")
        let codes = try await mother.groupCodes()
        XCTAssertEqual(codes.map(\.id), ["owner", id])
        XCTAssertNotNil(codes.first?.code)
        XCTAssertNil(codes.last?.code)
        let shown = try await mother.subject("owner").showCareCode(.carer)
        XCTAssertEqual(shown.state, .waiting)
        try await mother.sync()
        let counts = try await mother.subject("owner").careCode()
        XCTAssertEqual(counts?.state, .counts)
        let owner = mother.subject(HealthCode.owner)
        try await owner.requestPaper(days: 10)
        try await owner.endPaper()
        let papers = try await owner.papers()
        XCTAssertTrue(papers.isAskedFor && papers.isEnding)
        let ofChild = try await child.papers()
        XCTAssertFalse(ofChild.isAskedFor, "each has its own")
        let carers = try await mother.carers()
        XCTAssertTrue(carers.isEmpty)
        try await mother.mendDependant(id: id, request: request)
        try await child.erase()
        view = try await mother.dependants()
        XCTAssertTrue(view.dependants.isEmpty)
        do {
            try await mother.registerWithCode(answers: answers, consentVersion: version, code: "0000-0000-0001")
            XCTFail("mistyped")
        } catch HealthCodeError.Session(let code) {
            XCTAssertEqual(code, "care_code_mistyped")
        }
        _ = try await mother.endCare(carers: ["nobody"])
        mother.close()
    }
}
