import HealthCodeKit
import HealthCodeScreens
import SwiftUI

/// Tests and vaccinations: what counts now and for how long, what is past; and one of them.
struct ResultsScreen: View {
    @Environment(\.scenePhase) private var phase
    @State private var model: ResultsModel
    let session: Session

    init(session: Session, of id: String? = nil) {
        self.session = session
        _model = State(initialValue: ResultsModel(session, of: id))
    }

    var body: some View {
        ResultsDrawing(state: model.state, words: session.words) { action in Task { await model.act(action) } }
            .task(id: session.home) { await model.load() }
            // While the app is in front alone.
            .task(id: phase) { if phase == .active { await model.followTime() } }
            .refreshable { await session.sync() }
            .onDisappear { model.clear() }
            .privacySensitive()
    }
}

struct ResultsDrawing: View {
    let state: ResultsState
    let words: ScreenWords
    let act: @MainActor (ResultsAction) -> Void

    var body: some View {
        if let one = state.one { OneResult(result: one, state: state, words: words, act: act) } else { list }
    }

    private var list: some View {
        Page(title: words["results-title"]) {
            if let unverified = state.unverified { Strip(text: unverified) }
            if let clock = state.clock { Strip(text: clock) }
            if let problem = state.problem { ProblemText(text: problem) }
            Text(state.text).role(.body)
            ForEach(state.current) { result in row(result) }
            if !state.past.isEmpty { Text(words["results-past"]).heading() }
            ForEach(state.past) { result in row(result) }
            LinkRow(label: words["dcc-title"], symbol: "doc.text.viewfinder") { act(.certificates) }
        }
    }

    /// What came of it is the largest of its words; heard as one.
    private func row(_ result: ResultsState.Shown) -> some View {
        CardRow(sign: result.sign, spoken: heard(result)) {
            act(.open(result.id))
        } content: {
            if let new = result.new { Text(new).role(.smallest, weight: .bold) }
            Text(result.title).role(.smallest)
            Text(result.outcome).role(.title, weight: .semibold)
            if let standing = result.standing { Text(standing).role(.body) }
            if let sampled = result.sampled { Text(sampled).role(.smallest) }
        }
    }

    private func heard(_ result: ResultsState.Shown) -> String {
        result.new.map { words.format("common-spoken", ["label": $0, "value": result.spoken]) } ?? result.spoken
    }
}

/// One result: what came of it, where from, what was said before, and its proof.
struct OneResult: View {
    @Environment(\.openURL) private var openURL
    let result: ResultsState.Shown
    let state: ResultsState
    let words: ScreenWords
    let act: @MainActor (ResultsAction) -> Void

    var body: some View {
        Page(title: result.title) {
            if let clock = state.clock { Strip(text: clock) }
            if let problem = state.problem { ProblemText(text: problem) }
            StatusCard(
                sign: result.sign, title: result.outcome, text: result.standing ?? "", spoken: result.spoken)
            if let next = result.nextText { Text(next).role(.body) }
            if let place = result.place { Fact(label: words["results-place"], value: place) }
            if let product = result.product { Fact(label: words["results-product"], value: product) }
            if let sampled = result.sampled { Text(sampled).role(.body) }
            if let reported = result.reported { Text(reported).role(.body) }
            if let fact = result.fact { Text(fact).role(.smallest) }
            if !result.earlier.isEmpty {
                Text(words["results-earlier"]).heading()
                ForEach(result.earlier, id: \.self) { before in Text(before).role(.body) }
            }
            if result.name != .unknown { proof }
        } bottom: {
            if let step = result.step { button(step) }
        }
    }

    @ViewBuilder private var proof: some View {
        Text(words["results-proof"]).heading()
        Text(words["results-proof-text"]).role(.body)
        if let file = state.file {
            // Where the system's own sheet takes it to.
            ShareLink(item: file) { Label(words["results-proof-save"], systemImage: "square.and.arrow.up") }
            Strip(text: words["results-proof-saved"])
        } else {
            SecondaryButton(words["results-proof-save"]) { act(.saveProof) }
        }
    }

    @ViewBuilder private func button(_ step: ResultsState.Step) -> some View {
        switch step {
        case .connect:
            PrimaryButton(state.isSyncing ? words["home-syncing"] : words["code-connect"]) {
                if !state.isSyncing { act(.step) }
            }
        case .clinics: PrimaryButton(words["results-find-test"]) { act(.step) }
        case .colour: PrimaryButton(words["appeal-see-colour"]) { act(.step) }
        case .call: CallButton(label: words["why-call"], number: "12320")
        case .update:
            PrimaryButton(words["opening-update"]) {
                if let url = URL(string: "itms-apps://apps.apple.com") { openURL(url) }
            }
        }
    }
}

struct ResultsPreviews: PreviewProvider {
    static var previews: some View {
        Gallery { words in
            ForEach(ResultsState.all(words), id: \.self.previewName) { state in
                ResultsDrawing(state: state, words: words) { _ in }.previewDisplayName(state.previewName)
            }
        }
    }
}
