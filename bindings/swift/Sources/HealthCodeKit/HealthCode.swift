import Foundation
@_exported import HealthCodeCore

/// One citizen's health code on one phone. Everything but ``sync(reason:deadline:)`` works without a network; what was
/// acknowledged is on disk. May be used from any task or thread; close it when done.
///
/// Invariant: no call blocks the caller's thread or Swift's own pool, and every failure is a ``HealthCodeError`` with a
/// stable code.
public final class HealthCode: Sendable {
    private let calls: Calls<CoreHealthCode>
    private let hub: Hub
    private let syncs = Syncs()
    /// Calls into the core block, for milliseconds or, in a sync, longer.
    private let queue = DispatchQueue(label: "org.healthcode.calls", attributes: .concurrent)

    private init(core: CoreHealthCode, hub: Hub) {
        calls = Calls(core)
        self.hub = hub
    }

    /// Opens the store in the folder `dataDirectory`, made if missing; one ``HealthCode`` a folder at a time.
    ///
    /// - Parameters:
    ///   - keyGuard: guards the store's key, such as a `KeychainGuard`.
    ///   - deviceSigner: the hardware's device key; without it the core keeps an Ed25519 key in its store.
    ///   - subjectKeys: the hardware's keys of dependants; without it the signer's, where it makes them, else theirs are in
    ///     the store.
    ///   - transport: the app's own network; without it the core speaks HTTPS itself or, built without, over
    ///     `URLSessionTransport`.
    ///   - clock: for tests.
    /// - Throws: ``HealthCodeError``: `store`, `host`, `http`, `sync`, `argument`; nothing is deleted on any of them.
    public static func open(
        dataDirectory: URL,
        config: CitizenConfig,
        keyGuard: any HostKeyGuard,
        deviceSigner: (any HostDeviceSigner)? = nil,
        subjectKeys: (any HostSubjectKeys)? = nil,
        transport: (any HostTransport)? = nil,
        clock: (any HostClock)? = nil
    ) async throws -> HealthCode {
        try await blocking(on: DispatchQueue.global(qos: .userInitiated)) {
            let hub = Hub()
            let core = try CoreHealthCode.open(
                dataDir: dataDirectory.path, config: config, keyGuard: keyGuard, deviceSigner: deviceSigner,
                subjectKeys: subjectKeys ?? deviceSigner as? any HostSubjectKeys,
                observer: hub, transport: transport ?? platformTransport(config), clock: clock)
            hub.language = core.language()
            try hub.show { try core.home() }
            let health = HealthCode(core: core, hub: hub)
            hub.refresh = { [weak health] in health?.refreshHome() }
            return health
        }
    }

    /// Deletes the store in the folder `dataDirectory` for good, damaged or not: key, registration, what waits to be sent.
    /// For a citizen who gives it up when ``open(dataDirectory:config:keyGuard:deviceSigner:subjectKeys:transport:clock:)`` says that it
    /// is damaged, and has the desk move the registration to the new key; never as a repair.
    ///
    /// - Throws: ``HealthCodeError``: `store` (`store_already_open` while one is open on it, `store_io_failed`).
    public static func dangerReset(dataDirectory: URL) async throws {
        try await blocking(on: DispatchQueue.global(qos: .userInitiated)) {
            try HealthCodeCore.dangerReset(dataDir: dataDirectory.path)
        }
    }

    /// What the home screen shows: read again after every change, every sync and every event. What only time changes
    /// (`dataAgeSecs`, a credential that ran out) is as of that reading: ``refresh()`` when the screen comes back.
    public var home: HomeView { hub.view }

    /// The home view now and after each change, for one listener; ask again for another.
    public var homes: AsyncStream<HomeView> { hub.views() }

    /// What the citizen must be told at once: a change of colour, a refused upload; from now on, for one listener.
    public var events: AsyncStream<HealthCodeEvent> { hub.events() }

    /// The code to show, again and again, for one listener: the first at once, the next one when its rotation is due or
    /// as soon as there is a new credential. While there is no code it waits for one; it ends when this is closed.
    /// Nothing runs unless the next code is awaited.
    public var codes: AsyncStream<CodeView> {
        let ticker = CodeTicker(hub: hub) { [weak self] in try await self?.currentCode() }
        return AsyncStream { await ticker.next() }
    }

    /// The language of what the citizen reads, a BCP 47 tag.
    public var language: String { hub.language }

    /// Sets the language, a BCP 47 tag such as `zh-Hans-CN`: ``home`` and whatever is asked for from now on is in it or the
    /// nearest there is. It does not stay on the phone: the configuration says it when the app opens.
    public func setLanguage(_ language: String) async throws {
        try await changing { [hub] core in
            core.setLanguage(language: language)
            hub.language = core.language()
        }
    }

    /// Reads ``home`` again.
    @discardableResult
    public func refresh() async throws -> HomeView {
        try await call { [hub] core in try hub.show { try core.home() } }
    }

    /// The code to show now.
    public func currentCode() async throws -> CodeView { try await call { try $0.currentCode() } }

    /// The form to fill in.
    public func form(_ kind: FormKind) async throws -> FormView { try await call { try $0.form(kind: kind) } }

    /// What a screen needs after each answer: the questions to show, what to mend, how far it is filled in.
    public func review(_ kind: FormKind, answers: [String: Answer]) async throws -> FormReview {
        try await call { try $0.review(kind: kind, answers: answers) }
    }

    /// The kept answers of a form; where there are none, what the citizen told before.
    public func draft(_ kind: FormKind) async throws -> [String: Answer] {
        try await call { try $0.draft(kind: kind) }
    }

