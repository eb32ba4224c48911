import HealthCodeKit
import XCTest

@testable import HealthCodeScreens

/// The paper's pages.
final class ExportPagesTests: XCTestCase {
    private func block(_ kind: ExportBlockKind, _ text: String) -> ExportBlock {
        ExportBlock(kind: kind, label: kind == .row ? "l" : "", text: text)
    }

    /// One unit a line, 10 characters a line, 10 units a page.
    private func pages(_ blocks: [ExportBlock]) -> [[ExportPages.Placed]] {
        ExportPages.layOut(blocks, height: 10) { block in
            block.text.split(separator: "\n", omittingEmptySubsequences: false)
                .reduce(0) { $0 + max(1, (Double($1.count) / 10).rounded(.up)) }
        }
    }

    func testNothingIsLostBetweenPagesAndNoneEndsWithAHeading() {
        var blocks = [block(.title, "t"), block(.note, "n")]
        for part in 0..<7 {
            blocks += [block(.heading, "h\(part)"), block(.subheading, "s")]
            blocks += (0..<part).map { block(.row, "r\($0)") }
            blocks.append(block(.row, "a\nb\nc"))
        }
        let pages = pages(blocks)
        XCTAssertGreaterThan(pages.count, 3)
        XCTAssertEqual(pages.flatMap { $0.map(\.block) }, blocks)
        for page in pages {
            XCTAssertEqual(page.first?.top, 0)
            XCTAssertLessThanOrEqual(page.last.map { $0.top + $0.height } ?? 0, 10)
            XCTAssertFalse([.heading, .subheading].contains(page.last?.block.kind))
        }
    }

    func testAHeadingStaysWithWhatFillsThePageAlone() {
        let row = (0..<10).map { "\($0)" }.joined(separator: "\n")
        let pages = pages([block(.note, "n"), block(.heading, "h"), block(.subheading, "s"), block(.row, row)])
        for page in pages { XCTAssertFalse([.heading, .subheading].contains(page.last?.block.kind)) }
        let rows = pages.flatMap { $0 }.filter { $0.block.kind == .row }
        XCTAssertEqual(rows.map(\.block.text).joined(separator: "\n"), row)
    }

    func testWhatIsLongerThanAPageIsBrokenBetweenLines() {
        let lines = (0..<25).map { "line \($0)" }.joined(separator: "\n")
        let long = String(repeating: "x", count: 333)
        let pages = pages([block(.heading, "h"), block(.row, lines), block(.row, long)])
        let pieces = pages.flatMap { $0 }.map(\.block)
        let ofLines = pieces.filter { $0.text.hasPrefix("line") }
        XCTAssertEqual(ofLines.map(\.text).joined(separator: "\n"), lines)
        XCTAssertEqual(pieces.filter { $0.text.hasPrefix("x") }.map(\.text).joined(), long)
        XCTAssertEqual(pieces.filter { $0.label == "l" }.count, 2, "what it is stands once")
        for page in pages { XCTAssertLessThanOrEqual(page.last.map { $0.top + $0.height } ?? 0, 10) }
        XCTAssertEqual(pages.first?.count, 2, "a heading stays with what follows it")
    }
}
