import HealthCodeKit
import HealthCodeScreens
import SwiftUI

/// How an appeal stands, by when it is decided or how it was, what was sent, and what the person can do.
struct FiledAppeal: View {
    let appeal: AppealState.Filed
    let state: AppealState
    let words: ScreenWords
    let act: @MainActor (AppealAction) -> Void

    var body: some View {
        Page(title: words["appeal-one-title"]) {
            StatusCard(sign: appeal.sign, title: appeal.title, text: appeal.text, spoken: appeal.spoken)
            if let sent = appeal.sent, let progress = appeal.progress {
                ProgressView(value: Double(sent), total: Double(appeal.pieces)).accessibilityHidden(true)
                Text(progress).role(.smallest)
            }
            Text(appeal.nextStep).role(.body).accessibilityHidden(true)
            if let problem = state.problem { ProblemText(text: problem) }
            if let asked = appeal.asked { Fact(label: words["appeal-asked-for"], value: asked) }
            if let answerBy = appeal.answerBy { Fact(label: words["appeal-asked-by"], value: answerBy) }
            if let deadline = appeal.deadline { Fact(label: words["appeal-deadline"], value: deadline) }
            if let decided = appeal.decided {
                Fact(label: words["appeal-decided-at"], value: decided)
                if let reason = appeal.reason { Fact(label: words["appeal-reason"], value: reason) }
                if let text = appeal.officersText { Fact(label: words["appeal-officers"], value: text) }
                Text(words["appeal-two-officers"]).role(.smallest)
            }
            if !appeal.statement.isEmpty { Fact(label: words["appeal-statement"], value: appeal.statement) }
            EvidenceTold(evidence: appeal.evidence, words: words)
            if let received = appeal.received {
                Fact(label: words["appeal-received-at"], value: received)
                Fact(label: words["appeal-receipt"], value: appeal.id)
            }
            if !appeal.events.isEmpty {
                Text(words["appeal-progress"]).heading()
                ForEach(Array(appeal.events.enumerated()), id: \.offset) { _, event in
                    Fact(label: event.title, value: event.detail)
                }
            }
            if appeal.canAnswer, appeal.step != .answer {
                LinkRow(label: words["appeal-answer"], symbol: "square.and.pencil") { act(.answer) }
            }
            // Where the one button does not lead there.
            if appeal.step != .again, state.colour != nil {
                LinkRow(label: words["appeal-again"], symbol: "hand.raised") { act(.another) }
            }
            if appeal.canWithdraw {
                LinkRow(label: words["appeal-withdraw"], symbol: "arrow.uturn.backward") { act(.askWithdraw) }
            }
        } bottom: {
            buttons
        }
    }

    @ViewBuilder private var buttons: some View {
        switch appeal.step {
        case .connect:
            PrimaryButton(state.isSyncing ? words["home-syncing"] : words["home-sync"]) {
                if !state.isSyncing { act(.next) }
            }
        case .answer: PrimaryButton(words["appeal-answer"]) { act(.next) }
        case .call: CallButton(label: words["why-call"], number: "12320")
        case .again: if state.colour != nil { PrimaryButton(words["appeal-again"]) { act(.next) } }
        case .seeColour: if state.colour != nil { PrimaryButton(words["appeal-see-colour"]) { act(.next) } }
        case .wait: EmptyView()
        }
        if appeal.canDismiss { SecondaryButton(words["appeal-dismiss"]) { act(.dismiss) } }
    }
}
