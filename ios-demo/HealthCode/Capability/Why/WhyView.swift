import HealthCodeKit
import HealthCodeScreens
import SwiftUI

/// Why the code has its colour.
struct WhyScreen: View {
    @State private var model: WhyModel
    let session: Session

    init(session: Session) {
        self.session = session
        _model = State(initialValue: WhyModel(session))
    }

    var body: some View {
        if let state = model.state {
            WhyDrawing(state: state, words: session.words) { model.act($0) }
        } else {
            Page(title: session.words["why-title"]) { Text(session.words["code-none-text"]).role(.body) }
        }
    }
}

struct WhyDrawing: View {
    @Environment(\.palette) private var palette
    let state: WhyState
    let words: ScreenWords
    let act: @MainActor (WhyAction) -> Void

    var body: some View {
        Page(title: words["why-title"]) {
            MarkCard(mark: state.mark, title: state.title)
            if state.name == .differs { ProblemText(text: words["why-differs-title"]) }
            Fact(label: words["why-reason"], value: state.reason)
            Fact(label: words["why-what-to-do"], value: state.instruction)
            if let since = state.since { Fact(label: words["why-since"], value: since) }
            if !state.steps.isEmpty {
                Text(words["why-steps"]).heading()
                ForEach(state.steps, id: \.self) { Text($0).role(.body) }
                if let green = state.earliestGreen { Text(green).role(.body) }
            }
            checkIns
            if let rule = state.rule { Fact(label: words["why-rule"], value: rule) }
            if let name = state.ruleName { Text(name).role(.smallest).foregroundStyle(Color(palette.second)) }
            if let comparison = state.comparison { Text(comparison).role(.body) }
            if let citizen = state.citizenId { Fact(label: words["why-citizen-id"], value: citizen) }
            if state.hasReports { LinkRow(label: words["results-see"], symbol: "cross.vial") { act(.results) } }
            LinkRow(label: words["why-history"], symbol: "clock.arrow.circlepath") { act(.history) }
            CallButton(label: words["why-call"], number: "12320")
        } bottom: {
            if state.mark != .green || state.name == .differs { PrimaryButton(words["why-dispute"]) { act(.appeal) } }
        }
    }

    /// In words first; the boxes say the same.
    @ViewBuilder private var checkIns: some View {
        if let text = state.checkIns {
            Text(words["why-check-ins"]).heading()
            Text(text).role(.body)
            LazyVGrid(columns: [GridItem(.adaptive(minimum: 64), spacing: 8)], alignment: .leading, spacing: 8) {
                ForEach(state.days) { day in DayBox(day: day) }
            }
            if let resets = state.resets { Text(resets).role(.smallest) }
        }
    }
}

/// A day: done is filled, missed is empty, to come and unknown are dashed. Never blame, never a percentage.
private struct DayBox: View {
    @Environment(\.palette) private var palette
    let day: WhyState.Day

    var body: some View {
        let isDone = day.kind == .done
        Text(day.label)
            .role(.body, weight: day.kind == .today ? .bold : .regular)
            .frame(maxWidth: .infinity, minHeight: 48)
            .foregroundStyle(Color(isDone ? palette.onAction : palette.text))
            .background(isDone ? Color(palette.action) : Color.clear, in: .rect(cornerRadius: 8))
            .overlay {
                RoundedRectangle(cornerRadius: 8)
                    .stroke(
                        Color(palette.border),
                        style: StrokeStyle(
                            lineWidth: day.kind == .today ? 3 : 1,
                            dash: [.coming, .unknown].contains(day.kind) ? [4, 3] : []))
            }
            .accessibilityLabel(Text(verbatim: day.spoken))
    }
}

struct WhyPreviews: PreviewProvider {
    static var previews: some View {
        Gallery { words in
            ForEach(WhyState.all(words), id: \.name) { state in
                WhyDrawing(state: state, words: words) { _ in }.previewDisplayName(state.name.rawValue)
            }
        }
    }
}
