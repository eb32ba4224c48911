import Foundation
import HealthCodeKit
import TestSupport
import XCTest

@testable import HealthCodeScreens

/// People who are looked after: taken in, shown one after the other, handed over, left.
final class FamilyTests: ModelTestCase, @unchecked Sendable {
    private let byWord = ["care_by": "self_declared"]

    /// Answers for a child who has a birth certificate only.
    private func child(_ number: String = "N330106001") -> [String: Answer] {
        registration().merging([
            "name": "欧阳小小", "document": .document(.birthCertificate, number), "birth_date": "2016-05-20",
        ]) { $1 }
    }

    /// The child's id, once the authority has agreed and a colour was decided.
    private func takeIn(_ town: Town) async throws -> String {
        try await town.session.health.turnGreen()
        await fill(FormModel(town.session, .dependant(nil)), child())
        let id = try await only(town)
        let draft = try await town.session.health.subject(id).draft(.healthDeclaration)
        _ = try await town.session.health.submitDeclaration(for: [id], answers: healthy(draft))
        await town.session.sync()
        return id
    }

    private func only(_ town: Town) async throws -> String {
        let view = try await town.session.health.dependants()
        return try XCTUnwrap(view.dependants.first).id
    }

    func testAChildIsTakenInAndShownBesideTheOwner() async throws {
        try await inTown(settings: byWord) { town in
            try await town.session.health.turnGreen()
            let list = FamilyModel(town.session)
            await list.load()
            XCTAssertEqual(list.state.name, .empty)
            await list.act(.add)
            XCTAssertEqual(list.state.name, .add)
            XCTAssertEqual(list.state.deviceId?.count, 22, "what the desk asks for")
            await list.act(.fillIn)
            XCTAssertEqual(town.session.screen, .form(.dependant(nil)))

            let form = FormModel(town.session, .dependant(nil))
            var answers = child()
            answers["birth_date"] = nil
            answers["care_code"] = "0000-0000-0001"
            await fill(form, answers)
            XCTAssertEqual(form.state.name, .problem)
            XCTAssertEqual(form.state.question?.id, "birth_date", "a certificate does not say it")
            await goOn(form, ["birth_date": "2016-05-20"])
            XCTAssertEqual(form.state.question?.id, "care_code", "mistyped")
            XCTAssertNotNil(form.state.question?.problem)
            await goOn(form, ["care_code": ""])
            XCTAssertEqual(form.state.name, .saved)
            await form.act(.finish)
            XCTAssertEqual(town.session.path, [.family])

            await list.act(.back)
            await list.load()
            XCTAssertEqual(list.state.name, .list)
            let one = try XCTUnwrap(list.state.people.first)
            XCTAssertEqual(one.name, "欧阳小小")
            let person = FamilyModel(town.session, of: one.id)
            await person.load()
            XCTAssertEqual(person.state.name, .inCare)
            XCTAssertNil(person.state.person?.mark, "nothing was declared yet")
            XCTAssertTrue(person.state.person?.key?.contains("encrypted storage") == true, "no hardware here")
            await person.act(.step)
            XCTAssertEqual(town.session.screen, .form(.healthDeclarationOf([one.id])))

            let code = CodeModel(town.session)
            await code.load()
            XCTAssertEqual(code.state.name, .several)
            XCTAssertEqual(code.state.id, HealthCode.owner, "it opens on the owner's")
            XCTAssertEqual(code.state.tabs.map(\.name), ["欧阳振华", "欧阳小小"])
            await code.act(.show(one.id))
            XCTAssertEqual(code.state.name, .severalMissing)
            XCTAssertFalse(code.state.text?.isEmpty ?? true, "it says why")
            XCTAssertNil(code.state.picture)
        }
    }

    func testOneDeclarationIsForAllWhoAreChosen() async throws {
        try await inTown(settings: byWord) { town in
            let id = try await takeIn(town)
            let list = FamilyModel(town.session)
            await list.load()
            await list.act(.declare)
            XCTAssertEqual(list.state.name, .declare)
            XCTAssertEqual(list.state.people.map(\.id), [HealthCode.owner, id])
            for person in list.state.people where person.isChosen { await list.act(.choose(person.id)) }
            await list.act(.fillInDeclaration)
            XCTAssertNotNil(list.state.problem, "nobody was chosen")
            await list.act(.choose(id))
            await list.act(.choose(HealthCode.owner))
            await list.act(.fillInDeclaration)
            XCTAssertEqual(town.session.screen, .form(.healthDeclarationOf([HealthCode.owner, id])))
            town.authority.stop()
            let form = FormModel(town.session, .healthDeclarationOf([HealthCode.owner, id]))
            await fill(form, healthy([:]))
            XCTAssertEqual(form.state.name, .saved)
            let view = try await town.session.health.dependants()
            XCTAssertEqual(view.dependants.first?.uploadsWaiting, 1)
            XCTAssertEqual(town.session.home.uploadsWaiting, 1)
        }
    }

