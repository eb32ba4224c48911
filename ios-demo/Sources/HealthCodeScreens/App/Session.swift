import HealthCodeKit
import Observation

/// An open health code, and where on its screens the person is. Every screen's model has one.
@MainActor
@Observable
public final class Session {
    /// The core.
    public let health: HealthCode
    /// The words to read.
    public private(set) var words: ScreenWords
    /// The home view, as the core last told it.
    public private(set) var home: HomeView
    /// Screens above the first, the last on top.
    public var path: [Screen] = [] {
        didSet {
            // Whoever goes back from there has given it up; a screen that the lock took away is still on the path.
            if !path.contains(where: { $0.name == "proof" }) { login.cancel() }
        }
    }
    /// Whether a sync runs.
    public private(set) var isSyncing = false
    /// What was put into the queue while a sync ran.
    private var hasMore = false
    /// How the person likes it.
    public let preferences: Preferences
    /// Unix seconds by the core's trusted time, as of the last refresh: what moments are told against.
    public private(set) var now: Int64 = 0
    /// The end of the region's codes, where it was ordered; as of then, too.
    public private(set) var sunset: SunsetView?
    /// Journeys that are being typed: gone once they were sent, with whoever is erased, and with the process.
    var legs: [LegInput] = []
    let setup: AppSetup
    /// The login by the system's browser, where one is under way.
    let login = BrowserLogin()

    init(_ health: HealthCode, _ setup: AppSetup, words: ScreenWords, preferences: Preferences) async {
        self.health = health
        self.setup = setup
        self.words = words
        self.preferences = preferences
        home = health.home
        await readTime()
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
        for await view in health.homes {
            home = view
            await readTime()
        }
    }

    /// What time alone has changed.
    public func refresh() async {
        // A store that fails here says so in the next call that a person asks for.
        home = (try? await health.refresh()) ?? health.home
        await readTime()
    }

    private func readTime() async {
        // Who was erased leaves nothing behind, typed or not.
        if home.stage == .notRegistered { legs = [] }
        if let time = try? await health.now() { now = time.atMs / 1_000 }
        if let sunset = try? await health.sunset() { self.sunset = sunset } else { sunset = nil }
    }

    /// Keeps up with time until the task is cancelled: while the app is in front.
    public func followTime() async {
        while (try? await Task.sleep(for: .seconds(30))) != nil { await keepUp() }
    }

    /// What time alone has changed. A sync, however it ends, erases what a region's end has come for.
    func keepUp() async {
        await refresh()
        if let sunset, sunset.stage != .erased, now >= sunset.eraseAt { await sync(.scheduled) }
    }

    /// Seconds until a sync is wanted while nobody looks: some hours, or the region's end where that comes first.
    public var unseenAfterSecs: Int64 {
        let (soonest, often): (Int64, Int64) = (900, 4 * 3_600)
        guard let sunset, sunset.stage != .erased else { return often }
        return min(often, max(soonest, sunset.eraseAt - now))
    }

    /// A moment (Unix seconds) in words, in the region's time.
    func moment(_ at: Int64, _ style: MomentStyle = .dayAndTime) -> String {
        momentText(
            at: at, now: now, style: style, language: words.language, utcOffsetMinutes: home.utcOffsetMinutes)
    }

    /// Syncs while nobody looks; whether something changed that the person must be told.
    public func syncUnseen() async -> Bool {
        let before = (home.colour?.colour, home.uploadsRefused.count)
        await sync(.scheduled)
        return before != (home.colour?.colour, home.uploadsRefused.count)
    }

    /// Sends and fetches, one at a time; how it went is told by the home view. What was submitted meanwhile goes with one right
    /// after.
    public func sync(_ reason: SyncReason = .userAsked) async {
        guard !isSyncing else {
            hasMore = hasMore || reason == .afterSubmit
            return
        }
        isSyncing = true
        defer { isSyncing = false }
        _ = try? await health.sync(reason: reason)
        while hasMore, !Task.isCancelled {
            hasMore = false
            _ = try? await health.sync(reason: .afterSubmit)
        }
        home = health.home
        await readTime()
    }

    func setWords(_ words: ScreenWords) async {
        self.words = words
        try? await health.setLanguage(words.language)
        home = health.home
    }

    /// What went wrong, for people.
    func text(of error: any Error) -> String {
        (error as? HealthCodeError)?.text(language: words.language) ?? words["common-problem-title"]
    }
}
