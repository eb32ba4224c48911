import HealthCodeKit
import HealthCodeScreens
import SwiftUI

/// Journeys, entered by hand.
struct ItineraryScreen: View {
    @State private var model: ItineraryModel
    let session: Session

    init(session: Session) {
        self.session = session
        _model = State(initialValue: ItineraryModel(session))
    }

    var body: some View {
        ItineraryDrawing(state: model.state, words: session.words, legs: Bindable(model).legs) { action in
            Task { await model.act(action) }
        }
    }
}

struct ItineraryDrawing: View {
    @AccessibilityFocusState private var isOnProblem: Bool
    let state: ItineraryState
    let words: ScreenWords
    @Binding var legs: [LegInput]
    let act: @MainActor (ItineraryAction) -> Void

    var body: some View {
        Page(title: words["itinerary-title"]) {
            Text(words["itinerary-lead"]).role(.body)
            if let problem = state.problem { ProblemText(text: problem).accessibilityFocused($isOnProblem) }
            switch state.name {
            case .empty: Text(words["itinerary-empty"]).role(.body)
            case .queued:
                Text(words["itinerary-queued-title"]).heading()
                Text(words["itinerary-queued-text"]).role(.body)
            case .leg, .problem: EmptyView()
            }
            ForEach($legs) { leg in
                LegFields(words: words, leg: leg)
                SecondaryButton(words["itinerary-remove"], isDestructive: true) { act(.remove(leg.wrappedValue.id)) }
            }
            if !legs.isEmpty { SecondaryButton(words["itinerary-add"]) { act(.add) } }
        } bottom: {
            if legs.isEmpty {
                PrimaryButton(words["itinerary-add"]) { act(.add) }
            } else {
                PrimaryButton(words["itinerary-send"]) { act(.send) }
            }
        }
        .onChange(of: state.problem) { isOnProblem = state.problem != nil }
    }
}

private struct LegFields: View {
    let words: ScreenWords
    @Binding var leg: LegInput

    var body: some View {
        Text(words["itinerary-leg-title"]).heading()
        Text(words["itinerary-place"]).role(.smallest)
        Text(words["form-division-hint"]).role(.smallest)
        TypedField(label: words["itinerary-place"], text: $leg.division, keyboard: .numberPad)
        Text(words["itinerary-from"]).role(.smallest)
        DateBoxes(words: words, parts: $leg.from)
        Text(words["itinerary-until"]).role(.smallest)
        DateBoxes(words: words, parts: $leg.until)
        Text(words["itinerary-transport"]).role(.smallest)
        ForEach(transports) { transport in
            ChoiceRow(label: transport.label, isChosen: leg.transport == transport.id, isSingle: true) {
                leg.transport = transport.id
            }
        }
        Text(words["itinerary-number"]).role(.smallest)
        Text(words["itinerary-number-hint"]).role(.smallest)
        TypedField(label: words["itinerary-number"], text: $leg.number, keyboard: .numbersAndPunctuation)
    }

    /// Those that the core takes.
    private var transports: [FormState.Choice] {
        [
            .init(id: "train", label: words["itinerary-transport-train"]),
            .init(id: "flight", label: words["itinerary-transport-flight"]),
            .init(id: "coach", label: words["itinerary-transport-coach"]),
            .init(id: "car", label: words["itinerary-transport-car"]),
            .init(id: "ship", label: words["itinerary-transport-ship"]),
            .init(id: "other", label: words["itinerary-transport-other"]),
        ]
    }
}

struct ItineraryPreviews: PreviewProvider {
    static var previews: some View {
        Gallery { words in
            ForEach(ItineraryState.all(words), id: \.name) { state in
                ItineraryDrawing(state: state, words: words, legs: .constant([])) { _ in }
                    .previewDisplayName(state.name.rawValue)
            }
        }
    }
}
