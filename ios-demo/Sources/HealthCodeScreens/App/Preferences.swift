import Foundation
import Observation

/// How somebody likes the app: nothing personal, nothing of the domain. Kept by the system's own settings store.
@MainActor
@Observable
public final class Preferences {
    /// BCP 47 tag; nil follows the phone.
    public var language: String? { didSet { store.set(language, forKey: "language") } }
    /// Larger texts and buttons, fewer things on a screen.
    public var isElder: Bool { didSet { store.set(isElder, forKey: "elder") } }
    /// Full brightness while the code is shown.
    public var raisesBrightness: Bool { didSet { store.set(raisesBrightness, forKey: "brightness") } }
    /// Sounds and vibration of the checkpoint.
    public var hasSound: Bool { didSet { store.set(hasSound, forKey: "sound") } }
    /// The phone's lock asks before the app shows anything.
    public var isLocked: Bool { didSet { store.set(isLocked, forKey: "locked") } }
    /// Id of the place where codes are checked on this phone, for codes that are made for one place; nil: none.
    public var place: String? { didSet { store.set(place, forKey: "place") } }
    /// The entry of the change of colour that was last read of; nil before the first. It tells nobody what it was.
    public var colourRead: String? { didSet { store.set(colourRead, forKey: "colour-read") } }
    /// Whether the welcome was seen.
    public var isWelcomed: Bool { didSet { store.set(isWelcomed, forKey: "welcomed") } }
    @ObservationIgnored private let store: UserDefaults

    /// Reads them from `store`.
    public init(_ store: UserDefaults) {
        self.store = store
        store.register(defaults: ["brightness": true, "sound": true])
        language = store.string(forKey: "language")
        isElder = store.bool(forKey: "elder")
        raisesBrightness = store.bool(forKey: "brightness")
        hasSound = store.bool(forKey: "sound")
        isLocked = store.bool(forKey: "locked")
        colourRead = store.string(forKey: "colour-read")
        place = store.string(forKey: "place")
        isWelcomed = store.bool(forKey: "welcomed")
    }

    /// The tag to read in.
    public var languageTag: String { language ?? Locale.current.identifier }
}
