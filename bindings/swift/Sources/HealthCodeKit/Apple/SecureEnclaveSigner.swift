#if canImport(Security)
    import CryptoKit
    import Foundation
    import HealthCodeCore
    import Security

    /// The phone's P-256 device key in the Secure Enclave. What is kept in the Keychain is the enclave's own wrapped form,
    /// of no use on another device. Not compiled where it was written: there is no Apple SDK there.
    public final class SecureEnclaveSigner: HostDeviceSigner {
        private let key: SecureEnclave.P256.Signing.PrivateKey

        /// Opens the key; makes one if there is none.
        ///
        /// - Parameter service: names the Keychain's item.
        /// - Throws: `HostError.KeyUnavailable` without an enclave or an unlocked Keychain.
        public init(service: String = "org.healthcode.device") throws {
            guard SecureEnclave.isAvailable else { throw HostError.KeyUnavailable }
            var item: [CFString: Any] = [
                kSecClass: kSecClassGenericPassword, kSecAttrService: service, kSecAttrAccount: "key",
            ]
            var query = item
            query[kSecReturnData] = true
            var found: CFTypeRef?
            switch SecItemCopyMatching(query as CFDictionary, &found) {
            case errSecSuccess:
                guard let kept = found as? Data,
                    let key = try? SecureEnclave.P256.Signing.PrivateKey(dataRepresentation: kept)
                else { throw HostError.KeyUnavailable }
                self.key = key
            case errSecItemNotFound:
                let access = SecAccessControlCreateWithFlags(
                    nil, kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly, .privateKeyUsage, nil)
                guard let access, let key = try? SecureEnclave.P256.Signing.PrivateKey(accessControl: access)
                else { throw HostError.KeyUnavailable }
                item[kSecValueData] = key.dataRepresentation
                item[kSecAttrAccessible] = kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly
                guard SecItemAdd(item as CFDictionary, nil) == errSecSuccess else { throw HostError.KeyUnavailable }
                self.key = key
            default:
                throw HostError.KeyUnavailable
            }
        }

        public func publicKey() throws -> Data { key.publicKey.x963Representation }

        public func sign(message: Data) throws -> Data {
            guard let signature = try? key.signature(for: message) else { throw HostError.KeyUnavailable }
            return signature.derRepresentation
        }

        public func isHardware() throws -> Bool { true }
    }
#endif
