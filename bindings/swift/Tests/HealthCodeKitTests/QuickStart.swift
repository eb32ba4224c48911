import Foundation
import HealthCodeKit

// The regions of this file are the examples of docs/SWIFT.md; DocumentationTests holds both together and runs them.

// region open
/// In development the three values of the configuration lie in the authority's folder; an app ships with its region's.
func openHealthCode(folder: URL, authorityURL: String, authority: URL) async throws -> HealthCode {
    let rootKey = try String(contentsOf: authority.appendingPathComponent("root-key.hex"), encoding: .utf8)
    return try await HealthCode.open(
        dataDirectory: folder.appendingPathComponent("store"),
        config: CitizenConfig(
            baseUrl: authorityURL,  // as the authority says it: https://127.0.0.1:8443
            rootKey: bytes(ofHex: rootKey.trimmingCharacters(in: .whitespacesAndNewlines)),
            rootsPem: Data(contentsOf: authority.appendingPathComponent("ca.pem")),
            language: Locale.current.identifier),
        keyGuard: FileKeyGuard(file: folder.appendingPathComponent("key")))
}

func bytes(ofHex text: String) -> Data {
    let digits = Array(text)
    return Data(stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0..<$0 + 2]), radix: 16) })
}
// endregion

// region register
func register(_ health: HealthCode, name: String, idNumber: String) async throws {
    let consent = consent(language: health.language)  // show consent.text and ask
    let answers: [String: Answer] = [
        "name": .text(text: name), "sex": "1", "nationality": "CHN",
        "document": .document(.residentId, idNumber),
        "division": "330106", "address": "西湖区文三路 90 号", "phone": "13800001234",
        "underlyingIllness": ["none"],
    ]
    try await health.register(answers: answers, consent: consent)
}
// endregion

// region declare
/// What did not work, in the citizen's language; nil where all went well.
func declare(_ health: HealthCode) async throws -> String? {
    var answers = try await health.draft(.healthDeclaration)  // what the citizen told before
    answers["temperature"] = 36.5
    answers["symptoms"] = ["none"]
    answers["underlyingIllness"] = ["none"]
    answers["highRiskStay"] = false
    answers["contact"] = false
    answers["travelled"] = false
    answers["truthful"] = true
    let review = try await health.review(.healthDeclaration, answers: answers)
    if let error = review.errors.first { return "\(error.path): \(error.text)" }
    try await health.submitDeclaration(answers: answers)  // on disk now, sent by the next sync
    return problem(of: try await health.sync(reason: .afterSubmit), language: health.language)
}

/// A network that fails is no error that is thrown: the outcome says what did not work.
func problem(of outcome: SyncOutcome, language: String) -> String? {
    if let code = outcome.problem ?? outcome.uploadsRefused.first?.code {
        return "\(textOfCode(code: code, language: language) ?? "\(outcome.result)") (\(code))"
    }
    return outcome.result == .synced ? nil : "\(outcome.result)"
}
// endregion

// region show
@MainActor
func show(_ health: HealthCode, draw: (CodeView, Data) -> Void) async throws {
    for await code in health.codes {  // ends with the task: nothing runs unseen
        draw(code, try code.png())
    }
}
// endregion

// region alert
func alertOnChanges(_ health: HealthCode, alert: (_ title: String, _ text: String) -> Void) async {
    for await event in health.events {
        switch event {
        case .colourChanged(let change):
            alert(change.to.word(language: health.language), "\(change.texts.text) \(change.texts.instruction)")
        case .uploadRefused(let uploadId, let code):
            alert(code, uploadId)
        case .registersAgain(let text): alert(text, "")
        case .newBulletins: break  // health.bulletins() has them
        case .newResults: break  // health.results() has them
        case .colourAlarms: break  // health.changes() has them
        }
    }
}
// endregion

// region sync
func syncInBackground(_ health: HealthCode) async throws -> Bool {
    let outcome = try await health.sync(reason: .scheduled, deadline: .seconds(20))
    switch outcome.result {
    case .synced, .notNeeded, .alreadyRunning: return true
    default: return false  // come again at outcome.nextAllowedAtMs
    }
}
// endregion

// region errors
func appeal(_ health: HealthCode, statement: String, tell: (String) -> Void) async {
    do {
        try await health.submitAppeal(statement: statement)
    } catch {
        tell(error.localizedDescription)  // programs go by (error as? HealthCodeError)?.code
    }
}
// endregion

// region check
func checkOffline(_ health: HealthCode, rootKey: Data, scanned: String) async throws -> Bool {
    guard let trust = try await health.publishedBundle(.trust) else { return false }
    let checkpoint = try Checkpoint(trustBundle: trust, rootKey: rootKey, localDivision: 330_106)
    let verdict = try checkpoint.check(scanned)
    print(verdict.text(language: health.language), verdict.maskedName ?? "")
    return verdict.accepted
}
// endregion
