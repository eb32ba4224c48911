import HealthCodeKit
import HealthCodeScreens
import SwiftUI

/// A certificate: how it stands, whose it is, what it says, and what the person can do.
struct DccCertificate: View {
    let one: DccState.One
    let state: DccState
    let words: ScreenWords
    let act: @MainActor (DccAction) -> Void

    var body: some View {
        Page(title: one.kind) {
            StatusCard(
                sign: one.sign, title: one.title,
                text: [one.fault, one.sending].compactMap { $0 }.joined(separator: " "), spoken: one.spoken)
            if let problem = state.problem { ProblemText(text: problem) }
            Text(one.nextText).role(.body)
            if !one.rules.isEmpty {
                Text(words["dcc-not-fulfilled"]).heading()
                ForEach(one.rules, id: \.self) { rule in Text(rule).role(.body) }
            }
            Text(words["dcc-person"]).heading()
            DccPerson(one: one, words: words)
            Text(words["dcc-content"]).heading()
            ForEach(one.content) { line in Fact(label: line.label, value: line.value) }
            if state.name != .read {
                SecondaryButton(words["dcc-remove"], isDestructive: true) { act(.askRemove) }
            }
        } bottom: {
            if let step = one.step { button(step) }
            if one.canHandIn { SecondaryButton(handIn) { act(.handIn) } }
        }
    }

    private var handIn: String { one.mustConfirm ? words["dcc-compare"] : words["dcc-hand-in"] }

    @ViewBuilder private func button(_ step: DccState.Step) -> some View {
        switch step {
        case .keep: PrimaryButton(words["dcc-keep"]) { act(.step) }
        case .handIn: PrimaryButton(handIn) { act(.step) }
        case .register: PrimaryButton(words["form-registration-title"]) { act(.step) }
        case .connect:
            PrimaryButton(state.isSyncing ? words["home-syncing"] : words["code-connect"]) {
                if !state.isSyncing { act(.step) }
            }
        }
    }
}

/// Whose it is: both sides of each part that is not the same.
struct DccPerson: View {
    let one: DccState.One
    let words: ScreenWords

    var body: some View {
        if let names = one.names { Text(names).role(.body) }
        ForEach(one.parts) { part in
            if part.isOpen {
                Text(part.id).role(.body, weight: .semibold)
                Fact(label: words["dcc-in-certificate"], value: part.inCertificate ?? words["dcc-not-said"])
                Fact(label: words["dcc-in-document"], value: part.inDocument ?? words["dcc-not-said"])
                if let comparison = part.comparison { Text(comparison).role(.smallest, weight: .medium) }
            } else {
                Fact(label: part.id, value: part.inCertificate ?? words["dcc-not-said"])
            }
        }
    }
}
