import HealthCodeKit
import TestSupport
import XCTest

/// The vectors of tests/vectors, the same ones that Rust, Kotlin and Python run. Each is run; a difference names it.
final class VectorsTests: XCTestCase {
    /// 2027-01-15T08:00:00Z, around which everything happens.
    private let openedAt: Int64 = 1_800_000_000

    func testEveryCodeGetsItsVerdict() throws {
        let published = try Published()
        var run = 0
        for file in ["valid", "invalid", "edge", "paper"] {
            for vector in try read([CodeVector].self, "code/\(file).json") {
                run += 1
                let verdict = try verdict(of: vector, published)
                XCTAssertEqual(Expectation(verdict), vector.expect, vector.name)
                let told = verdictText(refusal: verdict.refusal, language: "en")
                XCTAssertEqual(told.code, verdict.reason, vector.name)
                XCTAssertNotEqual(told.text, verdict.text(language: "zh"), vector.name)
            }
        }
        XCTAssertEqual(run, 36 + 139 + 23 + 42)
    }

    private func verdict(of vector: CodeVector, _ published: Published) throws -> Verdict {
        // Opened when it was signed: whether it has ended by now is the check's to say.
        let checkpoint = try Checkpoint(
            trustBundle: published.trust(vector.trust), rootKey: published.rootKey, place: vector.place,
            localDivision: vector.localDivision, at: openedAt)
        defer { checkpoint.close() }
        for list in vector.statusLists { try checkpoint.addStatusList(published.list(list), at: openedAt) }
        if let list = vector.seenElsewhere { try checkpoint.addPapersSeen(unhex(list)) }
        for shown in vector.shownBefore { _ = try checkpoint.check(shown.text, at: shown.at) }
        return try checkpoint.check(vector.text, at: vector.at)
    }

    func testEveryBundleOpensOrIsRefusedByName() throws {
        let published = try Published()
        let vectors = try read([BundleVector].self, "code/bundles.json")
        XCTAssertEqual(vectors.count, 49)
        for vector in vectors {
            XCTAssertEqual(outcome(of: vector, published), vector.expect, vector.name)
        }
    }

    private func outcome(of vector: BundleVector, _ published: Published) -> String {
        do {
            let bytes = unhex(vector.bytes)
            if vector.kind == "trust" {
                let checkpoint = try Checkpoint(
                    trustBundle: bytes, rootKey: published.rootKey, lowestVersion: UInt64(vector.lowest), at: vector.at)
                let trust = try checkpoint.trust()
                XCTAssertEqual(trust.version, vector.content?.version, vector.name)
                XCTAssertEqual(trust.divisions, vector.content?.divisions, vector.name)
                return "ok"
            }
            let checkpoint = try Checkpoint(
                trustBundle: published.trust(vector.trust), rootKey: published.rootKey, at: openedAt)
            if vector.kind == "status-list" {
                // Which places it revokes is asked of codes: the test above.
                let until = try checkpoint.addStatusList(bytes, lowestUntil: vector.lowest, at: vector.at)
                XCTAssertEqual(until, vector.content?.until, vector.name)
            } else {
                let opened = try checkpoint.openSigned(contentType: vector.kind, bytes, at: vector.at)
                XCTAssertEqual(opened.payload, unhex(vector.content?.payload ?? ""), vector.name)
                XCTAssertEqual(opened.division, vector.content?.division, vector.name)
            }
            return "ok"
        } catch {
            return (error as? HealthCodeError)?.code ?? "\(error)"
        }
    }

    func testEveryCertLogicCaseHasItsValueOrItsError() throws {
        let cases = try XCTUnwrap(try read(Json.self, "certlogic.json")["cases"]?.elements)
        XCTAssertEqual(cases.count, 407)
        for vector in cases {
            let name = try XCTUnwrap(vector["name"]?.string)
            let (expression, data) = (try XCTUnwrap(vector["expression"]), vector["data"] ?? .null)
            do {
                let found = try evaluateRule(expression: expression.written(), data: data.written())
                XCTAssertNil(vector["error"], name)
                XCTAssertEqual(try Json.reading(found), vector["expected"], name)
            } catch let error as HealthCodeError {
                XCTAssertEqual(error.code, vector["error"]?.string, name)
            }
        }
    }

    func testEverySetOfAnswersHasItsRefusals() throws {
        let vectors = try XCTUnwrap(try read(Json.self, "form.json")["answers"]?.elements)
        XCTAssertEqual(vectors.count, 28)
        for vector in vectors {
            let name = try XCTUnwrap(vector["name"]?.string)
            let form = try String(
                contentsOf: projectRoot.appendingPathComponent(
                    "core/data/forms/\(try XCTUnwrap(vector["form"]?.string)).json"), encoding: .utf8)
            let refused = try checkAnswers(
                form: form, answers: XCTUnwrap(vector["answers"]).written(), today: XCTUnwrap(vector["today"]?.string),
                language: "en")
            let expected = try XCTUnwrap(vector["errors"]?.elements).map { [$0["path"]?.string, $0["code"]?.string] }
            XCTAssertEqual(refused.map { [$0.path, $0.code] }, expected, name)
        }
    }
}