    /// Keeps half-filled answers.
    public func saveDraft(_ kind: FormKind, answers: [String: Answer]) async throws {
        try await call { try $0.saveDraft(kind: kind, answers: answers) }
    }

    /// Registers, with consent to the text that was shown. Works offline; sync afterwards. Again with other answers it
    /// takes the place of a request that waits or was refused, and corrects one that was taken: phone, address and
    /// division at any time, everything as long as no colour was decided.
    public func register(answers: [String: Answer], consent: ConsentForm) async throws {
        try await changing { try $0.register(answers: answers, consentVersion: consent.version) }
    }

    /// The id of this phone's key, 22 characters: what the authority's desk asks for to move a registration to this phone.
    public func deviceId() async throws -> String { try await call { try $0.deviceId() } }

    /// Submits a health declaration and gives the upload's id. Works offline; sync afterwards.
    @discardableResult
    public func submitDeclaration(answers: [String: Answer]) async throws -> String {
        try await changing { try $0.submitDeclaration(answers: answers) }
    }

    /// Submits where the citizen was or will go and gives the upload's id. Works offline.
    @discardableResult
    public func submitItinerary(legs: [ItineraryLeg]) async throws -> String {
        try await changing { try $0.submitItinerary(legs: legs) }
    }

    /// Takes an upload out of the queue: one that was refused, once the citizen has read why.
    public func dismissUpload(id: String) async throws {
        try await changing { try $0.dismissUpload(uploadId: id) }
    }

    /// Sends what is queued and fetches what is new. The outcome says how it went, also without a network. Cancelling the
    /// task stops it, in Rust too; what was done stays done.
    ///
    /// - Throws: `CancellationError`, or ``HealthCodeError`` with the code `closed`.
    @discardableResult
    public func sync(reason: SyncReason = .userAsked, deadline: Duration = .seconds(20)) async throws -> SyncOutcome {
        let token = CancelToken()
        syncs.insert(token)
        defer { syncs.remove(token) }
        // A day is longer than any system lets a sync run; a larger number may not fit.
        let millis = UInt64(min(max(0, deadline / .milliseconds(1)), 86_400_000))
        let outcome = try await withTaskCancellationHandler {
            try await changing { try $0.syncOnce(reason: reason, deadlineMs: millis, cancel: token) }
        } onCancel: {
            token.cancel()
        }
        try Task.checkCancellation()
        return outcome
    }

    /// The fingerprint of the national root's key that this app believes: groups of four hexadecimal digits.
    public func rootKeyFingerprint() async throws -> String { try await call { $0.rootKeyFingerprint() } }

    /// A push message came. Nothing in it is believed: it only asks for a sync.
    public func pushHint() async throws { try await call { try $0.pushHint() } }

    /// Whether to sync soon: a push came or uploads wait.
    public func syncWanted() async throws -> Bool { try await call { try $0.syncWanted() } }

    /// The time that codes are made with.
    public func now() async throws -> TrustedTime { try await call { try $0.now() } }

    /// Says whether others' codes are checked on this phone. If they are, the coming syncs fetch status lists too; a phone
    /// that only shows codes does without. Not kept: to be said after each start.
    public func setChecksOthers(_ checksOthers: Bool) async throws {
        try await call { $0.setChecksOthers(checksOthers: checksOthers) }
    }

    /// The status lists that the syncs brought, for a ``Checkpoint`` on this phone, which takes them in this order.
    public func statusLists() async throws -> [Data] { try await call { try $0.statusLists() } }

    /// Signed data as the last sync brought them, for a ``Checkpoint`` on this phone; nil if there are none. For status
    /// lists see ``statusLists()``.
    public func publishedBundle(_ kind: BundleKind, name: String = "") async throws -> Data? {
        try await call { try $0.publishedBundle(kind: kind, name: name) }
    }

    /// Stops what runs and frees the store, which may be opened again at once. Calls in flight end normally, a sync with
    /// `.cancelled`; later ones with the error `closed`. Waits for them, a few milliseconds. Twice is the same as once.
    public func close() {
        calls.end { syncs.cancelAll() }
        hub.finish()
    }

    /// For the capabilities too, a file each in `Capability`.
    func call<T: Sendable>(_ work: @escaping @Sendable (CoreHealthCode) throws -> T) async throws -> T {
        try await blocking(on: queue) { [calls] in try calls.during(work) }
    }

    func changing<T: Sendable>(_ work: @escaping @Sendable (CoreHealthCode) throws -> T) async throws -> T {
        try await blocking(on: queue) { [calls, hub] in
            try calls.during { core in
                let done = try work(core)
                // A store that fails here fails in the next call too, which says so.
                _ = try? hub.show { try core.home() }
                return done
            }
        }
    }

    private func refreshHome() {
        _ = try? calls.during { core in try hub.show { try core.home() } }
    }
}

/// Runs blocking `work` on `queue`.
func blocking<T: Sendable>(
    on queue: DispatchQueue, _ work: @escaping @Sendable () throws -> T
) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
        queue.async { continuation.resume(with: Result(catching: work)) }
    }
}

/// The syncs under way, to be stopped when closing.
private final class Syncs: @unchecked Sendable {
    private let lock = NSLock()
    private var tokens: [CancelToken] = []

    func insert(_ token: CancelToken) { lock.withLock { tokens.append(token) } }

    func remove(_ token: CancelToken) { lock.withLock { tokens.removeAll { $0 === token } } }

    func cancelAll() { lock.withLock { tokens }.forEach { $0.cancel() } }
}

/// The system's network, where the core has none of its own; nil leaves it to the core.
private func platformTransport(_ config: CitizenConfig) throws -> (any HostTransport)? {
    #if canImport(Security)
        if !httpBuiltIn() { return try URLSessionTransport(config: config) }
    #endif
    return nil
}
