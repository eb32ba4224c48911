#if canImport(Security)
    import CryptoKit
    import Foundation
    import HealthCodeCore
    import Security

    /// The phone's P-256 device key in the Secure Enclave, and one for each credential. What is kept in the Keychain is the
    /// enclave's own wrapped form, of no use on another device. Where the enclave makes no further key, codes carry the
    /// device's own. Keys come one at a time unless the app asks for more slots: see `credentialSlots`.
    /// Not compiled where it was written: there is no Apple SDK there.
    public final class SecureEnclaveSigner: HostDeviceSigner {
        private static let ofCredential = "credential-"

        private let service: String
        private let slots: UInt32
        private let key: SecureEnclave.P256.Signing.PrivateKey

        /// Opens the key; makes one if there is none.
        ///
        /// - Parameters:
        ///   - service: names the Keychain's items.
        ///   - slots: how many keys of credentials are held at once.
        /// - Throws: `HostError.KeyUnavailable` without an enclave or an unlocked Keychain.
        public convenience init(service: String = "org.healthcode.device", slots: UInt32 = 1) throws {
            try self.init(service: service, account: "key", slots: slots)
        }

        private init(service: String, account: String, slots: UInt32) throws {
            guard SecureEnclave.isAvailable else { throw HostError.KeyUnavailable }
            self.service = service
            self.slots = slots
            key = try Self.find(service: service, account: account) ?? Self.make(service: service, account: account)
        }

        public func publicKey() throws -> Data { key.publicKey.x963Representation }

        public func sign(message: Data) throws -> Data {
            guard let signature = try? key.signature(for: message) else { throw HostError.KeyUnavailable }
            return signature.derRepresentation
        }

        public func isHardware() throws -> Bool { true }

        public func credentialSigner(number: UInt64) throws -> (any HostDeviceSigner)? {
            let near = UInt64(max(slots, 2)) - 1
            let numbers = [number] + (1...near).flatMap { [number &- $0, number &+ $0] }
            let needed = numbers.map { "\(Self.ofCredential)\($0)" }
            for account in try Self.accounts(service: service)
            where account.hasPrefix(Self.ofCredential) && !needed.contains(account) {
                SecItemDelete(Self.item(service: service, account: account) as CFDictionary)
            }
            let account = needed[0]
            if try Self.find(service: service, account: account) == nil {
                // An enclave that makes no further key is no fault.
                guard (try? Self.make(service: service, account: account)) != nil else { return nil }
            }
            return try SecureEnclaveSigner(service: service, account: account, slots: slots)
        }

        public func credentialSlots() throws -> UInt32 { slots }

        private static func item(service: String, account: String) -> [CFString: Any] {
            [kSecClass: kSecClassGenericPassword, kSecAttrService: service, kSecAttrAccount: account]
        }

        private static func find(service: String, account: String) throws -> SecureEnclave.P256.Signing.PrivateKey? {
            var query = item(service: service, account: account)
            query[kSecReturnData] = true
            var found: CFTypeRef?
            switch SecItemCopyMatching(query as CFDictionary, &found) {
            case errSecSuccess:
                guard let kept = found as? Data,
                    let key = try? SecureEnclave.P256.Signing.PrivateKey(dataRepresentation: kept)
                else { throw HostError.KeyUnavailable }
                return key
            case errSecItemNotFound:
                return nil
            default:
                throw HostError.KeyUnavailable
            }
        }

        private static func make(service: String, account: String) throws -> SecureEnclave.P256.Signing.PrivateKey {
            let access = SecAccessControlCreateWithFlags(
                nil, kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly, .privateKeyUsage, nil)
            guard let access, let key = try? SecureEnclave.P256.Signing.PrivateKey(accessControl: access)
            else { throw HostError.KeyUnavailable }
            var item = item(service: service, account: account)
            item[kSecValueData] = key.dataRepresentation
            item[kSecAttrAccessible] = kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly
            guard SecItemAdd(item as CFDictionary, nil) == errSecSuccess else { throw HostError.KeyUnavailable }
            return key
        }

        private static func accounts(service: String) throws -> [String] {
            let query: [CFString: Any] = [
                kSecClass: kSecClassGenericPassword, kSecAttrService: service, kSecMatchLimit: kSecMatchLimitAll,
                kSecReturnAttributes: true,
            ]
            var found: CFTypeRef?
            switch SecItemCopyMatching(query as CFDictionary, &found) {
            case errSecSuccess:
                let items = found as? [[CFString: Any]] ?? []
                return items.compactMap { $0[kSecAttrAccount] as? String }
            case errSecItemNotFound:
                return []
            default:
                throw HostError.KeyUnavailable
            }
        }
    }
#endif
