import HealthCodeScreens
import SwiftUI

/// A page: what scrolls, and below it the one thing to do, always in reach.
struct Page<Content: View, Bottom: View>: View {
    @Environment(\.palette) private var palette
    let title: String
    @ViewBuilder let content: Content
    @ViewBuilder let bottom: Bottom

    var body: some View {
        ScrollView {
            VStack(alignment: .leading, spacing: 16) { content }
                .frame(maxWidth: 640, alignment: .leading)
                .frame(maxWidth: .infinity)
                .padding(16)
        }
        .safeAreaInset(edge: .bottom) {
            VStack(spacing: 12) { bottom }
                .frame(maxWidth: 640)
                .padding(.horizontal, 16)
                .padding(.vertical, 12)
                .frame(maxWidth: .infinity)
                .background(Color(palette.page))
        }
        .background(Color(palette.page))
        .foregroundStyle(Color(palette.text))
        .navigationTitle(Text(verbatim: title))
        .navigationBarTitleDisplayMode(.inline)
    }
}

extension Page where Bottom == EmptyView {
    init(title: String, @ViewBuilder content: () -> Content) {
        self.init(title: title, content: content, bottom: { EmptyView() })
    }
}

/// A strip above everything else: what holds now, with its time.
struct Strip: View {
    @Environment(\.palette) private var palette
    let text: String
    var time: String?

    var body: some View {
        HStack(alignment: .firstTextBaseline, spacing: 8) {
            Image(systemName: "info.circle").accessibilityHidden(true)
            VStack(alignment: .leading, spacing: 4) {
                Text(text).role(.smallest, weight: .medium)
                if let time { Text(time).role(.smallest) }
            }
            Spacer(minLength: 0)
        }
        .padding(12)
        .foregroundStyle(Color(palette.onStrip))
        .background(Color(palette.strip), in: .rect(cornerRadius: 12))
        .accessibilityElement(children: .combine)
    }
}

/// A label, then its value, as one thing to hear.
struct Fact: View {
    @Environment(\.palette) private var palette
    let label: String
    let value: String
    /// Whether the value is a key's, to be compared letter by letter.
    var isKey = false

    var body: some View {
        VStack(alignment: .leading, spacing: 4) {
            Text(label).role(.smallest).foregroundStyle(Color(palette.second))
            KeyedText(text: value, keys: isKey ? [value] : []).role(.body)
        }
        .frame(maxWidth: .infinity, alignment: .leading)
        .accessibilityElement(children: .combine)
    }
}

/// What went wrong, in the error's colour and with a sign beside it.
struct ProblemText: View {
    @Environment(\.palette) private var palette
    let text: String

    var body: some View {
        HStack(alignment: .firstTextBaseline, spacing: 8) {
            Image(systemName: "exclamationmark.circle.fill").accessibilityHidden(true)
            Text(text).role(.body, weight: .medium)
        }
        .foregroundStyle(Color(palette.error))
        .accessibilityElement(children: .combine)
    }
}

/// What is to be mended on a page, above everything else.
struct ProblemSummary: View {
    @Environment(\.palette) private var palette
    let title: String
    let text: String

    var body: some View {
        VStack(alignment: .leading, spacing: 8) {
            Text(title).heading()
            Text(text).role(.body, weight: .medium)
        }
        .padding(12)
        .frame(maxWidth: .infinity, alignment: .leading)
        .foregroundStyle(Color(palette.error))
        .overlay { RoundedRectangle(cornerRadius: 12).stroke(Color(palette.error), lineWidth: 2) }
        .accessibilityElement(children: .combine)
    }
}