    func testTwoCodesAreASwipeApartAndGoneWhenNobodyLooks() async throws {
        try await inTown(settings: byWord) { town in
            let id = try await takeIn(town)
            let model = CodeModel(town.session, of: id)
            let looking = Task { await model.run() }
            for _ in 0..<500 where model.state.picture == nil { try await Task.sleep(for: .milliseconds(10)) }
            XCTAssertEqual(model.state.name, .several)
            XCTAssertEqual(model.state.id, id)
            XCTAssertTrue(Seen(.code, model.state).shows("欧阳小小, 2 of 2"), "\(model.state.person ?? "")")
            XCTAssertEqual(Set(model.pages.map(\.picture)).count, 2)
            XCTAssertEqual(model.state.mark, .green)
            looking.cancel()
            await looking.value
            XCTAssertNil(model.pages.first { $0.picture != nil })
        }
    }

    func testACodeForTheOtherSideCountsOnceItWasTold() async throws {
        try await inTown(settings: byWord) { town in
            let id = try await takeIn(town)
            let person = FamilyModel(town.session, of: id)
            await person.load()
            XCTAssertEqual(person.state.person?.mark, .green)
            town.authority.stop()
            await person.act(.share(.phone))
            XCTAssertEqual(person.state.name, .showCodeWaiting)
            let made = try XCTUnwrap(person.state.code)
            XCTAssertNotNil(made.picture)
            try town.authority.start()
            await person.act(.sync)
            XCTAssertEqual(person.state.name, .showCode)
            XCTAssertEqual(person.state.code?.code, made.code)
            XCTAssertNotNil(person.state.code?.until)
            await person.act(.back)
            await person.act(.share(.phone))
            XCTAssertEqual(person.state.code?.code, made.code, "while it counts no other is made")
            await person.act(.renew)
            XCTAssertNotEqual(person.state.code?.code, made.code)

            // The child's own phone: it keeps colour and history.
            let code = try XCTUnwrap(person.state.code).code
            let other = try Phone(town.folder.appendingPathComponent("own"), town.authority.config())
            let own = try await other.open()
            defer { own.close() }
            var answers = child()
            answers["birth_date"] = nil
            let version = consent(language: "en").version
            try await own.registerWithCode(answers: answers, consentVersion: version, code: code)
            try await own.sync()
            XCTAssertEqual(own.home.colour?.colour, .green)
        }
    }

    func testWhoIsNotAgreedToIsAskedForAnewAndLeft() async throws {
        try await inTown { town in
            try await town.session.health.turnGreen()
            await fill(FormModel(town.session, .dependant(nil)), child())
            let id = try await only(town)
            let person = FamilyModel(town.session, of: id)
            await person.load()
            XCTAssertEqual(person.state.name, .refused)
            XCTAssertNotNil(person.state.refusal)
            XCTAssertEqual(person.state.deviceId?.count, 22)
            await person.act(.step)
            XCTAssertEqual(town.session.screen, .form(.dependant(id)))
            // The desk has the word.
            let device = try await town.session.health.deviceId()
            try town.authority.orderCare("birth_certificate", "N330106001", device: device)
            let again = FormModel(town.session, .dependant(id))
            await again.load()
            XCTAssertEqual(again.input[text: "name"], "欧阳小小", "what was told of the child, not of the carer")
            await goOn(again, child())
            XCTAssertEqual(again.state.name, .saved, "\(again.state.question?.id ?? "") \(again.state.problems)")
            await person.load()
            XCTAssertEqual(person.state.name, .inCare)

            await person.act(.askLeave)
            XCTAssertEqual(person.state.name, .leave)
            let still = try await town.session.health.dependants()
            XCTAssertEqual(still.dependants.count, 1, "asking leaves nobody")
            await person.act(.leave)
            XCTAssertEqual(town.session.path, [.family])
            let view = try await town.session.health.dependants()
            XCTAssertTrue(view.dependants.isEmpty)
        }
    }

    func testTheOwnerSeesCarersAndEndsTheirCare() async throws {
        try await inTown(settings: byWord) { town in
            var own = registration()
            own["name"] = "欧阳奶奶"
            try await town.session.health.register(answers: own, consent: consent(language: "en"))
            try await town.session.health.submitDeclaration(
                answers: healthy(try await town.session.health.draft(.healthDeclaration)))
            await town.session.sync()
            let model = FamilyModel(town.session)
            await model.load()
            await model.act(.carers)
            XCTAssertEqual(model.state.name, .carers)
            XCTAssertEqual(model.state.carers, [])
            await model.act(.share(.carer))
            XCTAssertEqual(model.state.name, .showCode, model.state.problem ?? "")
            let code = try XCTUnwrap(model.state.code).code
            let carer = try await Phone(town.folder.appendingPathComponent("carer"), town.authority.config()).open()
            defer { carer.close() }
            try await carer.turnGreen()
            _ = try await carer.addDependant(
                DependantRequest(answers: own, consentVersion: consent(language: "en").version, code: code))
            try await carer.sync()
            await town.session.sync()
            await model.act(.back)
            XCTAssertEqual(model.state.name, .carers, "back from the code")
            let one = try XCTUnwrap(model.state.carers.first)
            await model.act(.endCare(one.id))
            XCTAssertEqual(model.state.carers.first?.isAsked, true)
            await model.act(.endCare(one.id))
            XCTAssertEqual(model.state.carers, [])
            try await carer.sync()
            let view = try await carer.dependants()
            XCTAssertEqual(view.dependants.map(\.state), [.ended])
        }
    }
}
