import Observation

/// The phone's own lock (face, finger, passcode) before the app shows anything, for who wants it.
///
/// Invariant: where it is wanted and the phone has a lock, ``isClosed`` holds from the start and from every leaving on, until the
/// phone says who it is. A phone without a lock has nobody to keep out.
@MainActor
@Observable
public final class AppLock {
    /// Whether nothing of the citizen's may be shown.
    public private(set) var isClosed: Bool
    private let preferences: Preferences
    private let phoneHasLock: @MainActor () -> Bool
    private var isAsking = false
    /// Counts the leavings: what was asked before one opens nothing after it.
    private var leavings = 0

    public init(_ preferences: Preferences, phoneHasLock: @escaping @MainActor () -> Bool) {
        self.preferences = preferences
        self.phoneHasLock = phoneHasLock
        isClosed = preferences.isLocked && phoneHasLock()
    }

    /// The app was left.
    public func close() {
        leavings += 1
        isClosed = preferences.isLocked && phoneHasLock()
    }

    /// Has the phone ask who it is; once at a time.
    public func open(_ isOwner: @MainActor () async -> Bool) async {
        guard isClosed, !isAsking else { return }
        isAsking = true
        defer { isAsking = false }
        let before = leavings
        if await isOwner(), before == leavings { isClosed = false }
    }
}
