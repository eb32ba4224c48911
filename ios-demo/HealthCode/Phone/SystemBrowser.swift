import AuthenticationServices
import HealthCodeKit
import HealthCodeScreens
import SwiftUI

/// The system's browser for a login: its cookies are its own, and the app sees where it led back to and nothing else.
enum SystemBrowser {
    static func of(_ browser: WebAuthenticationSession) -> LoginBrowser {
        LoginBrowser { page in
            do {
                let answer = try await browser.authenticate(using: page, callbackURLScheme: LoginBrowser.scheme)
                return .ledBack(answer.absoluteString)
            } catch {
                // Whoever closes the page has given it up, and nothing has failed.
                let isGivenUp = (error as? ASWebAuthenticationSessionError)?.code == .canceledLogin
                return isGivenUp ? .givenUp : .failed
            }
        } ask: { address, form in
            await askLoginProvider(address, form: form)
        }
    }
}
