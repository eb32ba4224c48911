import Foundation

/// What the phone does for a login: shows its page in the system's browser, and carries what the core asks to be fetched and
/// posted. It reads none of it.
public struct LoginBrowser: Sendable {
    /// How the page ended.
    public enum Answer: Sendable {
        /// The whole address to which it led back.
        case ledBack(String)
        /// The person closed it.
        case givenUp
        case failed
    }

    /// Where a page leads back to: this app's own scheme.
    public static let scheme = "org.healthcode.app"
    static let redirect = "\(scheme):/login"

    let show: @MainActor @Sendable (URL) async -> Answer
    let ask: @MainActor @Sendable (String, String?) async -> Data?

    /// - Parameters:
    ///   - show: shows a page until it has led back to ``scheme``.
    ///   - ask: fetches an address, or posts a form to it; nil where nobody answers.
    public init(
        show: @escaping @MainActor @Sendable (URL) async -> Answer,
        ask: @escaping @MainActor @Sendable (_ address: String, _ form: String?) async -> Data?
    ) {
        self.show = show
        self.ask = ask
    }
}
