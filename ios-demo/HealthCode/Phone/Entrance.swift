import Foundation
import HealthCodeScreens
import Observation

/// Ways into the app that lead straight to the code: the widget's link and the shortcut.
@MainActor
@Observable
final class Entrance {
    static let shared = Entrance()

    /// Where somebody outside wants to go.
    private(set) var wanted: Screen?

    /// A link of the app's own scheme; anything else is not for us.
    func open(_ link: URL) {
        if link.scheme == "health-code", link.host == "code" { wanted = .code }
    }

    func openCode() { wanted = .code }

    /// Once.
    func take() -> Screen? {
        defer { wanted = nil }
        return wanted
    }
}
