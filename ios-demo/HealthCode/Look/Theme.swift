import HealthCodeScreens
import SwiftUI

// How everything looks: sizes, colours and what a person prefers, handed down by the environment.

private struct ElderKey: EnvironmentKey { static let defaultValue = false }

extension EnvironmentValues {
    /// Larger texts and buttons, fewer things on a screen.
    var isElder: Bool {
        get { self[ElderKey.self] }
        set { self[ElderKey.self] = newValue }
    }

    /// The page's colours in light and dark.
    var palette: Palette { colorScheme == .dark ? .dark : .light }
}

extension Color {
    init(_ rgb: RGB) { self.init(.sRGB, red: rgb.red, green: rgb.green, blue: rgb.blue) }
}

/// A text of the design's sizes. Grows with the system's text size, wraps, is never cut.
private struct RoleText: ViewModifier {
    @Environment(\.isElder) private var isElder
    @Environment(\.locale) private var locale
    @ScaledMetric(relativeTo: .body) private var scale = 1.0
    let role: Tokens.TextRole
    let weight: Font.Weight

    func body(content: Content) -> some View {
        let token = Tokens.text(role, isElder: isElder, language: locale.identifier)
        // The system's own line is about 1.2 of the size; the rest is added between lines.
        content
            .font(.system(size: token.size * scale, weight: weight))
            .lineSpacing(max(0, (token.line - token.size * 1.2) * scale))
            .fixedSize(horizontal: false, vertical: true)
    }
}

extension View {
    /// The design's size of a text.
    func role(_ role: Tokens.TextRole, weight: Font.Weight = .regular) -> some View {
        modifier(RoleText(role: role, weight: weight))
    }

    /// A page's or section's heading.
    func heading(_ role: Tokens.TextRole = .title) -> some View {
        self.role(role, weight: .semibold).accessibilityAddTraits(.isHeader)
    }
}
