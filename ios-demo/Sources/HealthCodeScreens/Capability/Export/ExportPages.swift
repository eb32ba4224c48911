import HealthCodeKit

/// Puts the blocks of the export's paper on pages.
///
/// Invariant: nothing is left out and nothing changes its place; no page ends with a heading. What is drawn how high is
/// whoever draws it to say.
public enum ExportPages {
    /// A block, or a piece of one, and its place on the page.
    public struct Placed: Equatable, Sendable {
        public var block: ExportBlock
        public var top: Double
        public var height: Double
    }

    /// The pages from the first to the last; `height` is a page's, `measure` says how high a block is on it.
    public static func layOut(
        _ blocks: [ExportBlock], height: Double, measure: (ExportBlock) -> Double
    ) -> [[Placed]] {
        var pieces: [(ExportBlock, Double)] = []
        // Of the headings that a block must stand on one page with.
        var above = 0.0
        for block in blocks {
            pieces += broken(block, height: height - above, measure: measure).map { ($0, measure($0)) }
            above = isHeading(block) ? above + measure(block) : 0
        }
        var pages: [[Placed]] = []
        var page: [Placed] = []
        var top = 0.0
        for (index, (block, own)) in pieces.enumerated() {
            if top > 0, top + kept(index, pieces) > height {
                pages.append(page)
                (page, top) = ([], 0)
            }
            page.append(Placed(block: block, top: top, height: own))
            top += own
        }
        if !page.isEmpty { pages.append(page) }
        return pages
    }

    /// How high a block is with those that must not be parted from it: a heading and what follows it.
    private static func kept(_ index: Int, _ pieces: [(ExportBlock, Double)]) -> Double {
        var (sum, next) = (pieces[index].1, index)
        while isHeading(pieces[next].0), next + 1 < pieces.count {
            next += 1
            sum += pieces[next].1
        }
        return sum
    }

    private static func isHeading(_ block: ExportBlock) -> Bool {
        [.title, .heading, .subheading].contains(block.kind)
    }

    /// One that is higher than a page in pieces, broken between lines; a line that is higher still, within it.
    private static func broken(
        _ block: ExportBlock, height: Double, measure: (ExportBlock) -> Double
    ) -> [ExportBlock] {
        guard measure(block) > height, block.text.count > 1 else { return [block] }
        let lines = block.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let (first, second): (String, String)
        if lines.count > 1 {
            let half = lines.count / 2
            first = lines[..<half].joined(separator: "\n")
            second = lines[half...].joined(separator: "\n")
        } else {
            let half = block.text.index(block.text.startIndex, offsetBy: block.text.count / 2)
            (first, second) = (String(block.text[..<half]), String(block.text[half...]))
        }
        // What it is stands at the first piece alone.
        let pieces = [
            ExportBlock(kind: block.kind, label: block.label, text: first),
            ExportBlock(kind: block.kind, label: "", text: second),
        ]
        return pieces.flatMap { broken($0, height: height, measure: measure) }
    }
}
