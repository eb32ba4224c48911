import HealthCodeKit
import UserNotifications

/// Tells on the lock screen that something has changed: no colour, no name, no reason.
enum ChangeNotice {
    private static let identifier = "change"

    /// Asks once, when there is something to be told of later.
    static func ask() async {
        _ = try? await UNUserNotificationCenter.current().requestAuthorization(options: [.alert, .sound])
    }

    static func tell(_ words: ScreenWords) async {
        let content = UNMutableNotificationContent()
        content.title = words["common-app-name"]
        content.body = words["outside-changed"]
        content.sound = .default
        let request = UNNotificationRequest(identifier: identifier, content: content, trigger: nil)
        try? await UNUserNotificationCenter.current().add(request)
    }
}
