import HealthCodeKit
import TestSupport
import XCTest

/// The examples of docs/SWIFT.md are what is compiled and run here.
final class DocumentationTests: PhoneTestCase {
    func testEverySwiftBlockOfThePageIsASourceThatIsHere() throws {
        let page = try String(contentsOf: projectRoot.appendingPathComponent("docs/SWIFT.md"), encoding: .utf8)
        let source = try String(
            contentsOf: projectRoot.appendingPathComponent(
                "bindings/swift/Tests/HealthCodeKitTests/QuickStart.swift"), encoding: .utf8)
        let blocks = pieces(of: page, from: "```swift\n", to: "\n```")
        let apple = blocks.filter { $0.hasPrefix("// Apple only, not compiled here\n") }
        let regions = pieces(of: source, from: "// region ", to: "\n// endregion")
            .map { $0.drop { $0 != "\n" }.dropFirst() }.map(String.init)
        XCTAssertEqual(regions.count, 8)
        XCTAssertEqual(blocks.filter { !apple.contains($0) }, regions)
        XCTAssertEqual(apple.count, 3)
    }

    private func pieces(of text: String, from start: String, to end: String) -> [String] {
        text.components(separatedBy: start).dropFirst().compactMap { $0.components(separatedBy: end).first }
    }

    func testTheExamplesDoWhatThePageSays() async throws {
        let rootKey = try authority.rootKey
        let folder = folder("phone")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let health = try await openHealthCode(
            folder: folder, authorityURL: authority.baseURL, authority: authority.data)
        try await register(health, name: "欧阳振华", idNumber: residentId("33010619900307615"))
        authority.stop()
        let problem = try await declare(health)
        XCTAssertEqual(problem?.hasSuffix("(network_unreachable)"), true, problem ?? "no problem without a server")
        try authority.start()
        let declared = try await declare(health)
        XCTAssertNil(declared)
        XCTAssertEqual(health.home.colour?.colour, .green)

        let (shown, alerted) = (Locked<String?>(nil), Locked<String?>(nil))
        let showing = Task {
            try await show(health) { code, png in if !png.isEmpty { shown.change { $0 = code.text } } }
        }
        let alerting = Task {
            await alertOnChanges(health) { title, text in alerted.change { $0 = "\(title): \(text)" } }
        }
        let isShown = await eventually { shown.value != nil }
        XCTAssertTrue(isShown)
        let isAccepted = try await checkOffline(health, rootKey: rootKey, scanned: XCTUnwrap(shown.value))
        XCTAssertTrue(isAccepted)
        try authority.changeColour(XCTUnwrap(health.home.colour).citizenId, to: "red", reason: "confirmed")
        await appeal(health, statement: "请复核。") { XCTFail($0) }
        try await health.sync()
        let red = Colour.red.word(language: health.language)
        let isAlerted = await eventually { alerted.value?.hasPrefix(red) == true }
        XCTAssertTrue(isAlerted)
        let isDone = try await syncInBackground(health)
        XCTAssertTrue(isDone)
        showing.cancel()
        alerting.cancel()
        health.close()
    }
}
