#if canImport(Security)
    import CryptoKit
    import Foundation
    import HealthCodeCore
    import Security

    /// Guards the store's key with a key in the Keychain: on this device only, in no backup, usable in the background once
    /// the phone was unlocked after its start. Not compiled where it was written: there is no Apple SDK there.
    public final class KeychainGuard: HostKeyGuard {
        private let service: String

        /// - Parameter service: names the Keychain's item.
        public init(service: String = "org.healthcode.store") { self.service = service }

        public func wrap(secret: Data) throws -> Data {
            let key = try read() ?? make()
            guard let sealed = try? AES.GCM.seal(secret, using: key).combined else { throw HostError.Failed }
            return sealed
        }

        public func unwrap(envelope: Data) throws -> Data {
            guard let key = try read() else { throw HostError.KeyUnavailable }
            guard let box = try? AES.GCM.SealedBox(combined: envelope), let secret = try? AES.GCM.open(box, using: key)
            else { throw HostError.EnvelopeRefused }
            return secret
        }

        private var item: [CFString: Any] {
            [kSecClass: kSecClassGenericPassword, kSecAttrService: service, kSecAttrAccount: "key"]
        }

        private func read() throws -> SymmetricKey? {
            var query = item
            query[kSecReturnData] = true
            var found: CFTypeRef?
            switch SecItemCopyMatching(query as CFDictionary, &found) {
            case errSecSuccess: return (found as? Data).map { SymmetricKey(data: $0) }
            case errSecItemNotFound: return nil
            default: throw HostError.KeyUnavailable
            }
        }

        private func make() throws -> SymmetricKey {
            let key = SymmetricKey(size: .bits256)
            var query = item
            query[kSecValueData] = key.withUnsafeBytes { Data($0) }
            query[kSecAttrAccessible] = kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly
            guard SecItemAdd(query as CFDictionary, nil) == errSecSuccess else { throw HostError.KeyUnavailable }
            return key
        }
    }
#endif
