import AppIntents

/// One tap to the code: from the shortcuts, the action button, or by voice. The app opens; nothing is shown outside of it.
struct ShowCodeIntent: AppIntent {
    static let title: LocalizedStringResource = "outside-show-code"
    static let openAppWhenRun = true

    @MainActor
    func perform() async throws -> some IntentResult {
        Entrance.shared.openCode()
        return .result()
    }
}

struct HealthCodeShortcuts: AppShortcutsProvider {
    static var appShortcuts: [AppShortcut] {
        AppShortcut(
            intent: ShowCodeIntent(), phrases: ["\(.applicationName)"], shortTitle: "outside-show-code",
            systemImageName: "qrcode")
    }
}
