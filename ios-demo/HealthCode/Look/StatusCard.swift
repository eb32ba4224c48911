import HealthCodeScreens
import SwiftUI

/// How something stands, heard as one: a mark, a few words, a sentence. The mark says what the words say, without colour.
struct StatusCard: View {
    @Environment(\.palette) private var palette
    let sign: StatusSign
    let title: String
    let text: String
    let spoken: String

    var body: some View {
        let isLoud = sign == .attention
        HStack(alignment: .top, spacing: 12) {
            StatusMark(sign: sign)
            VStack(alignment: .leading, spacing: 4) {
                Text(title).role(.title, weight: .semibold)
                Text(text).role(.body)
            }
        }
        .padding(16)
        .frame(maxWidth: .infinity, alignment: .leading)
        .overlay {
            RoundedRectangle(cornerRadius: 12)
                .stroke(Color(isLoud ? palette.error : palette.border), lineWidth: isLoud ? 2 : 1)
        }
        .accessibilityElement(children: .ignore)
        .accessibilityLabel(Text(verbatim: spoken))
        .accessibilityAddTraits(.isHeader)
    }
}

/// The mark alone; who draws it says in words what it means.
struct StatusMark: View {
    @Environment(\.palette) private var palette
    let sign: StatusSign

    var body: some View {
        Image(systemName: symbol)
            .imageScale(.large)
            .foregroundStyle(Color(sign == .attention ? palette.error : palette.second))
            .accessibilityHidden(true)
    }

    private var symbol: String {
        switch sign {
        case .waiting: "clock"
        case .attention: "exclamationmark.triangle"
        case .done: "doc.text"
        case .unclear: "questionmark.circle"
        case .past: "minus.circle"
        }
    }
}
