import LocalAuthentication

/// The phone's own question who it is: face, finger or passcode, as its owner has set it.
@MainActor
enum OwnerCheck {
    /// Whether the phone has a lock at all.
    static var isPossible: Bool { LAContext().canEvaluatePolicy(.deviceOwnerAuthentication, error: nil) }

    /// Whether its owner answered. `reason` is what the phone says it is for.
    static func ask(_ reason: String) async -> Bool {
        (try? await LAContext().evaluatePolicy(.deviceOwnerAuthentication, localizedReason: reason)) ?? false
    }
}
