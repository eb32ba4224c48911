import HealthCodeKit
import HealthCodeScreens
import SwiftUI

/// A sheet of paper with a code. Never a colour.
struct PaperScreen: View {
    @State private var model: PaperModel
    let session: Session

    init(session: Session, of id: String = HealthCode.owner) {
        self.session = session
        _model = State(initialValue: PaperModel(session, of: id))
    }

    var body: some View {
        PaperDrawing(state: model.state, words: session.words, days: Bindable(model).days) { action in
            Task { await model.act(action) }
        }
        .task(id: session.home) { await model.load() }
        .refreshable { await model.act(.sync) }
        .onDisappear { model.clear() }
        .privacySensitive()
    }
}

struct PaperDrawing: View {
    @Environment(\.palette) private var palette
    let state: PaperState
    let words: ScreenWords
    @Binding var days: String
    let act: @MainActor (PaperAction) -> Void

    var body: some View {
        Page(title: words["paper-title"]) {
            if let person = state.person { Text(verbatim: person).heading() }
            if let problem = state.problem { ProblemText(text: problem) }
            switch state.name {
            case .none, .problem:
                Text(words["paper-lead"]).role(.body)
                if state.maxDays > 0 { request } else { Text(words["paper-desk-only"]).role(.body) }
            case .asked, .ending: if let waiting = state.waiting { Strip(text: waiting) }
            case .replace:
                Text(words["paper-replace-title"]).heading()
                Text(words["paper-replace-text"]).role(.body)
                if state.maxDays > 0 { request }
            case .end:
                Text(words["paper-end-title"]).heading()
                Text(words["paper-end-text"]).role(.body)
            case .ready: EmptyView()
            }
            if state.name != .replace, state.name != .end {
                if let sheet = state.sheet {
                    Text(words["paper-sheet-title"]).heading()
                    SheetView(sheet: sheet, words: words)
                }
                if state.name == .ready { save }
                advice
                earlier
            }
        } bottom: {
            bottom
        }
    }

    @ViewBuilder private var save: some View {
        if let file = state.file {
            ShareLink(item: file) { Label(words["paper-save"], systemImage: "square.and.arrow.up") }
            Text(words["paper-saved"]).role(.smallest)
        } else {
            LinkRow(label: words["paper-save"], symbol: "printer") { act(.save) }
        }
    }

    @ViewBuilder private var request: some View {
        Text(words["paper-days"]).heading()
        Text(words.format("paper-days-most", ["count": state.maxDays])).role(.smallest)
        TypedField(label: words["paper-days"], text: $days, keyboard: .numberPad)
    }

    @ViewBuilder private var advice: some View {
        if !state.advice.isEmpty { Text(words["paper-advice"]).heading() }
        ForEach(state.advice, id: \.self) { advice in
            HStack(alignment: .firstTextBaseline, spacing: 8) {
                Image(systemName: "info.circle").accessibilityHidden(true)
                Text(advice).role(.body)
            }
            .accessibilityElement(children: .combine)
        }
    }

    @ViewBuilder private var earlier: some View {
        if !state.earlier.isEmpty {
            Text(words["paper-earlier"]).heading()
            ForEach(state.earlier) { sheet in Fact(label: sheet.days, value: sheet.standing) }
        }
    }

    @ViewBuilder private var bottom: some View {
        switch state.name {
        case .none, .problem:
            if state.maxDays > 0 { PrimaryButton(syncing ?? words["paper-ask"]) { act(.request) } }
        case .asked, .ending: PrimaryButton(syncing ?? words["code-connect"]) { act(.sync) }
        case .ready:
            SecondaryButton(words["paper-newer"]) { act(.askReplace) }
            SecondaryButton(words["paper-end"], isDestructive: true) { act(.askEnd) }
        case .replace:
            SecondaryButton(words["common-cancel"]) { act(.back) }
            PrimaryButton(words["paper-replace-confirm"]) { act(.request) }
        case .end:
            // What is safe comes first.
            SecondaryButton(words["common-cancel"]) { act(.back) }
            SecondaryButton(words["paper-end-confirm"], isDestructive: true) { act(.end) }
        }
    }

    private var syncing: String? { state.isSyncing ? words["home-syncing"] : nil }
}

/// The sheet as it is shown on the phone: its code, and what a door compares.
private struct SheetView: View {
    let sheet: PaperState.Sheet
    let words: ScreenWords

    var body: some View {
        VStack(alignment: .leading, spacing: 12) {
            if let picture = sheet.picture {
                CodePlate(picture: picture, label: sheet.pictureLabel, room: CGSize(width: 340, height: 300))
                    .frame(maxWidth: .infinity)
            }
            if !sheet.person.isEmpty { Fact(label: words["checkpoint-name"], value: sheet.person) }
            if !sheet.document.isEmpty { Fact(label: words["checkpoint-document"], value: sheet.document) }
            Fact(label: sheet.days, value: sheet.standing)
            if sheet.isByDesk { Text(words["paper-by-desk"]).role(.smallest) }
            Text(words["paper-no-colour"]).role(.smallest)
        }
    }
}

struct PaperPreviews: PreviewProvider {
    static var previews: some View {
        Gallery { words in
            ForEach(PaperState.all(words), id: \.name) { state in
                PaperDrawing(state: state, words: words, days: .constant("90")) { _ in }
                    .previewDisplayName(state.name.rawValue)
            }
        }
    }
}
