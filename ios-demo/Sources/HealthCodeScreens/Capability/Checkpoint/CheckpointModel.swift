import Foundation
import HealthCodeKit
import Observation

/// Has the core check what the camera reads, and keeps nothing but counts.
///
/// Invariant: a verdict is of one scan; it is gone after half a minute, on the next, and when the screen is left. One core
/// checkpoint serves as long as trust bundle and place stay: it remembers what was shown.
@MainActor
@Observable
public final class CheckpointModel {
    public private(set) var state = CheckpointState(name: .scanning)
    /// The place's id while it is typed.
    public var typedPlace = ""
    private let session: Session
    private var checkpoint: Checkpoint?
    /// What it was opened over.
    private var trust: Data?
    private var place: String?
    /// How old its lists are, and whether they still count; nil while there is no checkpoint.
    private var lists: Lists?
    private var counts: [VerdictLevel: Int] = [:]
    private var last: (text: String, at: ContinuousClock.Instant)?
    private var verdicts = 0
    private var clearings = 0
    private var isChecking = false
    private var isFetching = false
    private var hasFailed = false
    private var isPlaceTyped = false
    private var isPlaceWrong = false
    /// One code held to the camera is one scan, as long as it is seen and a little beyond.
    private static let sameCode = Duration.seconds(3)
    private static let shownFor = Duration.seconds(30)
    private static let severalFor = Duration.seconds(2)

    public init(_ session: Session) { self.session = session }

    /// Opens the checkpoint over the lists that this phone has, and fetches newer ones.
    public func load() async {
        try? await session.health.setChecksOthers(true)
        await open()
        // Not only when it is due: a phone that checked nobody before has no lists.
        await fetch(.userAsked)
    }

    /// Fetches again every hour, until the task is cancelled.
    public func follow() async {
        await load()
        while (try? await Task.sleep(for: .seconds(3_600))) != nil { await fetch(.scheduled) }
    }

    public func act(_ action: CheckpointAction) async {
        switch action {
        case .read(let texts): await read(texts)
        case .next, .cameraAllowed: scan()
        case .sync: await fetch(.userAsked)
        case .cameraDenied: state = CheckpointState(name: .cameraDenied)
        case .editPlace:
            (typedPlace, isPlaceTyped, isPlaceWrong) = (session.preferences.place ?? "", true, false)
            scan()
        case .savePlace: await savePlace()
        case .leavePlace:
            (isPlaceTyped, isPlaceWrong) = (false, false)
            scan()
        case .close: session.back()
        }
    }

    /// Clears the verdict that is shown now, unless another has come by then.
    public func clearLater() async {
        let shown = state.shownAt
        guard shown > 0, (try? await Task.sleep(for: Self.shownFor)) != nil, state.shownAt == shown else { return }
        scan()
    }

    /// Looks again once the codes of before are out of the picture.
    public func endSeveral() async {
        guard state.name == .several, (try? await Task.sleep(for: Self.severalFor)) != nil else { return }
        if state.name == .several { scan() }
    }

    private func fetch(_ reason: SyncReason) async {
        (isFetching, hasFailed) = (true, false)
        showLists()
        let outcome = try? await session.health.sync(reason: reason)
        await session.refresh()
        isFetching = false
        hasFailed = ![.synced, .notNeeded, .waiting].contains(outcome?.result)
        await open()
    }

    /// Takes what the last sync brought; anew only where trust or place are others.
    private func open() async {
        let health = session.health
        let wanted = session.preferences.place
        if let published = try? await health.publishedBundle(.trust), published != trust || place != wanted,
            let opened = try? opened(over: published, at: wanted)
        {
            checkpoint?.close()
            (checkpoint, trust, place) = (opened, published, wanted)
        }
        for list in (try? await health.statusLists()) ?? [] {
            _ = try? checkpoint?.addStatusList(list, at: session.now)
        }
        showLists()
    }

    private func opened(over trust: Data, at place: String?) throws -> Checkpoint {
        let lowest = (try? checkpoint?.trust().version) ?? 0
        return try Checkpoint(
            trustBundle: trust, rootKey: session.setup.config.rootKey, place: place,
            localDivision: session.setup.division, lowestVersion: lowest, at: session.now)
    }

    /// A place that the core does not take is no place's id.
    private func savePlace() async {
        guard let trust else { return }
        let typed = typedPlace.trimmingCharacters(in: .whitespaces).uppercased()
        let wanted = typed.isEmpty ? nil : typed
        let tried = try? opened(over: trust, at: wanted)
        tried?.close()
        isPlaceWrong = tried == nil
        if !isPlaceWrong {
            isPlaceTyped = false
            session.preferences.place = wanted
            await open()
        }
        showLists()
    }

