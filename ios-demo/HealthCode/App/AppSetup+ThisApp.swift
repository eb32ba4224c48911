import HealthCodeKit
import HealthCodeScreens
import UIKit

extension AppSetup {
    /// Of the region whose values lie in the app's bundle: address and division in `Info.plist`, the national root key and the
    /// certificate authorities as files. The store's key is in the Keychain, the device's in the Secure Enclave.
    static var ofThisApp: AppSetup {
        let bundle = Bundle.main
        func value(_ key: String) -> String { bundle.object(forInfoDictionaryKey: key) as? String ?? "" }
        func file(_ name: String, _ ending: String) -> Data {
            bundle.url(forResource: name, withExtension: ending).flatMap { try? Data(contentsOf: $0) } ?? Data()
        }
        return AppSetup(
            folder: URL.applicationSupportDirectory.appendingPathComponent("health-code"),
            config: CitizenConfig(
                baseUrl: value("HealthCodeBaseURL"), rootKey: file("root-key", "bin"), rootsPem: file("ca", "pem"),
                language: Locale.current.identifier),
            keyGuard: { KeychainGuard() },
            signer: { try SecureEnclaveSigner() },
            division: UInt32(value("HealthCodeDivision")),
            version: value("CFBundleShortVersionString"))
    }
}
