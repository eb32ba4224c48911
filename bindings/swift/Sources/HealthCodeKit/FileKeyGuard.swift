import Foundation
import HealthCodeCore

/// A key guard whose key lies in a file that only its owner may read: for servers and tests, where there is no Keychain.
/// Whoever reads the file opens the store.
public final class FileKeyGuard: HostKeyGuard {
    private let core: CoreFileKeyGuard

    /// Opens the key in `file`; makes it, with mode 600, if there is none.
    public init(file: URL) throws { core = try CoreFileKeyGuard.open(file: file.path) }

    public func wrap(secret: Data) throws -> Data { try core.wrap(secret: secret) }

    public func unwrap(envelope: Data) throws -> Data { try core.unwrap(envelope: envelope) }
}
