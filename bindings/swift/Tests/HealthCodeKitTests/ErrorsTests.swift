import HealthCodeKit
import TestSupport
import XCTest

/// Every kind of error, with its code and its texts.
final class ErrorsTests: PhoneTestCase {
    private let seen = Locked(Set<String>())

    private func fails<T>(
        _ kind: String, _ code: String, line: UInt = #line, _ work: () async throws -> T
    ) async {
        guard let error = await failure(of: work) else { return }
        XCTAssertEqual(error.kind, kind, line: line)
        XCTAssertEqual(error.code, code, line: line)
        let english = error.text(language: "en_GB")
        XCTAssertFalse(english.isEmpty || english.unicodeScalars.contains { $0.value > 0x3000 }, english, line: line)
        XCTAssertEqual(error.text(language: "sw"), english, "English where there are no words", line: line)
        let chinese = error.text(language: "zh_CN")
        XCTAssertTrue(chinese.unicodeScalars.contains { $0.value > 0x3000 }, chinese, line: line)
        XCTAssertEqual(error.localizedDescription, error.text(language: Locale.current.identifier), line: line)
        seen.change { $0.insert(error.kind) }
    }

    func testAnErrorOfEveryKind() async throws {
        try await sessionsAndForms()
        try await storesAndHosts()
        try await networks()
        try await checkpoints()
        // A credential of another issuer and a defect of the core cannot be brought about from here: the phone takes
        // no credential that it did not verify, and no call is known that panics. Rust's tests do both.
        let reachable: Set = [
            "Session", "FormRefused", "Store", "Host", "Code", "Bundle", "Form", "Sync", "Http", "Argument",
        ]
        XCTAssertEqual(seen.value, reachable)
    }

