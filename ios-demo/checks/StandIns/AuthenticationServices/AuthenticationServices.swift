// A stand-in for what the app uses of Apple's AuthenticationServices: declarations alone, after its documentation.
import Foundation
import SwiftUI

public struct ASWebAuthenticationSessionError: Error, Sendable {
    public enum Code: Int, Sendable {
        case canceledLogin = 1
        case presentationContextNotProvided = 2
        case presentationContextInvalid = 3
    }
    public var code: Code { .canceledLogin }
}
@MainActor @preconcurrency
public struct WebAuthenticationSession: Sendable {
    public enum BrowserSession: Sendable { case ephemeral }
    nonisolated init() {}
    public func authenticate(
        using url: URL, callbackURLScheme: String, preferredBrowserSession: BrowserSession? = nil
    ) async throws -> URL { url }
}
extension EnvironmentValues { public var webAuthenticationSession: WebAuthenticationSession { WebAuthenticationSession() } }
