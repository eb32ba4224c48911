import HealthCodeKit
import HealthCodeScreens
import SwiftUI

/// The code, to be scanned. Bright while it is on the screen, and as it was on every way out.
struct CodeScreen: View {
    @Environment(\.scenePhase) private var phase
    @State private var model: CodeModel
    @State private var brightness = Brightness()
    let session: Session

    init(session: Session, of id: String = HealthCode.owner) {
        self.session = session
        _model = State(initialValue: CodeModel(session, of: id))
    }

    var body: some View {
        CodeDrawing(state: model.state, pages: model.pages, words: session.words) { action in
            Task { await model.act(action) }
        }
        .task(id: phase) {
            // In the background nothing is made, and the screen is as bright as before.
            guard phase == .active else { return }
            if model.state.raisesBrightness || session.preferences.raisesBrightness { brightness.raise() }
            await model.run()
            brightness.restore()
        }
        .onDisappear { brightness.restore() }
        .privacySensitive()
    }
}

struct CodeDrawing: View {
    @Environment(\.palette) private var palette
    @Environment(\.isElder) private var isElder
    let state: CodeState
    var pages: [CodeState] = []
    let words: ScreenWords
    let act: @MainActor (CodeAction) -> Void

    var body: some View {
        GeometryReader { room in
            if room.size.width > room.size.height { landscape(room.size) } else { portrait(room.size) }
        }
        .background(Color(palette.page))
        .foregroundStyle(Color(palette.text))
        .navigationTitle(Text(verbatim: words["code-title"]))
        .navigationBarTitleDisplayMode(.inline)
    }

    /// The code is laid out first and whole; the rest scrolls below it.
    private func portrait(_ room: CGSize) -> some View {
        VStack(spacing: 12) {
            tabs
            plate(CGSize(width: room.width, height: room.height * 0.62)).padding(.top, 8)
            ScrollView { facts.padding(16) }
        }
        .frame(maxWidth: .infinity)
    }

    /// On its side the code is at the start.
    private func landscape(_ room: CGSize) -> some View {
        HStack(alignment: .top, spacing: 16) {
            plate(CGSize(width: room.width * 0.6, height: room.height - 16)).padding(8)
            VStack(spacing: 0) {
                tabs
                ScrollView { facts.padding(16) }
            }
        }
    }

    @ViewBuilder private var tabs: some View {
        if !state.tabs.isEmpty { CodeTabs(state: state, act: act) }
    }

    @ViewBuilder private func plate(_ room: CGSize) -> some View {
        if pages.count > 1 {
            CodePager(state: state, pages: pages, room: room, act: act)
        } else if let picture = state.picture, let label = state.pictureLabel {
            CodePlate(picture: picture, label: label, room: room)
        }
    }

    private var facts: some View {
        VStack(alignment: .leading, spacing: 12) {
            if state.picture != nil {
                HStack {
                    Text(words["code-scan-hint"]).role(.smallest)
                    Spacer(minLength: 8)
                    QuietRing(left: state.stepsLeft, all: state.steps)
                }
            }
            if let person = state.person { Text(verbatim: person).role(.title, weight: .semibold) }
            HStack(spacing: 12) {
                MarkView(mark: state.mark)
                Text(state.title).heading(.colourWord)
            }
            if let meaning = state.meaning { Text(meaning).role(.body) }
            if let text = state.text { Text(text).role(.body) }
            if let asOf = state.asOf { Text(asOf).role(.smallest).foregroundStyle(Color(palette.second)) }
            if state.name == .expired { PrimaryButton(words["code-connect"]) { act(.sync) } }
            if state.id != HealthCode.owner {
                SecondaryButton(words["code-person"]) { act(.person(state.id)) }
            } else if state.name != .none {
                SecondaryButton(words["code-why"]) { act(.why) }
            }
            // Last: true, and nothing to do about it. Whoever has it simple is told what matters at the door.
            if !isElder, let before = state.shownBefore {
                Text(verbatim: before).role(.smallest).foregroundStyle(Color(palette.second))
            }
        }
        .frame(maxWidth: .infinity, alignment: .leading)
    }
}

struct CodePreviews: PreviewProvider {
    static var previews: some View {
        Gallery { words in
            ForEach(CodeState.all(words), id: \.name) { state in
                CodeDrawing(state: state, words: words) { _ in }.previewDisplayName(state.name.rawValue)
            }
        }
    }
}
