import HealthCodeKit
import Observation

/// An open health code, and where on its screens the person is. Every screen's model has one.
@MainActor
@Observable
public final class Session {
    /// The core.
    public let health: HealthCode
    /// The words to read.
    public private(set) var words: Words
    /// The home view, as the core last told it.
    public private(set) var home: HomeView
    /// Screens above the first, the last on top.
    public var path: [Screen] = []
    /// Whether a sync runs.
    public private(set) var isSyncing = false
    /// How the person likes it.
    public let preferences: Preferences

    init(_ health: HealthCode, words: Words, preferences: Preferences) {
        self.health = health
        self.words = words
        self.preferences = preferences
        home = health.home
    }

    /// The first screen: a welcome to somebody new, home to everybody else.
    public var root: Screen { home.stage == .notRegistered && !preferences.isWelcomed ? .onboarding : .home }

    /// Where the person is.
    public var screen: Screen { path.last ?? root }

    /// Shows a screen above this one.
    public func open(_ screen: Screen) {
        if screen == .home { path = [] } else if path.last != screen { path.append(screen) }
    }

    /// Goes back by one.
    public func back() { _ = path.popLast() }

    /// Follows the core until the task is cancelled: home as it changes.
    public func run() async {
        await refresh()
        for await view in health.homes { home = view }
    }

    /// What time alone has changed.
    public func refresh() async {
        // A store that fails here says so in the next call that a person asks for.
        home = (try? await health.refresh()) ?? health.home
    }

    /// Sends and fetches; how it went is told by the home view.
    public func sync(_ reason: SyncReason = .userAsked) async {
        isSyncing = true
        defer { isSyncing = false }
        _ = try? await health.sync(reason: reason)
        home = health.home
    }

    func setWords(_ words: Words) async {
        self.words = words
        try? await health.setLanguage(words.language)
        home = health.home
    }

    /// What went wrong, for people.
    func text(of error: any Error) -> String {
        (error as? HealthCodeError)?.text(language: words.language) ?? words["common-problem-title"]
    }
}
