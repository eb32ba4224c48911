import HealthCodeKit
import HealthCodeScreens
import SwiftUI

/// Before the phone's lock: nothing of the citizen's. Asks at once, and again when asked to.
struct LockView: View {
    @Environment(\.scenePhase) private var phase
    /// The phone's own question takes the app out of front for a moment too, and who cancels it is not asked again at once.
    @State private var wasAway = true
    let lock: AppLock
    let words: ScreenWords

    var body: some View {
        NavigationStack {
            Page(title: words["common-app-name"]) {
                Text(words["lock-title"]).heading()
                Text(words["lock-text"]).role(.body)
            } bottom: {
                PrimaryButton(words["lock-open"]) { ask() }
            }
        }
        // In front alone: a question behind another app is answered by nobody.
        .onChange(of: phase, initial: true) {
            if phase == .background { wasAway = true }
            guard phase == .active, wasAway else { return }
            wasAway = false
            ask()
        }
    }

    private func ask() {
        Task { await lock.open { await OwnerCheck.ask(words["lock-text"]) } }
    }
}
