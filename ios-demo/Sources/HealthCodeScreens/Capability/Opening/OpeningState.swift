import HealthCodeKit

/// What is drawn before the health code is open, or instead of it.
public struct OpeningState: ScreenState {
    public enum Name: String, CaseIterable, Sendable {
        case opening
        case keyLost = "key_lost"
        case storeDamaged = "store_damaged"
        case storeNewer = "store_newer"
        case failed
    }

    public var name = Name.opening
    public var title: String
    /// What happened, what is kept, what to do.
    public var text: String?
    /// For whoever is called for help.
    public var code: String?
    public var canRetry = false
    public var canReset = false
    /// Whether the person is asked if all of it may be deleted.
    public var isResetAsked = false

    /// While it opens.
    public init(_ words: ScreenWords) {
        title = words["opening-title"]
    }

    /// After it failed.
    init(_ words: ScreenWords, failure: any Error) {
        self.init(words, code: (failure as? HealthCodeError)?.code ?? "store_io_failed")
    }

    /// After it failed with this code.
    init(_ words: ScreenWords, code: String) {
        let failure = openingFailure(code: code, language: words.language)
        switch failure.kind {
        case .keyLost: name = .keyLost
        case .storeDamaged: name = .storeDamaged
        case .storeNewer: name = .storeNewer
        case .keyUnavailable, .noSpace, .inUse, .other: name = .failed
        }
        (title, text) = (failure.title, failure.text)
        (canRetry, canReset) = (failure.canRetry, failure.canReset)
        self.code = code
    }

    /// The same in other words.
    init(_ words: ScreenWords, like other: OpeningState) {
        if let code = other.code { self.init(words, code: code) } else { self.init(words) }
        isResetAsked = other.isResetAsked
    }
}

/// What a person can do there.
public enum OpeningAction: Sendable {
    case retry, askReset, cancelReset, reset
}
