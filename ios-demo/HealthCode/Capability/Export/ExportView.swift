import HealthCodeKit
import HealthCodeScreens
import SwiftUI

/// Everything that is held of the person, to read and to keep.
struct ExportScreen: View {
    @State private var model: ExportModel
    let session: Session

    init(session: Session) {
        self.session = session
        _model = State(initialValue: ExportModel(session) { try await ExportPaper.draw($0, foot: $1) })
    }

    var body: some View {
        ExportDrawing(state: model.state, words: session.words) { action in Task { await model.act(action) } }
            .task(id: session.home) { await model.load() }
            .onDisappear { model.clear() }
            .privacySensitive()
    }
}

struct ExportDrawing: View {
    @Environment(\.palette) private var palette
    let state: ExportState
    let words: ScreenWords
    let act: @MainActor (ExportAction) -> Void

    var body: some View {
        Page(title: state.title) {
            if let problem = state.problem { ProblemText(text: problem) }
            if let file = state.file {
                // Where the system's own sheet takes it to.
                ShareLink(item: file) { Label(words["settings-erase-export"], systemImage: "square.and.arrow.up") }
                Strip(text: words["export-saved"])
            }
            Text(words["export-lead"]).role(.body)
            if let made = state.madeAt { Text(made).role(.smallest).foregroundStyle(Color(palette.second)) }
            Fact(label: words["export-authority"], value: standing)
            ForEach(state.sections) { section in
                Text(section.title).heading()
                if let empty = section.empty { Text(empty).role(.body) }
                ForEach(section.rows) { row in Fact(label: row.label, value: row.text) }
            }
        } bottom: {
            PrimaryButton(words["export-save-page"]) { act(.savePage) }
            SecondaryButton(words["export-save-file"]) { act(.save) }
            switch state.name {
            case .notRequested, .problem, .saved:
                SecondaryButton(words["export-ask"]) { act(.request) }
            case .requested, .coming:
                SecondaryButton(state.isSyncing ? words["home-syncing"] : words["code-connect"]) { act(.sync) }
            case .held: SecondaryButton(words["export-ask-again"]) { act(.request) }
            }
        }
    }
}

extension ExportDrawing {
    /// How far the authority's own data are here.
    private var standing: String {
        switch state.holdings {
        case .notRequested: words["export-not-requested"]
        case .requested: words["export-requested"]
        case .coming: words["export-coming"]
        case .held: words["export-held"]
        }
    }
}

struct ExportPreviews: PreviewProvider {
    static var previews: some View {
        Gallery { words in
            ForEach(ExportState.all(words), id: \.name) { state in
                ExportDrawing(state: state, words: words) { _ in }.previewDisplayName(state.name.rawValue)
            }
        }
    }
}
