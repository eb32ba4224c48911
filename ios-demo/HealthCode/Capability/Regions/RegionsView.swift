import HealthCodeKit
import HealthCodeScreens
import SwiftUI

/// What the code counts as in other regions.
struct RegionsScreen: View {
    @State private var model: RegionsModel
    let session: Session

    init(session: Session) {
        self.session = session
        _model = State(initialValue: RegionsModel(session))
    }

    var body: some View {
        RegionsDrawing(state: model.state, words: session.words)
            .task(id: session.home) { await model.load() }
    }
}

struct RegionsDrawing: View {
    @Environment(\.palette) private var palette
    let state: RegionsState
    let words: ScreenWords

    var body: some View {
        Page(title: words["regions-title"]) {
            switch state.name {
            case .empty: Text(words["code-none-text"]).role(.body)
            case .list:
                Text(words["regions-lead"]).role(.body)
                ForEach(state.regions) { region in
                    HStack(alignment: .top, spacing: 12) {
                        MarkView(mark: region.mark, side: 32)
                        VStack(alignment: .leading, spacing: 4) {
                            Text(region.title).role(.body, weight: .semibold)
                            if let rule = region.rule { Text(rule).role(.smallest) }
                            Text(region.next).role(.smallest).foregroundStyle(Color(palette.second))
                        }
                        Spacer(minLength: 0)
                    }
                    .accessibilityElement()
                    .accessibilityLabel(Text(verbatim: region.spoken))
                }
            }
        }
    }
}

struct RegionsPreviews: PreviewProvider {
    static var previews: some View {
        Gallery { words in
            ForEach(RegionsState.all(words), id: \.name) { state in
                RegionsDrawing(state: state, words: words).previewDisplayName(state.name.rawValue)
            }
        }
    }
}
