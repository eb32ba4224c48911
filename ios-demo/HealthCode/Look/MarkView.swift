import HealthCodeScreens
import SwiftUI

/// The shape of a state, told without its colour: disc, triangle, octagon, diamond, dashed ring.
struct MarkShape: Shape {
    let shape: Mark.Shape

    nonisolated func path(in rect: CGRect) -> Path {
        let side = min(rect.width, rect.height)
        let square = CGRect(x: rect.midX - side / 2, y: rect.midY - side / 2, width: side, height: side)
        switch shape {
        case .disc, .ring: return Path(ellipseIn: square.insetBy(dx: side * 0.05, dy: side * 0.05))
        case .triangle: return polygon(square, corners: 3, from: -90, radius: 0.56, down: 0.08)
        case .octagon: return polygon(square, corners: 8, from: 22.5, radius: 0.5, down: 0)
        case .diamond: return polygon(square, corners: 4, from: -90, radius: 0.5, down: 0)
        }
    }

    private nonisolated func polygon(_ rect: CGRect, corners: Int, from: Double, radius: Double, down: Double) -> Path {
        var path = Path()
        for corner in 0..<corners {
            let angle = (from + 360 * Double(corner) / Double(corners)) * .pi / 180
            let point = CGPoint(
                x: rect.midX + rect.width * radius * cos(angle),
                y: rect.midY + rect.height * (down + radius * sin(angle)))
            if corner == 0 { path.move(to: point) } else { path.addLine(to: point) }
        }
        path.closeSubpath()
        return path
    }
}

/// A state's shape in its colour, outlined: yellow on white has too little contrast of its own.
struct MarkView: View {
    @Environment(\.palette) private var palette
    @ScaledMetric(relativeTo: .title) private var scale = 1.0
    let mark: Mark
    var side: Double = 44

    var body: some View {
        ZStack {
            MarkShape(shape: mark.shape).fill(Color(mark.fill))
            MarkShape(shape: mark.shape)
                .stroke(
                    Color(palette.outline),
                    style: StrokeStyle(lineWidth: 2, dash: mark.shape == .ring ? [6, 4] : []))
            switch mark.shape {
            case .triangle: sign("!")
            case .ring: sign("?")
            case .octagon:
                Rectangle().fill(Color(mark.text)).frame(width: side * scale * 0.5, height: side * scale * 0.12)
            case .disc, .diamond: EmptyView()
            }
        }
        .frame(width: side * scale, height: side * scale)
        .accessibilityHidden(true)
    }

    private func sign(_ sign: String) -> some View {
        Text(verbatim: sign)
            .font(.system(size: side * scale * 0.5, weight: .bold))
            .foregroundStyle(Color(mark.text))
            .padding(.top, mark.shape == .triangle ? side * scale * 0.16 : 0)
    }
}

/// A state over the width of the page: shape, word, and what belongs to it.
struct MarkCard: View {
    @Environment(\.palette) private var palette
    let mark: Mark
    let title: String
    var text: String?
    /// What is heard in the place of both.
    var spoken: String?

    var body: some View {
        HStack(alignment: .center, spacing: 16) {
            MarkView(mark: mark)
            VStack(alignment: .leading, spacing: 4) {
                Text(title).role(.colourWord, weight: .bold)
                if let text { Text(text).role(.body) }
            }
            Spacer(minLength: 0)
        }
        .padding(16)
        .frame(maxWidth: .infinity, alignment: .leading)
        .foregroundStyle(Color(mark.text))
        .background(Color(mark.fill), in: .rect(cornerRadius: 16))
        .overlay { RoundedRectangle(cornerRadius: 16).stroke(Color(palette.outline), lineWidth: 2) }
        .accessibilityElement(children: .ignore)
        .accessibilityLabel(Text(verbatim: spoken ?? [title, text].compactMap { $0 }.joined(separator: "\n")))
        .accessibilityAddTraits(.isHeader)
    }
}
