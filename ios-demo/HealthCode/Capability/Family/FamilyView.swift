import HealthCodeKit
import HealthCodeScreens
import SwiftUI

/// Who is looked after on this phone, and one of them.
struct FamilyScreen: View {
    @State private var model: FamilyModel
    let session: Session

    init(session: Session, of id: String? = nil) {
        self.session = session
        _model = State(initialValue: FamilyModel(session, of: id))
    }

    var body: some View {
        FamilyDrawing(state: model.state, words: session.words) { action in Task { await model.act(action) } }
            // A sync tells what the other side and the authority did.
            .task(id: session.home) { await model.load() }
            .task(id: model.state.code?.code) { await model.expire() }
            .refreshable { await model.act(.sync) }
    }
}

struct FamilyDrawing: View {
    @Environment(\.palette) private var palette
    let state: FamilyState
    let words: ScreenWords
    let act: @MainActor (FamilyAction) -> Void

    var body: some View {
        Page(title: words["family-title"]) {
            if let problem = state.problem { ProblemText(text: problem) }
            switch state.name {
            case .empty, .list, .full: list
            case .add: add
            case .waiting, .refused, .inCare, .ended: FamilyPerson(state: state, words: words, act: act)
            case .leave: leave
            case .showCode, .showCodeWaiting, .showCodeOver: code
            case .declare: declare
            case .carers: carers
            }
        } bottom: {
            bottom
        }
    }

    @ViewBuilder private var list: some View {
        Text(state.text).role(.body)
        if !state.canAdd { Text(words["family-register-first"]).role(.body) }
        ForEach(state.people) { person in
            PersonRow(person: person) { act(.open(person.id)) }
        }
        if state.name == .full { Strip(text: words["family-full"]) }
        if state.canAdd {
            if state.people.contains(where: { $0.mark != nil }) {
                LinkRow(label: words["family-declare"], symbol: "square.and.pencil") { act(.declare) }
            }
            LinkRow(label: words["family-carers"], symbol: "person.badge.shield.checkmark") { act(.carers) }
        }
    }

    @ViewBuilder private var add: some View {
        Text(words["family-add-title"]).heading()
        Text(words["family-add-lead"]).role(.body)
        Fact(label: words["family-add-code"], value: words["family-add-code-text"])
        Fact(label: words["family-add-new"], value: words["family-add-new-text"])
        Fact(label: words["family-add-desk"], value: words["family-add-desk-text"])
        if let device = state.deviceId { Fact(label: words["settings-device-id"], value: device) }
    }

    @ViewBuilder private var leave: some View {
        if let person = state.person {
            Text(words.format("family-leave-title", ["name": person.name])).heading()
        }
        Text(words["family-leave-code"]).role(.body)
        Text(words["family-leave-last"]).role(.body)
        Text(words["family-leave-order"]).role(.smallest).foregroundStyle(Color(palette.second))
    }

    @ViewBuilder private var code: some View {
        if let person = state.person { Text(verbatim: person.name).role(.smallest) }
        Text(words["family-code-title"]).heading()
        if state.name == .showCode { Text(state.text).role(.body) } else { Strip(text: state.text) }
        if let code = state.code {
            if let picture = code.picture {
                CodePlate(picture: picture, label: code.pictureLabel, room: CGSize(width: 320, height: 280))
                    .frame(maxWidth: .infinity)
            }
            if state.name != .showCodeOver {
                // Read out letter by letter, from left to right in every language.
                Text(verbatim: code.code)
                    .role(.colourWord, weight: .bold)
                    .environment(\.layoutDirection, .leftToRight)
                    .frame(maxWidth: .infinity)
                if let until = code.until { Text(until).role(.body) }
                Text(words["family-code-once"]).role(.smallest).foregroundStyle(Color(palette.second))
            }
        }
    }

    @ViewBuilder private var declare: some View {
        Text(words["family-declare"]).heading()
        Text(words["family-declare-lead"]).role(.body)
        ForEach(state.people) { person in
            ChoiceRow(label: person.name, isChosen: person.isChosen, isSingle: false) { act(.choose(person.id)) }
        }
    }

    @ViewBuilder private var carers: some View {
        Text(words["family-carers"]).heading()
        Text(state.text).role(.body)
        ForEach(state.carers) { carer in
            Text(carer.text).role(.body)
            if carer.isAsked {
                ProblemText(text: words["family-carers-end-title"])
                Text(words["family-carers-end-text"]).role(.body)
            }
            SecondaryButton(
                carer.isAsked ? words["family-carers-end-confirm"] : words["family-carers-end"], isDestructive: true
            ) { act(.endCare(carer.id)) }
        }
    }

    @ViewBuilder private var bottom: some View {
        switch state.name {
        case .empty, .list, .full:
            if state.hasCode { PrimaryButton(words["family-show-codes"]) { act(.showHealthCode) } }
            if state.canAdd, state.name != .full {
                if state.hasCode {
                    SecondaryButton(words["family-add"]) { act(.add) }
                } else {
                    PrimaryButton(words["family-add"]) { act(.add) }
                }
            }
        case .add:
            PrimaryButton(words["form-continue"]) { act(.fillIn) }
            SecondaryButton(words["common-back"]) { act(.back) }
        case .waiting, .refused, .inCare, .ended:
            if let step = state.step {
                PrimaryButton(state.isSyncing ? words["home-syncing"] : step) { act(.step) }
            }
            if state.hasCode { SecondaryButton(words["home-show-code"]) { act(.showHealthCode) } }
        case .leave:
            // What is safe comes first.
            SecondaryButton(words["common-cancel"]) { act(.back) }
            SecondaryButton(words["family-leave-confirm"], isDestructive: true) { act(.leave) }
        case .showCodeWaiting:
            PrimaryButton(state.isSyncing ? words["home-syncing"] : words["code-connect"]) { act(.sync) }
            SecondaryButton(words["common-back"]) { act(.back) }
        case .showCodeOver:
            PrimaryButton(words["family-code-another"]) { act(.renew) }
            SecondaryButton(words["common-back"]) { act(.back) }
        case .showCode:
            SecondaryButton(words["family-code-another"]) { act(.renew) }
            SecondaryButton(words["common-back"]) { act(.back) }
        case .carers:
            PrimaryButton(words["family-carers-code"]) { act(.share(.carer)) }
            SecondaryButton(words["common-back"]) { act(.back) }
        case .declare:
            PrimaryButton(words["form-continue"]) { act(.fillInDeclaration) }
            SecondaryButton(words["common-back"]) { act(.back) }
        }
    }
}

struct FamilyPreviews: PreviewProvider {
    static var previews: some View {
        Gallery { words in
            ForEach(FamilyState.all(words), id: \.name) { state in
                FamilyDrawing(state: state, words: words) { _ in }.previewDisplayName(state.name.rawValue)
            }
        }
    }
}