    private func sessionsAndForms() async throws {
        let health = try await Phone(folder("a"), authority.config()).open()
        await fails("Session", "no_code_yet") { try await health.currentCode() }
        await fails("Session", "not_registered") { try await health.submitDeclaration(answers: [:]) }
        let unknown = ConsentForm(version: 99, text: "")
        await fails("Session", "consent_missing") {
            try await health.register(answers: registration(), consent: unknown)
        }
        let wrong = registration().merging(["phone": "12"]) { $1 }
        let agreed = consent(language: health.language)
        await fails("FormRefused", "form_refused") { try await health.register(answers: wrong, consent: agreed) }
        do {
            try await health.register(answers: wrong, consent: consent(language: health.language))
        } catch HealthCodeError.FormRefused(_, let fields) {
            XCTAssertEqual(fields.map { [$0.path, $0.code] }, [["phone", "answer_phone_invalid"]])
            XCTAssertEqual(fields.first?.text, "This is not a phone number.")
        }
        try await health.setLanguage("zh-CN")
        do {
            try await health.register(answers: wrong, consent: consent(language: health.language))
        } catch HealthCodeError.FormRefused(_, let fields) {
            XCTAssertEqual(fields.first?.text, "电话号码无效。")
        }
        // Until the authority took it, it is corrected by filing it again.
        for _ in 0..<2 { try await health.register(answers: registration(), consent: agreed) }
        await fails("Sync", "sync_upload_unknown") { try await health.dismissUpload(id: "nothing") }
        await fails("Argument", "argument_invalid") {
            try await health.saveDraft(.healthDeclaration, answers: ["temperature": .number(value: .nan)])
        }
        let answers = healthy(try await health.draft(.healthDeclaration))
        for _ in 0..<199 { try await health.submitDeclaration(answers: answers) }
        await fails("Sync", "sync_outbox_full") { try await health.submitDeclaration(answers: answers) }
        health.close()
        await fails("Form", "form_malformed") {
            try checkAnswers(form: "{}", answers: "{}", today: "2026-11-25", language: "en")
        }
        await fails("Form", "rule_unknown_operator") { try evaluateRule(expression: #"{"drop": [1]}"#, data: "{}") }
        await fails("Argument", "argument_invalid") { try evaluateRule(expression: "{", data: "{}") }
        await fails("Code", "picture_text_not_alphanumeric") { try codePng(text: "健康码") }
        await fails("Code", "picture_scale_not_allowed") { try codePng(text: "JKM1:", pixelsPerModule: 33) }
        await fails("Code", "picture_text_too_long") { try codeModules(text: String(repeating: "A", count: 2_000)) }
        await fails("Code", "picture_text_not_alphanumeric") { try codeModules(text: "jkm1:") }
    }

    private func storesAndHosts() async throws {
        let phone = try Phone(folder("b"), authority.config())
        let health = try await phone.open()
        await fails("Store", "store_already_open") { try await phone.open() }
        health.close()
        let stranger = try FileKeyGuard(file: folder("other.key"))
        await fails("Store", "store_key_refused") { try await phone.open(keyGuard: stranger) }
        let again = try await phone.open()
        XCTAssertEqual(again.home.uploadsWaiting, 0, "nothing was lost")
        again.close()
        let files = try FileManager.default.contentsOfDirectory(at: phone.store, includingPropertiesForKeys: nil)
        for file in files where file.lastPathComponent.contains("envelope") { try Data([1, 2]).write(to: file) }
        await fails("Store", "store_envelope_damaged") { try await phone.open() }
        try await HealthCode.dangerReset(dataDirectory: phone.store)
        let anew = try await phone.open()
        XCTAssertEqual(anew.home.stage, .notRegistered)
        await fails("Store", "store_already_open") { try await HealthCode.dangerReset(dataDirectory: phone.store) }
        anew.close()
        let other = try Phone(folder("c"), authority.config())
        await fails("Host", "key_unavailable") { try await other.open(signer: LockedSigner()) }
        XCTAssertThrowsError(try FileKeyGuard(file: folder("no/such/folder/key"))) {
            XCTAssertEqual(($0 as? HealthCodeError)?.kind, "Host")
        }
    }

    private func networks() async throws {
        let good = try authority.config()
        func open(_ config: CitizenConfig) async throws { try await Phone(folder("d"), config).open().close() }
        await fails("Http", "http_roots_invalid") {
            try await open(
                CitizenConfig(
                    baseUrl: good.baseUrl, rootKey: good.rootKey, rootsPem: Data("no PEM".utf8), language: "en"))
        }
        await fails("Sync", "sync_base_url_invalid") {
            try await open(
                CitizenConfig(
                    baseUrl: "http://127.0.0.1", rootKey: good.rootKey, rootsPem: good.rootsPem, language: "en"))
        }
        await fails("Argument", "argument_invalid") {
            try await open(
                CitizenConfig(
                    baseUrl: good.baseUrl, rootKey: Data(count: 31), rootsPem: good.rootsPem, language: "en"))
        }
        let pins = PinnedKeys(primary: Data(count: 32), backup: Data(count: 20), expiresAt: 0)
        await fails("Argument", "argument_invalid") {
            try await open(
                CitizenConfig(
                    baseUrl: good.baseUrl, rootKey: good.rootKey, rootsPem: good.rootsPem, language: "en", pins: pins))
        }
    }

    private func checkpoints() async throws {
        let health = try await Phone(folder("e"), authority.config()).open()
        try await health.turnGreen()
        let published = try await health.publishedBundle(.trust)
        let (trust, key) = (try XCTUnwrap(published), try authority.rootKey)
        let nothing = try await health.publishedBundle(.form, name: "nothing-of-the-kind")
        XCTAssertNil(nothing)
        await fails("Bundle", "bundle_signer_unknown") { try Checkpoint(trustBundle: trust, rootKey: Data(count: 32)) }
        await fails("Bundle", "bundle_rolled_back") {
            try Checkpoint(trustBundle: trust, rootKey: key, lowestVersion: 9)
        }
        await fails("Bundle", "bundle_expired") { try Checkpoint(trustBundle: trust, rootKey: key, at: 9_999_999_999) }
        await fails("Bundle", "bundle_not_canonical") { try Checkpoint(trustBundle: trust + [0], rootKey: key) }
        await fails("Argument", "argument_invalid") { try Checkpoint(trustBundle: trust, rootKey: key, place: "ä") }
        let checkpoint = try Checkpoint(trustBundle: trust, rootKey: key)
        await fails("Bundle", "bundle_wrong_kind") { try checkpoint.addStatusList(trust) }
        checkpoint.close()
        await fails("Session", "closed") { try checkpoint.trust() }
        health.close()
    }

    func testALanguageSaysWhichWayItIsWritten() {
        for language in ["zh-Hans-CN", "en", "ko", "ug-Latn", "no language"] {
            XCTAssertEqual(textDirection(language: language), .leftToRight, language)
        }
        for language in ["ar", "ar_EG", "ug-CN"] {
            XCTAssertEqual(textDirection(language: language), .rightToLeft, language)
        }
    }
}

extension HealthCodeError {
    /// The variant's name.
    fileprivate var kind: String {
        switch self {
        case .Session: "Session"
        case .FormRefused: "FormRefused"
        case .Store: "Store"
        case .Host: "Host"
        case .Code: "Code"
        case .Credential: "Credential"
        case .Bundle: "Bundle"
        case .Form: "Form"
        case .Sync: "Sync"
        case .Http: "Http"
        case .Argument: "Argument"
        case .Internal: "Internal"
        }
    }
}

private final class LockedSigner: HostDeviceSigner {
    func publicKey() throws -> Data { throw HostError.KeyUnavailable }
    func sign(message: Data) throws -> Data { message }
    func isHardware() throws -> Bool { true }
    func credentialSigner(number: UInt64) throws -> (any HostDeviceSigner)? { nil }
    func credentialSlots() throws -> UInt32 { 1 }
}
