import AudioToolbox
import HealthCodeScreens
import UIKit

/// What a verdict sounds and feels like: the same at once with what is seen.
@MainActor
final class VerdictSignal {
    private let feel = UINotificationFeedbackGenerator()

    func give(_ verdict: CheckpointState.Name, isOn: Bool) {
        guard isOn else { return }
        switch verdict {
        case .pass:
            feel.notificationOccurred(.success)
            play(1057, times: 1)
        case .check:
            feel.notificationOccurred(.warning)
            play(1103, times: 2)
        case .stop, .orange:
            feel.notificationOccurred(.error)
            play(1073, times: 3)
        case .cannotTell:
            feel.notificationOccurred(.warning)
            play(1104, times: 1)
        case .scanning, .several, .listsOld, .cameraDenied: break
        }
    }

    private func play(_ sound: SystemSoundID, times: Int) {
        Task {
            for _ in 0..<times {
                AudioServicesPlaySystemSound(sound)
                try? await Task.sleep(for: .milliseconds(250))
            }
        }
    }
}
