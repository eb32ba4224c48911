// A stand-in for what the app uses of Apple's LocalAuthentication: declarations alone, after its documentation.
@_exported import Foundation

public enum LAPolicy: Int, Sendable {
    case deviceOwnerAuthenticationWithBiometrics = 1
    case deviceOwnerAuthentication = 2
}
open class LAContext: NSObject, @unchecked Sendable {
    public override init() {}
    /// Apple's takes `NSErrorPointer`, which Linux does not have; nil is all that the app gives.
    public func canEvaluatePolicy(_ policy: LAPolicy, error: UnsafeMutablePointer<NSError?>?) -> Bool { false }
    public func evaluatePolicy(_ policy: LAPolicy, localizedReason: String) async throws -> Bool { false }
}
