import Foundation
import HealthCodeKit
import TestSupport
import XCTest

@testable import HealthCodeScreens

/// What the scenarios of both apps do not go through: the door, leaving, and what is typed.
final class ModelTests: ModelTestCase, @unchecked Sendable {
    func testTheDoorTellsPassThenWhatItCannotRead() async throws {
        try await inTown { town in
            try await town.session.health.turnGreen()
            let model = CheckpointModel(town.session)
            await model.load()
            let lists = try await town.session.health.statusLists().count
            let notices = town.session.home.notices.map(\.text)
            XCTAssertEqual(model.state.name, .scanning, "\(lists) lists; \(notices)")
            XCTAssertNotNil(model.state.listsAsOf)
            let code = try await town.session.health.currentCode()
            await model.act(.read([code.text]))
            XCTAssertEqual(model.state.name, .pass)
            XCTAssertEqual(model.state.word, "Pass")
            XCTAssertEqual(model.state.mark, .green)
            XCTAssertEqual(model.state.facts.first?.value, code.maskedName)
            let verdict = model.state
            await model.act(.read(["HELLO"]))
            XCTAssertEqual(model.state, verdict, "the next person waits for the next scan")
            await model.act(.next)
            await model.act(.read([code.text]))
            XCTAssertEqual(model.state.name, .scanning, "the same code, held to the camera, is no other scan")
            await model.act(.read([code.text, "HELLO"]))
            XCTAssertEqual(model.state.name, .scanning, "what is no health code is passed over beside one")
            await model.act(.read(["HELLO"]))
            XCTAssertEqual(model.state.name, .cannotTell)
            XCTAssertEqual(model.state.facts, [], "a refusal shows nobody's data")
            await model.act(.next)
            await model.act(.read([code.text, code.text + "A"]))
            XCTAssertEqual(model.state.name, .several, "one person at a time")
            XCTAssertNil(model.state.act)
            await model.endSeveral()
            XCTAssertEqual(model.state.name, .scanning)
            // What it fetched meanwhile makes it forget nothing.
            await model.act(.next)
            await model.act(.sync)
            try await Task.sleep(for: .seconds(3.2))
            await model.act(.read([code.text]))
            XCTAssertNotEqual(model.state.name, .pass, "this very code was shown before")
            XCTAssertNotNil(model.state.act, "a refusal says what helps on")
            await model.act(.next)
            let counted = Seen(.checkpoint, model.state)
            XCTAssertTrue(counted.shows("1 passed, 1 to check, 0 stopped, 1 could not be told"), "\(counted.texts)")
        }
    }

    func testADoorWithoutListsSaysSo() async throws {
        try await inTown { town in
            try await town.session.health.turnGreen()
            town.authority.stop()
            let model = CheckpointModel(town.session)
            await model.load()
            XCTAssertEqual(model.state.name, .listsOld)
            XCTAssertNil(model.state.listsAsOf)
            XCTAssertEqual(model.state.listsProblem?.contains("No connection"), true, model.state.listsProblem ?? "")
            await model.act(.read([try await town.session.health.currentCode().text]))
            XCTAssertEqual(model.state.name, .pass, "it checks all the same")
            await model.act(.next)
            XCTAssertEqual(model.state.name, .listsOld)
        }
    }

    func testThePlaceIsKeptAndCodesForAnotherPlaceAreNotLetIn() async throws {
        try await inTown { town in
            try await town.session.health.turnGreen()
            let model = CheckpointModel(town.session)
            await model.load()
            XCTAssertNil(model.state.place)
            await model.act(.editPlace)
            model.typedPlace = "no place's id"
            await model.act(.savePlace)
            XCTAssertTrue(model.state.isPlaceTyped && model.state.isPlaceWrong)
            model.typedPlace = " xihu-mart-07 "
            await model.act(.savePlace)
            XCTAssertFalse(model.state.isPlaceTyped)
            XCTAssertEqual(model.state.place, "XIHU-MART-07")
            await model.act(.read([try await town.session.health.currentCode().text]))
            XCTAssertEqual(model.state.name, .pass, "a code for any place is one for this place")
            await model.act(.next)
            // Ended and begun again.
            let again = CheckpointModel(town.session)
            await again.load()
            XCTAssertEqual(again.state.place, "XIHU-MART-07")
            await again.act(.editPlace)
            XCTAssertEqual(again.typedPlace, "XIHU-MART-07")
            again.typedPlace = ""
            await again.act(.savePlace)
            XCTAssertNil(town.session.preferences.place)
        }
    }

