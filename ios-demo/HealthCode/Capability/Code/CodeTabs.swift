import HealthCodeKit
import HealthCodeScreens
import SwiftUI

/// A tab for each person of this phone; they do all that a swipe does.
struct CodeTabs: View {
    @Environment(\.palette) private var palette
    @Environment(\.isElder) private var isElder
    let state: CodeState
    let act: @MainActor (CodeAction) -> Void

    var body: some View {
        ScrollView(.horizontal, showsIndicators: false) {
            HStack(spacing: Tokens.gap(isElder: isElder)) {
                ForEach(state.tabs) { tab in
                    let isShown = tab.id == state.id
                    Button {
                        act(.show(tab.id))
                    } label: {
                        Text(verbatim: tab.name)
                            .role(.body, weight: isShown ? .bold : .regular)
                            .lineLimit(1)
                            .padding(.horizontal, 16)
                            .frame(minWidth: 48, minHeight: Tokens.touch(isElder: isElder))
                            .foregroundStyle(Color(isShown ? palette.action : palette.text))
                            .overlay {
                                RoundedRectangle(cornerRadius: 12)
                                    .stroke(
                                        Color(isShown ? palette.action : palette.border), lineWidth: isShown ? 2 : 1)
                            }
                            .contentShape(Rectangle())
                    }
                    .buttonStyle(.plain)
                    .accessibilityAddTraits(isShown ? .isSelected : [])
                }
            }
            .padding(.horizontal, 16)
            .padding(.vertical, 4)
        }
    }
}

/// The codes side by side; one is seen, the others are a swipe away.
struct CodePager: View {
    let state: CodeState
    let pages: [CodeState]
    let room: CGSize
    let act: @MainActor (CodeAction) -> Void

    var body: some View {
        let act = act
        let shown = state.id
        TabView(
            selection: Binding(get: { shown }, set: { id in Task { @MainActor in act(.show(id)) } })
        ) {
            ForEach(pages, id: \.id) { page in
                Group {
                    if let picture = page.picture, let label = page.pictureLabel {
                        CodePlate(picture: picture, label: label, room: room)
                    } else {
                        MarkView(mark: .unknown, side: 96)
                    }
                }
                .tag(page.id)
            }
        }
        .tabViewStyle(.page(indexDisplayMode: .never))
        .frame(height: room.height)
    }
}
