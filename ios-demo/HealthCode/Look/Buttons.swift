import HealthCodeScreens
import SwiftUI

/// The one button of a screen that is filled.
struct PrimaryButton: View {
    @Environment(\.palette) private var palette
    @Environment(\.isElder) private var isElder
    let label: String
    let act: @MainActor () -> Void

    init(_ label: String, act: @escaping @MainActor () -> Void) {
        self.label = label
        self.act = act
    }

    var body: some View {
        Button(action: act) {
            Text(label)
                .role(.body, weight: .semibold)
                .multilineTextAlignment(.center)
                .frame(maxWidth: .infinity, minHeight: Tokens.touch(isElder: isElder))
                .padding(.horizontal, 16)
                .foregroundStyle(Color(palette.onAction))
                .background(Color(palette.action), in: .rect(cornerRadius: 12))
        }
        .buttonStyle(.plain)
    }
}

/// Any other button: outlined, or of the error's colour where it destroys.
struct SecondaryButton: View {
    let label: String
    var isDestructive = false
    let act: @MainActor () -> Void

    init(_ label: String, isDestructive: Bool = false, act: @escaping @MainActor () -> Void) {
        self.label = label
        self.isDestructive = isDestructive
        self.act = act
    }

    var body: some View {
        Button(action: act) { SecondaryLabel(label: label, isDestructive: isDestructive) }.buttonStyle(.plain)
    }
}

/// What such a button looks like, for the system's own that do something else.
struct SecondaryLabel: View {
    @Environment(\.palette) private var palette
    @Environment(\.isElder) private var isElder
    let label: String
    var isDestructive = false

    var body: some View {
        let colour = Color(isDestructive ? palette.error : palette.action)
        Text(label)
            .role(.body, weight: .medium)
            .multilineTextAlignment(.center)
            .frame(maxWidth: .infinity, minHeight: Tokens.touch(isElder: isElder))
            .padding(.horizontal, 16)
            .foregroundStyle(colour)
            .overlay { RoundedRectangle(cornerRadius: 12).stroke(colour, lineWidth: 1.5) }
            .contentShape(Rectangle())
    }
}

/// A row that leads somewhere.
struct LinkRow: View {
    @Environment(\.palette) private var palette
    @Environment(\.isElder) private var isElder
    let label: String
    var symbol: String
    var count = 0
    let act: @MainActor () -> Void

    var body: some View {
        Button(action: act) {
            HStack(spacing: 12) {
                Image(systemName: symbol).imageScale(.large).frame(width: 32).accessibilityHidden(true)
                Text(label).role(.body)
                Spacer(minLength: 8)
                if count > 0 { Text(verbatim: "\(count)").role(.smallest, weight: .bold) }
                Image(systemName: "chevron.forward").accessibilityHidden(true)
            }
            .frame(maxWidth: .infinity, minHeight: Tokens.touch(isElder: isElder))
            .foregroundStyle(Color(palette.action))
            .contentShape(Rectangle())
        }
        .buttonStyle(.plain)
    }
}

/// Dials. The number is one text, whatever the direction.
struct CallButton: View {
    @Environment(\.openURL) private var openURL
    let label: String
    let number: String

    var body: some View {
        SecondaryButton(label) {
            if let url = URL(string: "tel:\(number.filter { $0.isNumber || $0 == "+" })") { openURL(url) }
        }
    }
}
