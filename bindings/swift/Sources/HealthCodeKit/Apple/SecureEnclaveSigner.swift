#if canImport(Security)
    import CryptoKit
    import Foundation
    import HealthCodeCore
    import Security

    /// The phone's P-256 device key in the Secure Enclave, one for each credential and one for each dependant. What is kept in the Keychain is the
    /// enclave's own wrapped form, of no use on another device. Where the enclave makes no further key, codes carry the
    /// device's own. Keys come one at a time unless the app asks for more slots: see `credentialSlots`.
    /// Not compiled where it was written: there is no Apple SDK there.
    public final class SecureEnclaveSigner: HostDeviceSigner, HostSubjectKeys {
        private static let own = "key"
        private static let ofCredential = "credential-"
        private static let ofSubject = "subject-"

        private let service: String
        private let account: String
        private let slots: UInt32
        private let subjects: Int
        private let key: SecureEnclave.P256.Signing.PrivateKey

        /// Opens the key; makes one if there is none.
        ///
        /// - Parameters:
        ///   - service: names the Keychain's items.
        ///   - slots: how many keys of credentials are held at once.
        ///   - subjects: for how many dependants there are keys; those of further ones are in the core's store.
        /// - Throws: `HostError.KeyUnavailable` without an enclave or an unlocked Keychain.
        public convenience init(
            service: String = "org.healthcode.device", slots: UInt32 = 1, subjects: Int = 8
        ) throws {
            try self.init(service: service, account: Self.own, slots: slots, subjects: subjects)
        }

        private init(service: String, account: String, slots: UInt32, subjects: Int = 0) throws {
            guard SecureEnclave.isAvailable else { throw HostError.KeyUnavailable }
            self.service = service
            self.account = account
            self.slots = slots
            self.subjects = subjects
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
            let prefix = account == Self.own ? Self.ofCredential : "\(account)-\(Self.ofCredential)"
            let needed = numbers.map { "\(prefix)\($0)" }
            for account in try Self.accounts(service: service)
            where account.hasPrefix(prefix) && !needed.contains(account) {
                SecItemDelete(Self.item(service: service, account: account) as CFDictionary)
            }
            return try foundOrMade(needed[0])
        }

        public func credentialSlots() throws -> UInt32 { slots }

        public func subjectSigner(alias: String) throws -> (any HostDeviceSigner)? {
            let account = "\(Self.ofSubject)\(alias)"
            let accounts = try Self.accounts(service: service).filter { $0.hasPrefix(Self.ofSubject) }
            let count = accounts.filter { !$0.contains("-\(Self.ofCredential)") }.count
            guard accounts.contains(account) || count < subjects else { return nil }
            return try foundOrMade(account)
        }

        public func keepSubjects(aliases: [String]) throws {
            let kept = aliases.map { "\(Self.ofSubject)\($0)" }
            for account in try Self.accounts(service: service) where account.hasPrefix(Self.ofSubject) {
                let isKept = kept.contains { account == $0 || account.hasPrefix("\($0)-\(Self.ofCredential)") }
                if !isKept { SecItemDelete(Self.item(service: service, account: account) as CFDictionary) }
            }
        }

        /// The signer of an account; none where the enclave makes no further key, which is no fault.
        private func foundOrMade(_ account: String) throws -> SecureEnclaveSigner? {
            if try Self.find(service: service, account: account) == nil {
                guard (try? Self.make(service: service, account: account)) != nil else { return nil }
            }
            return try SecureEnclaveSigner(service: service, account: account, slots: slots)
        }

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
