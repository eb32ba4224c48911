import HealthCodeScreens
import SwiftUI

/// Something of a list that leads to a page of its own: its mark, its words, heard as one.
struct CardRow<Content: View>: View {
    @Environment(\.palette) private var palette
    @Environment(\.isElder) private var isElder
    let sign: StatusSign
    let spoken: String
    let act: @MainActor () -> Void
    @ViewBuilder let content: Content

    var body: some View {
        Button(action: act) {
            HStack(alignment: .center, spacing: 12) {
                StatusMark(sign: sign)
                VStack(alignment: .leading, spacing: 4) { content }
                Spacer(minLength: 8)
                Image(systemName: "chevron.forward").accessibilityHidden(true)
            }
            .padding(12)
            .frame(maxWidth: .infinity, minHeight: Tokens.touch(isElder: isElder), alignment: .leading)
            .foregroundStyle(Color(palette.text))
            .overlay { RoundedRectangle(cornerRadius: 12).stroke(Color(palette.border), lineWidth: 1) }
            .contentShape(Rectangle())
        }
        .buttonStyle(.plain)
        .accessibilityLabel(Text(verbatim: spoken))
    }
}
