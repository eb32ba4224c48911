import HealthCodeKit
import HealthCodeScreens
import SwiftUI

/// Fever clinics.
struct ClinicsScreen: View {
    @State private var model: ClinicsModel
    @State private var place = PhonePlace()
    let session: Session

    init(session: Session) {
        self.session = session
        _model = State(initialValue: ClinicsModel(session))
    }

    var body: some View {
        ClinicsDrawing(state: model.state, words: session.words, division: Bindable(model).division) { action in
            Task { await model.act(action) }
        } locate: {
            Task {
                guard let found = await place.once() else { return }
                await model.act(.near(latitude: found.latitude, longitude: found.longitude))
            }
        }
        .task(id: model.division) { await model.load() }
    }
}

struct ClinicsDrawing: View {
    @Environment(\.palette) private var palette
    let state: ClinicsState
    let words: ScreenWords
    @Binding var division: String
    let act: @MainActor (ClinicsAction) -> Void
    let locate: @MainActor () -> Void

    var body: some View {
        Page(title: words["clinics-title"]) {
            if state.name != .nearest {
                Text(words["clinics-no-position"]).role(.body)
                Text(words["clinics-choose-district"]).role(.smallest)
                TypedField(label: words["clinics-choose-district"], text: $division, keyboard: .numberPad)
                SecondaryButton(words["clinics-use-position"], act: locate)
                Text(words["clinics-position-private"]).role(.smallest)
            }
            if state.name == .empty { Text(words["clinics-empty"]).role(.body) }
            ForEach(state.clinics) { clinic in row(clinic) }
        } bottom: {
            if state.name == .empty { PrimaryButton(words["common-back"]) { act(.close) } }
        }
    }

    private func row(_ clinic: ClinicsState.Clinic) -> some View {
        VStack(alignment: .leading, spacing: 8) {
            VStack(alignment: .leading, spacing: 4) {
                Text(clinic.name).role(.title, weight: .semibold)
                if let open = clinic.open { Text(open).role(.body, weight: .medium) }
                if let distance = clinic.distance { Text(distance).role(.body) }
                Text(clinic.address).role(.body).foregroundStyle(Color(palette.second))
            }
            .accessibilityElement(children: .combine)
            CallButton(label: words.format("common-call-number", ["number": clinic.phone]), number: clinic.phone)
                .accessibilityLabel(Text(verbatim: words.format("clinics-call-spoken", ["name": clinic.name])))
            if let url = URL(string: "https://maps.apple.com/?daddr=\(clinic.latitude),\(clinic.longitude)") {
                Link(destination: url) { Text(words["clinics-directions"]).role(.body) }
            }
        }
    }
}

struct ClinicsPreviews: PreviewProvider {
    static var previews: some View {
        Gallery { words in
            ForEach(ClinicsState.all(words), id: \.name) { state in
                ClinicsDrawing(state: state, words: words, division: .constant("")) { _ in
                } locate: {
                }
                .previewDisplayName(state.name.rawValue)
            }
        }
    }
}