    func testLeavingListsWhatIsLostAndBeginsAnew() async throws {
        try await inTown { town in
            try await town.session.health.turnGreen()
            let model = SettingsModel(town.session, town.app)
            await model.act(.show(.eraseConfirm))
            XCTAssertEqual(model.state.losses.count, 5)
            XCTAssertTrue(town.session.health.home.codeAvailable, "asking erases nothing")
            await model.act(.erase)
            XCTAssertEqual(model.state.name, .erased)
            XCTAssertEqual(model.state.erasures.count, 1)
            XCTAssertNotNil(model.state.erasures.first?.receipt, "the authority has confirmed it")
            await model.act(.startAgain)
            XCTAssertEqual(town.session.screen, .onboarding)
        }
    }

    func testAboutHasWhatIsReadOutAtADesk() async throws {
        try await inTown { town in
            let model = SettingsModel(town.session, town.app)
            await model.act(.show(.about))
            XCTAssertEqual(model.state.version, "1.0")
            XCTAssertEqual(model.state.deviceId?.count, 22)
            XCTAssertEqual(
                model.state.rootKeyFingerprint.split(separator: " ").map(\.count), Array(repeating: 4, count: 8))
            await model.act(.show(.language))
            XCTAssertEqual(model.state.languages.map(\.label), ["简体中文", "English", "한국어", "العربية"])
            await model.act(.choose(language: "zh-Hans"))
            XCTAssertEqual(model.state.languages.map(\.isChosen), [true, false, false, false])
            XCTAssertEqual(town.session.words["common-back"], "返回")
            await model.act(.choose(language: "ar"))
            XCTAssertEqual(model.state.languages.map(\.isChosen), [false, false, false, true])
            XCTAssertEqual(town.session.words.direction, .rightToLeft)
        }
    }

    func testWhatWasTypedStaysAndTheQuestionsComeOneByOne() async throws {
        try await inTown { town in
            let model = FormModel(town.session, .registration)
            await model.load()
            XCTAssertEqual(model.state.question?.id, "name")
            await model.act(.next)
            XCTAssertEqual(model.state.name, .problem)
            XCTAssertEqual(model.state.problems.first?.text, model.state.question?.problem, "the same words twice")
            model.input[text: "name"] = "欧阳振华"
            await model.act(.next)
            XCTAssertEqual(model.state.question?.id, "sex")
            // Ended in the middle, and begun again.
            let again = FormModel(town.session, .registration)
            await again.load()
            XCTAssertEqual(again.input[text: "name"], "欧阳振华")
            await again.act(.back)
            XCTAssertEqual(town.session.screen, .onboarding, "back from the first page leaves the form")
        }
    }

    func testADateIsJoinedAsTypedAndChoicesAreTakenBack() async {
        var input = FormInput()
        input[date: "day"] = .init(year: "2026", month: "3", day: "")
        XCTAssertEqual(input[text: "day"], "2026-3-", "what is missing is the core's to say")
        XCTAssertEqual(input[date: "day"].month, "3")
        input[date: "day"] = .init()
        XCTAssertNil(input["day"])
        input[documentNumber: "document"] = "33010619491231002x"
        XCTAssertEqual(input[documentKind: "document"], "residentId")
        input[choice: "symptoms", has: "fever"] = true
        input[choice: "symptoms", has: "cough"] = true
        input[choice: "symptoms", has: "fever"] = false
        XCTAssertEqual(input["symptoms"], .choices(ids: ["cough"]))
    }