    private func read(_ texts: [String]) async {
        // Those that are no health codes are passed over, unless there is nothing else.
        let codes = texts.filter { isHealthCode(text: $0) }
        let meant = Set(codes.isEmpty ? Array(texts.prefix(1)) : codes)
        let isSame = meant.count == 1 && meant.first.map(isSeenAgain) == true
        // While a verdict is shown nothing is scanned: the next person waits for the next scan.
        guard state.shownAt == 0, !isChecking, let checkpoint, let text = meant.first else { return }
        if meant.count > 1 {
            scan()
            state.name = .several
            return
        }
        guard !isSame else { return }
        isChecking = true
        defer { isChecking = false }
        let before = clearings
        last = (text, .now)
        await session.refresh()
        guard let verdict = try? checkpoint.check(text, at: session.now) else { return }
        // Locked meanwhile: nobody sees it any more, and who comes back scans anew.
        if before == clearings { show(verdict) } else { last = nil }
    }

    /// Whether it is still the one that was checked last; as long as it is seen it stays that.
    private func isSeenAgain(_ text: String) -> Bool {
        guard let seen = last, seen.text == text, .now - seen.at < Self.sameCode else { return false }
        last = (text, .now)
        return true
    }

    /// The next person: what was shown is gone.
    private func scan() {
        clearings += 1
        state = CheckpointState(name: .scanning)
        showLists()
    }

    /// What is known of the lists and of the place, unless a verdict covers the screen.
    private func showLists() {
        lists = try? checkpoint?.lists(at: session.now)
        guard state.shownAt == 0, state.name != .cameraDenied else { return }
        let isSeveral = state.name == .several
        state = CheckpointState(name: lists?.isFresh == true ? .scanning : .listsOld)
        if isSeveral { state.name = .several }
        (state.place, state.isPlaceTyped, state.isPlaceWrong) = (session.preferences.place, isPlaceTyped, isPlaceWrong)
        state.isFetching = isFetching
        if lists?.isFresh != true { state.listsProblem = listsProblem }
        describe(&state)
    }

    private var listsProblem: String {
        let words = session.words
        let text =
            if isFetching {
                words["checkpoint-lists-fetching"]
            } else if hasFailed {
                words["checkpoint-lists-failed"]
            } else if lists != nil {
                words["checkpoint-lists-old-text"]
            } else {
                words["checkpoint-lists-none-text"]
            }
        let title = lists == nil ? words["checkpoint-lists-none-title"] : words["checkpoint-lists-old-title"]
        return "\(title)\n\(text)"
    }

    private func show(_ verdict: Verdict) {
        let words = session.words
        let level = verdictLevel(refusal: verdict.refusal, localColour: verdict.localColour)
        counts[level, default: 0] += 1
        verdicts += 1
        var next = CheckpointState(name: .cannotTell)
        switch level {
        case .pass: (next.name, next.mark, next.word) = (.pass, .green, words["checkpoint-pass"])
        case .check: (next.name, next.mark, next.word) = (.check, .yellow, words["checkpoint-check"])
        case .stop: (next.name, next.mark, next.word) = (.stop, .red, words["checkpoint-stop"])
        case .cannotTell: (next.name, next.mark, next.word) = (.cannotTell, .unknown, words["checkpoint-cannot-tell"])
        }
        if let door = verdict.colourAtDoor(language: words.language) {
            let isForeign = door.own.tone == .orange || door.isMapped
            (next.colour, next.rule) = (isForeign ? door.title : nil, door.ruleText)
            // Stopped for its colour alone: painted as the citizen's own screen has it.
            if level == .stop, verdict.refusal == .colourNotAdmitted, door.here.tone == .orange {
                (next.name, next.mark) = (.orange, .orange)
            }
        }
        next.reason = verdict.text(language: words.language)
        next.act = verdict.act?.text(language: words.language)
        next.facts = verdict.accepted ? facts(verdict) : []
        next.compare = verdict.accepted ? verdict.toCompare(language: words.language)?.text ?? "" : ""
        next.shownAt = verdicts
        (isPlaceTyped, isPlaceWrong) = (false, false)
        describe(&next)
        state = next
    }

    /// What to compare with the document; a refusal shows its reason and nobody's data.
    private func facts(_ verdict: Verdict) -> [CheckpointState.Fact] {
        let words = session.words
        let assurance =
            switch verdict.assurance {
            case .hardware: words["checkpoint-assurance-hardware"]
            case .software: words["checkpoint-assurance-software"]
            case .paper: words["checkpoint-assurance-paper"]
            case nil: ""
            }
        let person = verdict.toCompare(language: words.language)
        let all: [(String, String?)] = [
            (words["checkpoint-name"], person?.name),
            (words["checkpoint-document"], person?.documentTail),
            (words["checkpoint-region"], verdict.regionName.map { localizedText(text: $0, language: words.language) }),
            (words["checkpoint-assurance"], assurance),
        ]
        return all.compactMap { label, value in
            value.flatMap { $0.isEmpty ? nil : CheckpointState.Fact(id: label, value: $0) }
        }
    }

    private func describe(_ state: inout CheckpointState) {
        let words = session.words
        if let asOf = lists?.asOf {
            state.listsAsOf = words.format("checkpoint-lists-as-of", ["time": session.moment(asOf)])
        }
        func count(_ level: VerdictLevel) -> Int { counts[level] ?? 0 }
        state.counted = words.format(
            "checkpoint-counters",
            [
                "pass": count(.pass), "check": count(.check), "stop": count(.stop), "unknown": count(.cannotTell),
            ])
    }
}
