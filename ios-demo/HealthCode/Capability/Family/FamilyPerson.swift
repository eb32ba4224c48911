import HealthCodeKit
import HealthCodeScreens
import SwiftUI

/// One person's page: how far the care is, the colour, and everything that is done for the person.
struct FamilyPerson: View {
    @Environment(\.palette) private var palette
    @Environment(\.isElder) private var isElder
    @State private var isMoreShown = false
    let state: FamilyState
    let words: ScreenWords
    let act: @MainActor (FamilyAction) -> Void

    var body: some View {
        if let person = state.person {
            Text(verbatim: person.name).heading(.colourWord)
            if let ends = state.ends { Strip(text: ends) }
            if let mark = person.mark, let colour = person.colour {
                MarkCard(mark: mark, title: colour)
                if let why = person.why { Fact(label: words["why-reason"], value: why) }
                if let instruction = person.instruction { Fact(label: words["why-what-to-do"], value: instruction) }
            } else {
                Text(state.text).heading()
                Text(person.next).role(.body)
            }
        }
        if let refusal = state.refusal { ProblemText(text: refusal) }
        if let waiting = state.waiting { Strip(text: waiting) }
        if state.name == .refused {
            Fact(label: words["family-add-desk"], value: words["family-add-desk-text"])
            Fact(
                label: words["settings-device-id"], value: state.deviceId ?? words["settings-device-id-none"],
                isKey: state.deviceId != nil)
        }
        if state.name == .inCare {
            LinkRow(label: words["home-declare"], symbol: "square.and.pencil") { act(.declareFor) }
            // For elders at most four things to do at once: the rest is behind one of them.
            if isElder && !isMoreShown {
                LinkRow(label: words["common-more"], symbol: "ellipsis.circle") { isMoreShown = true }
            } else {
                more
            }
        } else {
            if state.name == .waiting { SecondaryButton(words["family-mend"]) { act(.mend) } }
            leave
        }
    }

    @ViewBuilder private var more: some View {
        LinkRow(label: words["home-paper"], symbol: "doc.viewfinder") { act(.paper) }
        LinkRow(label: words["family-other-carer"], symbol: "person.badge.plus") { act(.share(.carer)) }
        LinkRow(label: words["family-own-phone"], symbol: "iphone.gen3") { act(.share(.phone)) }
        LinkRow(label: words["family-mend"], symbol: "pencil") { act(.mend) }
        if !state.carers.isEmpty {
            Text(words["family-who-cares"]).role(.smallest).foregroundStyle(Color(palette.second))
            ForEach(state.carers) { carer in Text(carer.text).role(.body) }
        }
        if let key = state.person?.key { Text(key).role(.smallest).foregroundStyle(Color(palette.second)) }
        leave
    }

    private var leave: some View {
        SecondaryButton(
            state.name == .inCare ? words["family-leave"] : words["family-remove"], isDestructive: true
        ) { act(.askLeave) }
    }
}

/// Somebody of this phone, as one thing to hear and to tap.
struct PersonRow: View {
    @Environment(\.palette) private var palette
    @Environment(\.isElder) private var isElder
    let person: FamilyState.Person
    let open: @MainActor () -> Void

    var body: some View {
        Button(action: open) {
            HStack(spacing: 12) {
                MarkView(mark: person.mark ?? .unknown, side: 32)
                VStack(alignment: .leading, spacing: 4) {
                    Text(verbatim: person.name).role(.body, weight: .semibold)
                    Text(person.colour ?? person.standing).role(.smallest)
                    Text(person.next).role(.smallest).foregroundStyle(Color(palette.second))
                }
                Spacer(minLength: 8)
                Image(systemName: "chevron.forward").accessibilityHidden(true)
            }
            .padding(.vertical, 8)
            .frame(maxWidth: .infinity, minHeight: Tokens.touch(isElder: isElder), alignment: .leading)
            .contentShape(Rectangle())
        }
        .buttonStyle(.plain)
        .accessibilityElement()
        .accessibilityLabel(Text(verbatim: person.spoken))
        .accessibilityAddTraits(.isButton)
    }
}
