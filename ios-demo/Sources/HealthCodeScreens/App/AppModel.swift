import Foundation
import HealthCodeKit
import Observation

/// What the app is started with; ships with it.
public struct AppSetup: Sendable {
    /// Where its data lie; made if missing.
    public let folder: URL
    /// The region's address, root key and certificate authorities.
    public let config: CitizenConfig
    /// Makes the guard of the store's key.
    public let keyGuard: @Sendable () throws -> any HostKeyGuard
    /// Makes the device's key; nil leaves it to the core.
    public let signer: @Sendable () throws -> (any HostDeviceSigner)?
    /// Where the phone's checkpoint stands (GB/T 2260): what other regions' colours count as there.
    public let division: UInt32?
    /// What the app calls its release.
    public let version: String
    /// The app around this one, where there is one that says who the person is; nil: that way has no button.
    public let hostAssertion: HostAssertionProvider?
    /// For tests; nil is the phone's.
    public let clock: (any HostClock)?

    public init(
        folder: URL, config: CitizenConfig, keyGuard: @escaping @Sendable () throws -> any HostKeyGuard,
        signer: @escaping @Sendable () throws -> (any HostDeviceSigner)? = { nil }, division: UInt32? = nil,
        version: String = "", hostAssertion: HostAssertionProvider? = nil, clock: (any HostClock)? = nil
    ) {
        self.folder = folder
        self.config = config
        self.keyGuard = keyGuard
        self.signer = signer
        self.division = division
        self.version = version
        self.hostAssertion = hostAssertion
        self.clock = clock
    }

    var store: URL { folder.appendingPathComponent("store") }

    func config(in language: String) -> CitizenConfig {
        CitizenConfig(
            baseUrl: config.baseUrl, rootKey: config.rootKey, rootsPem: config.rootsPem, language: language,
            pins: config.pins)
    }
}

/// The whole app: opens the health code, and knows where on the screens the person is.
///
/// Invariant: ``session`` is there exactly while the health code is open; ``screen`` is ``Screen/opening`` otherwise.
@MainActor
@Observable
public final class AppModel {
    /// The open health code.
    public private(set) var session: Session?
    /// What is drawn while there is none.
    public private(set) var opening: OpeningState
    /// How the person likes it.
    public let preferences: Preferences
    /// The words to read.
    public private(set) var words: ScreenWords
    private let setup: AppSetup

    public init(_ setup: AppSetup, preferences: Preferences) {
        self.setup = setup
        self.preferences = preferences
        let words = ScreenWords(language: preferences.languageTag)
        self.words = words
        opening = OpeningState(words)
    }

    /// Where the person is.
    public var screen: Screen { session?.screen ?? .opening }

    /// Opens the health code, unless it is open.
    public func open() async {
        guard session == nil else { return }
        opening = OpeningState(words)
        do {
            try FileManager.default.createDirectory(at: setup.folder, withIntermediateDirectories: true)
            let health = try await HealthCode.open(
                dataDirectory: setup.store, config: setup.config(in: words.language), keyGuard: setup.keyGuard(),
                deviceSigner: setup.signer(),
                clock: setup.clock)
            session = await Session(health, setup, words: words, preferences: preferences)
        } catch {
            opening = OpeningState(words, failure: error)
        }
    }

    /// What a person does while nothing is open.
    public func act(_ action: OpeningAction) async {
        switch action {
        case .retry: await open()
        case .askReset: opening.isResetAsked = true
        case .cancelReset: opening.isResetAsked = false
        case .reset:
            do {
                try await HealthCode.dangerReset(dataDirectory: setup.store)
                await open()
            } catch {
                opening = OpeningState(words, failure: error)
            }
        }
    }

    /// Reads everything in another language from now on; nil follows the phone.
    public func setLanguage(_ language: String?) async {
        preferences.language = language
        words = ScreenWords(language: preferences.languageTag)
        await session?.setWords(words)
        if session == nil { opening = OpeningState(words, like: opening) }
    }

    /// Lets go of the health code: another may open the folder.
    public func close() {
        session?.health.close()
        session = nil
        opening = OpeningState(words)
    }
}
