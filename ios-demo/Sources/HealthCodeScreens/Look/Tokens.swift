/// Sizes, spaces and colours of both apps (docs/APPS.md): data, so that contrast and sizes are tested where nothing is drawn.
public enum Tokens {
    /// Points of a text and of its line; they scale with the system's size.
    public struct TextSize: Sendable, Equatable {
        public let size: Double
        public let line: Double
    }

    /// What a text is for.
    public enum TextRole: CaseIterable, Sendable { case verdict, colourWord, title, body, smallest }

    /// The size of a text for a reader of `language` (BCP 47), larger for elders: some scripts need more air between lines.
    public static func text(_ role: TextRole, isElder: Bool, language: String) -> TextSize {
        let plain = text(role, isElder: isElder)
        let primary = language.prefix { $0 != "-" && $0 != "_" }
        guard let script = scripts[String(primary)] else { return plain }
        let size = plain.size + (role == .verdict ? 0 : script.larger)
        return TextSize(size: size, line: max(plain.line, size * script.lineFactor))
    }

    /// A line by the size of its text, and points on top, by language.
    private static let scripts: [String: (lineFactor: Double, larger: Double)] = [
        "zh": (1.5, 0), "ko": (1.55, 0), "ar": (1.7, 2),
    ]

    private static func text(_ role: TextRole, isElder: Bool) -> TextSize {
        switch (role, isElder) {
        case (.verdict, false): TextSize(size: 45, line: 56)
        case (.verdict, true): TextSize(size: 57, line: 68)
        case (.colourWord, false): TextSize(size: 28, line: 38)
        case (.colourWord, true): TextSize(size: 34, line: 46)
        case (.title, false): TextSize(size: 22, line: 30)
        case (.title, true): TextSize(size: 30, line: 42)
        case (.body, false): TextSize(size: 17, line: 26)
        case (.body, true): TextSize(size: 24, line: 36)
        case (.smallest, false): TextSize(size: 15, line: 22)
        case (.smallest, true): TextSize(size: 20, line: 30)
        }
    }

    /// Least height and width of what is touched.
    public static func touch(isElder: Bool) -> Double { isElder ? 60 : 48 }

    /// Between two things that are touched.
    public static func gap(isElder: Bool) -> Double { isElder ? 12 : 8 }

    /// Modules of a health code's side, with the quiet zone.
    public static let codeModules = 69

    /// Whole pixels of a module, so that none is blurred: for a free width and height in points.
    public static func pixelsPerModule(
        _ modules: Int = codeModules, width: Double, height: Double, scale: Double
    ) -> Int {
        max(1, Int(min(width - 32, height) * scale) / max(1, modules))
    }
}

/// A colour, `0xRRGGBB`.
public struct RGB: Sendable, Equatable {
    public let red: Double
    public let green: Double
    public let blue: Double

    public init(_ hex: UInt32) {
        red = Double(hex >> 16 & 0xff) / 255
        green = Double(hex >> 8 & 0xff) / 255
        blue = Double(hex & 0xff) / 255
    }
}

/// What a state looks like: colour, the text upon it and a shape, so that it is told without the colour.
public enum Mark: String, CaseIterable, Sendable {
    case green, yellow, red, orange, unknown

    public enum Shape: Sendable { case disc, triangle, octagon, diamond, ring }

    public var shape: Shape {
        switch self {
        case .green: .disc
        case .yellow: .triangle
        case .red: .octagon
        case .orange: .diamond
        case .unknown: .ring
        }
    }

    /// The same in light and dark.
    public var fill: RGB {
        switch self {
        case .green: RGB(0x0A9A63)
        case .yellow: RGB(0xFFC400)
        case .red: RGB(0x8B0000)
        case .orange: RGB(0xE07A1F)
        case .unknown: RGB(0x4A5568)
        }
    }

    /// Of the text upon it.
    public var text: RGB {
        switch self {
        case .green: RGB(0x00170B)
        case .yellow: RGB(0x1F1A00)
        case .red, .unknown: RGB(0xFFFFFF)
        case .orange: RGB(0x1F1000)
        }
    }
}

/// The colours of a page.
public struct Palette: Sendable, Equatable {
    public let page, text, second, action, onAction, border, error, outline, strip, onStrip: RGB

    public static let light = Palette(
        page: RGB(0xFFFFFF), text: RGB(0x1A1C1E), second: RGB(0x44484D), action: RGB(0x0B57A4), onAction: RGB(0xFFFFFF),
        border: RGB(0x6F757C), error: RGB(0xA8071A), outline: RGB(0x1A1C1E), strip: RGB(0xFFF4CC),
        onStrip: RGB(0x5B4300))
    public static let dark = Palette(
        page: RGB(0x101418), text: RGB(0xE3E6EA), second: RGB(0xB8BEC6), action: RGB(0x9CCAFF), onAction: RGB(0x101418),
        border: RGB(0x8A9199), error: RGB(0xFFB4AB), outline: RGB(0xE3E6EA), strip: RGB(0x3A2D00),
        onStrip: RGB(0xFFE9A8))
}
