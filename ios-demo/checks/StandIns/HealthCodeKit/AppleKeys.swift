import Foundation
import HealthCodeKit

// HealthCodeKit has these on Apple's systems alone; what they are is in its folder Apple.

final class KeychainGuard: HostKeyGuard {
    init(service: String = "") {}
    func wrap(secret: Data) throws -> Data { secret }
    func unwrap(envelope: Data) throws -> Data { envelope }
}

final class SecureEnclaveSigner: HostDeviceSigner, HostSubjectKeys {
    init(service: String = "") throws {}
    func publicKey() throws -> Data { Data() }
    func sign(message: Data) throws -> Data { message }
    func isHardware() throws -> Bool { true }
    func credentialSigner(number: UInt64) throws -> (any HostDeviceSigner)? { nil }
    func credentialSlots() throws -> UInt32 { 1 }
    func subjectSigner(alias: String) throws -> (any HostDeviceSigner)? { nil }
    func keepSubjects(aliases: [String]) throws {}
}
