import HealthCodeKit
import HealthCodeScreens
import SwiftUI

/// The door: scans, and shows the verdict over the whole screen. A dark frame of its own: it is never taken for a code.
struct CheckpointScreen: View {
    @Environment(\.scenePhase) private var phase
    @State private var model: CheckpointModel
    @State private var signal = VerdictSignal()
    @State private var torch = Torch()
    let session: Session

    init(session: Session) {
        self.session = session
        _model = State(initialValue: CheckpointModel(session))
    }

    var body: some View {
        CheckpointDrawing(
            state: model.state, words: session.words, torch: torch, typedPlace: Bindable(model).typedPlace
        ) { action in
            Task { await model.act(action) }
        } camera: {
            CodeScanner { texts in
                Task { await model.act(.read(texts)) }
            } denied: {
                Task { await model.act(.cameraDenied) }
            }
        }
        .task { await model.follow() }
        .task(id: model.state.shownAt) { await model.clearLater() }
        .task(id: model.state.name) { await model.endSeveral() }
        .onChange(of: model.state.name) {
            guard let word = model.state.word else { return }
            AccessibilityNotification.Announcement(word).post()
            signal.give(model.state.name, isOn: session.preferences.hasSound)
        }
        .onChange(of: phase) {
            // A verdict never stays for the next person, and the lamp goes out with the screen.
            guard phase != .active else { return }
            torch.set(false)
            Task { await model.act(.next) }
        }
        .onDisappear { torch.set(false) }
    }
}

struct CheckpointDrawing<Camera: View>: View {
    @Environment(\.openURL) private var openURL
    let state: CheckpointState
    let words: ScreenWords
    let torch: Torch
    @Binding var typedPlace: String
    let act: @MainActor (CheckpointAction) -> Void
    @ViewBuilder let camera: Camera

    var body: some View {
        Group {
            switch state.name {
            case .scanning, .several, .listsOld: scanning
            case .cameraDenied: denied
            case .pass, .check, .stop, .orange, .cannotTell: verdict
            }
        }
        .navigationTitle(Text(verbatim: words["checkpoint-title"]))
        .navigationBarTitleDisplayMode(.inline)
    }

    /// It scrolls: large texts leave the camera its height and are never cut.
    private var scanning: some View {
        ScrollView {
            VStack(alignment: .leading, spacing: 12) {
                camera
                    .frame(maxWidth: .infinity, minHeight: 360, maxHeight: 360)
                    .clipShape(RoundedRectangle(cornerRadius: 16))
                    .accessibilityLabel(Text(verbatim: words["checkpoint-scan-hint"]))
                if state.name == .several { Text(words["checkpoint-several"]).role(.body, weight: .bold) }
                if let problem = state.listsProblem {
                    Strip(text: problem, time: state.listsAsOf)
                    if !state.isFetching { SecondaryButton(words["checkpoint-lists-fetch"]) { act(.sync) } }
                }
                Text(words["checkpoint-scan-hint"]).role(.body)
                if state.listsProblem == nil, let lists = state.listsAsOf { Text(lists).role(.smallest) }
                Text(state.counted).role(.smallest)
                placed
                SecondaryButton(torch.isOn ? words["checkpoint-torch-on"] : words["checkpoint-torch-off"]) {
                    torch.set(!torch.isOn)
                }
            }
            .padding(16)
        }
        .foregroundStyle(Color(Palette.dark.text))
        .background(Color(Palette.dark.page))
        .environment(\.colorScheme, .dark)
    }

    /// Where codes are checked, for those that are made for one place.
    @ViewBuilder private var placed: some View {
        if state.isPlaceTyped {
            TypedField(label: words["checkpoint-place"], text: $typedPlace, keyboard: .asciiCapable)
            if state.isPlaceWrong {
                ProblemText(text: words["checkpoint-place-wrong"])
            } else {
                Text(words["checkpoint-place-hint"]).role(.smallest)
            }
            PrimaryButton(words["common-save"]) { act(.savePlace) }
            SecondaryButton(words["common-cancel"]) { act(.leavePlace) }
        } else {
            LinkRow(
                label: words.format(
                    "common-spoken",
                    ["label": words["checkpoint-place"], "value": state.place ?? words["checkpoint-place-none"]]),
                symbol: "mappin.and.ellipse"
            ) { act(.editPlace) }
        }
    }

    private var denied: some View {
        Page(title: words["checkpoint-title"]) {
            Text(words["checkpoint-camera-denied-title"]).heading()
            Text(words["checkpoint-camera-denied-text"]).role(.body)
        } bottom: {
            PrimaryButton(words["checkpoint-camera-settings"]) {
                if let url = URL(string: "app-settings:") { openURL(url) }
            }
        }
    }

    /// The word fills the width and is read first; then who, why and how sure.
    private var verdict: some View {
        ScrollView {
            VStack(alignment: .leading, spacing: 16) {
                HStack(spacing: 16) {
                    VerdictMark(state: state)
                    Text(state.word ?? "").role(.verdict, weight: .bold).accessibilityAddTraits(.isHeader)
                }
                .accessibilitySortPriority(1)
                if let reason = state.reason { Text(reason).role(.title, weight: .semibold) }
                if let colour = state.colour { Text(colour).role(.body, weight: .medium) }
                if let rule = state.rule { Text(rule).role(.body) }
                if let act = state.act { Text(act).role(.body) }
                if !state.compare.isEmpty { Text(state.compare).role(.smallest) }
                ForEach(state.facts) { fact in
                    VStack(alignment: .leading, spacing: 4) {
                        Text(fact.id).role(.smallest)
                        Text(verbatim: fact.value).role(.title)
                    }
                    .accessibilityElement(children: .combine)
                }
                if let lists = state.listsAsOf { Text(lists).role(.smallest) }
            }
            .frame(maxWidth: .infinity, alignment: .leading)
            .padding(16)
        }
        .safeAreaInset(edge: .bottom) {
            PrimaryButton(words["checkpoint-next"]) { act(.next) }.padding(16)
        }
        .foregroundStyle(Color(state.mark.text))
        .background(Color(state.mark.fill))
    }
}

/// The verdict's shape; only here, after a scan, is there a tick.
private struct VerdictMark: View {
    @ScaledMetric(relativeTo: .largeTitle) private var side = 72.0
    let state: CheckpointState

    var body: some View {
        ZStack {
            MarkShape(shape: state.mark.shape)
                .stroke(
                    Color(state.mark.text),
                    style: StrokeStyle(lineWidth: 4, dash: state.mark.shape == .ring ? [10, 6] : []))
            Image(systemName: symbol).font(.system(size: side * 0.45, weight: .bold))
        }
        .frame(width: side, height: side)
        .accessibilityHidden(true)
    }

    private var symbol: String {
        switch state.name {
        case .pass: "checkmark"
        case .check: "exclamationmark"
        case .stop, .orange: "minus"
        default: "questionmark"
        }
    }
}

struct CheckpointPreviews: PreviewProvider {
    static var previews: some View {
        Gallery { words in
            ForEach(CheckpointState.all(words), id: \.name) { state in
                CheckpointDrawing(state: state, words: words, torch: Torch(), typedPlace: .constant("")) { _ in
                } camera: {
                    Color.black
                }
                .previewDisplayName(state.name.rawValue)
            }
        }
    }
}
