import HealthCodeKit
import HealthCodeScreens
import UIKit

/// Draws the export's paper into a PDF with the fonts that the phone has: A4, margins of 20 mm.
@MainActor
struct ExportPaper {
    /// What stands at the foot of a page, by its number and how many there are.
    typealias Foot = @MainActor (Int, Int) async throws -> String

    private let document: ExportDocument
    private static let page = CGRect(x: 0, y: 0, width: 595.2, height: 841.8)
    private static let margin = 56.7
    private static let footHeight = 24.0
    private static let space = 6.0
    /// Of a row: what it is, and what is held.
    private static let labelPart = 0.32
    private static let options: NSStringDrawingOptions = [.usesLineFragmentOrigin, .usesFontLeading]

    /// The file's bytes.
    static func draw(_ document: ExportDocument, foot: Foot) async throws -> Data {
        let paper = ExportPaper(document: document)
        let height = page.height - 2 * margin - footHeight
        let pages = ExportPages.layOut(document.blocks, height: height) { paper.height(of: $0) }
        var feet: [String] = []
        for number in pages.indices { feet.append(try await foot(number + 1, pages.count)) }
        return UIGraphicsPDFRenderer(bounds: page).pdfData { context in
            for (blocks, foot) in zip(pages, feet) {
                context.beginPage()
                for block in blocks { paper.draw(block) }
                let place = CGRect(x: margin, y: page.height - margin - 12, width: paper.width, height: 12)
                paper.styled(foot, size: 9).draw(with: place, options: Self.options, context: nil)
            }
        }
    }

    private var width: Double { Self.page.width - 2 * Self.margin }
    private var isRightToLeft: Bool { document.direction == .rightToLeft }

    private func height(of block: ExportBlock) -> Double {
        let parts = parts(of: block)
        let heights = parts.map { text, _, width in
            text.boundingRect(
                with: CGSize(width: width, height: .greatestFiniteMagnitude), options: Self.options, context: nil
            ).height
        }
        return (heights.max() ?? 0).rounded(.up) + (block.kind == .row ? Self.space : 2 * Self.space)
    }

    private func draw(_ placed: ExportPages.Placed) {
        for (text, left, width) in parts(of: placed.block) {
            let place = CGRect(
                x: Self.margin + left, y: Self.margin + placed.top, width: width, height: placed.height)
            text.draw(with: place, options: Self.options, context: nil)
        }
    }

    /// What is drawn of a block: each text, how far from the margin, how wide.
    private func parts(of block: ExportBlock) -> [(NSAttributedString, Double, Double)] {
        switch block.kind {
        case .title: return [(styled(block.text, size: 22, weight: .bold), 0, width)]
        case .heading: return [(styled(block.text, size: 15, weight: .bold), 0, width)]
        case .subheading: return [(styled(block.text, size: 11, weight: .semibold), 0, width)]
        case .note: return [(styled(block.text, size: 10), 0, width)]
        case .row:
            guard !block.label.isEmpty else { return [(styled(block.text, size: 10), 0, width)] }
            let label = width * Self.labelPart - Self.space
            let value = width * (1 - Self.labelPart)
            return [
                (styled(block.label, size: 10, weight: .semibold), isRightToLeft ? width - label : 0, label),
                (styled(block.text, size: 10), isRightToLeft ? 0 : width - value, value),
            ]
        }
    }

    private func styled(_ text: String, size: Double, weight: UIFont.Weight = .regular) -> NSAttributedString {
        let style = NSMutableParagraphStyle()
        style.baseWritingDirection = isRightToLeft ? .rightToLeft : .leftToRight
        style.alignment = .natural
        return NSAttributedString(
            string: text,
            attributes: [
                .font: UIFont.systemFont(ofSize: size, weight: weight), .paragraphStyle: style,
                // Which forms of shared Chinese characters are meant.
                .languageIdentifier: document.language,
            ])
    }
}