    func testAJourneyThatEndsBeforeItBeginsIsRefusedAndMended() async throws {
        try await inTown { town in
            try await town.session.health.turnGreen()
            let model = ItineraryModel(town.session)
            XCTAssertEqual(model.state.name, .empty)
            await model.act(.add)
            model.legs[0].division = "420100"
            model.legs[0].number = "G590"
            model.legs[0].from = .init(year: "2026", month: "11", day: "22")
            model.legs[0].until = .init(year: "2026", month: "11", day: "20")
            await model.act(.send)
            XCTAssertEqual(model.state.name, .problem)
            XCTAssertEqual(model.legs.count, 1, "nothing that was typed is lost")
            let again = ItineraryModel(town.session)
            XCTAssertEqual(again.legs.first?.number, "G590", "also where the screen was left")
            await again.act(.add)
            XCTAssertEqual(Set(again.legs.map(\.id)).count, 2)
            await again.act(.remove(try XCTUnwrap(again.legs.last).id))
            model.legs[0].until = .init(year: "2026", month: "11", day: "23")
            await model.act(.send)
            XCTAssertEqual(model.state.name, .queued, model.state.problem ?? "")
            XCTAssertEqual(again.legs, [], "nothing stands there twice")
            await model.act(.add)
            try await town.session.health.erase()
            await town.session.refresh()
            XCTAssertEqual(model.legs, [], "nothing is left of who was erased")
        }
    }

    func testBulletinsAreReadAndClinicsAreNear() async throws {
        try await inTown { town in
            try town.authority.publish(
                "bulletins",
                """
                {"id": "hangzhou", "version": 1, "bulletins": [{"id": "metro", "division": 330100, "urgency": "urgent",
                "publishedAt": 1583020800, "title": {"en": "Masks", "zh": "口罩"}, "text": {"en": "Wear one.", "zh": "请佩戴。"}}]}
                """)
            try town.authority.publish(
                "clinics",
                """
                {"id": "hangzhou", "version": 1, "utcOffsetMinutes": 480, "clinics": [{"id": "near",
                "name": {"en": "Hospital", "zh": "医院"}, "address": {"en": "1 Lake Road", "zh": "湖滨路一号"},
                "division": 330106, "phone": "0571-12345678", "latitude": 30.26, "longitude": 120.16, "hours": "always"}]}
                """)
            await town.session.sync()
            let home = HomeModel(town.session)
            await home.load()
            XCTAssertEqual(home.state.unreadBulletins, 1)
            let bulletins = BulletinsModel(town.session)
            await bulletins.load()
            XCTAssertEqual(bulletins.state.name, .list)
            await bulletins.act(.read(try XCTUnwrap(bulletins.state.bulletins.first?.id)))
            XCTAssertEqual(bulletins.state.name, .one)
            XCTAssertEqual(bulletins.state.one?.isRead, true)
            await home.load()
            XCTAssertEqual(home.state.unreadBulletins, 0)
            let clinics = ClinicsModel(town.session)
            await clinics.load()
            XCTAssertEqual(clinics.state.name, .noPosition)
            await clinics.act(.near(latitude: 30.25, longitude: 120.15))
            XCTAssertEqual(clinics.state.name, .nearest)
            XCTAssertTrue(Seen(.clinics, clinics.state).shows("1.4 km away"), "\(clinics.state)")
        }
    }

    func testACodeThatWasShownBeforeSaysSo() async throws {
        try await inTown(settings: ["credential_batch": "1"]) { town in
            try await town.session.health.turnGreen()
            let model = CodeModel(town.session)
            await model.load()
            XCTAssertEqual(model.state.name, .green)
            XCTAssertNil(model.state.shownBefore, "for the first time")
            town.app.close()
            // The app's end is the showing's; the next one has the same credential, since there is no other.
            await town.app.open()
            let again = CodeModel(try XCTUnwrap(town.app.session))
            await again.load()
            XCTAssertEqual(again.state.name, .green)
            XCTAssertEqual(again.state.shownBefore?.contains("shown before"), true, again.state.shownBefore ?? "")
        }
    }

    func testTheCodeIsGoneWhenNobodyLooks() async throws {
        try await inTown { town in
            try await town.session.health.turnGreen()
            let model = CodeModel(town.session)
            let looking = Task { await model.run() }
            for _ in 0..<500 where model.state.picture == nil { try await Task.sleep(for: .milliseconds(10)) }
            XCTAssertEqual(model.state.name, .green)
            XCTAssertLessThanOrEqual(model.state.stepsLeft, model.state.steps)
            looking.cancel()
            await looking.value
            XCTAssertNil(model.state.picture)
        }
    }
}
