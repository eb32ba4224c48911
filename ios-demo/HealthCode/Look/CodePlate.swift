import HealthCodeScreens
import SwiftUI
import UIKit

/// The code's picture: black on white in every theme, whole pixels a module, never smoothed, one image to VoiceOver.
///
/// Its node stays the same through all rotations: no label changes, so nothing is spoken and focus stays.
struct CodePlate: View {
    @Environment(\.displayScale) private var scale
    let picture: Data
    let label: String
    /// Free width and height, points.
    let room: CGSize

    var body: some View {
        let image = UIImage(data: picture)
        // One pixel a module: a sheet's code and a carer's have others than the health code.
        let modules = image.map { Int($0.size.width) } ?? Tokens.codeModules
        let pixels = Tokens.pixelsPerModule(modules, width: room.width, height: room.height, scale: scale)
        let side = Double(modules * pixels) / scale
        Group {
            if let image {
                Image(uiImage: image)
                    .interpolation(.none)
                    .antialiased(false)
                    .resizable()
            } else {
                Color.white
            }
        }
        .frame(width: side, height: side)
        .background(Color.white)
        .accessibilityIgnoresInvertColors()
        .environment(\.layoutDirection, .leftToRight)
        .accessibilityElement()
        .accessibilityLabel(Text(verbatim: label))
        .accessibilityAddTraits(.isImage)
        .accessibilityIdentifier("code-picture")
    }
}

/// How long the code stays, in steps of five seconds: quiet, unspoken.
struct QuietRing: View {
    @Environment(\.palette) private var palette
    let left: Int
    let all: Int

    var body: some View {
        HStack(spacing: 4) {
            ForEach(0..<max(all, 1), id: \.self) { step in
                Circle()
                    .fill(Color(step < left ? palette.second : palette.page))
                    .overlay { Circle().stroke(Color(palette.second), lineWidth: 1) }
                    .frame(width: 8, height: 8)
            }
        }
        .accessibilityHidden(true)
    }
}
