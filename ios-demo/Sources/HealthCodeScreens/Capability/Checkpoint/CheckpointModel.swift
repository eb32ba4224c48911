import Foundation
import HealthCodeKit
import Observation

/// Has the core check what the camera reads, and keeps nothing but counts.
///
/// Invariant: a verdict is of one scan; it is gone after half a minute, on the next, and when the screen is left. One core
/// checkpoint serves as long as the trust bundle stays: it remembers what was shown.
@MainActor
@Observable
public final class CheckpointModel {
    public private(set) var state = CheckpointState(name: .scanning)
    private let session: Session
    private var checkpoint: Checkpoint?
    /// What it was opened over.
    private var trust: Data?
    /// How old its lists are, and whether they still count; nil while there is no checkpoint.
    private var lists: Lists?
    private var counts: [VerdictLevel: Int] = [:]
    private var lastText = ""
    private var lastRead = ContinuousClock.now - .seconds(60)
    private var verdicts = 0
    /// One code held to the camera is one scan.
    private static let sameCode = Duration.seconds(3)
    private static let shownFor = Duration.seconds(30)

    public init(_ session: Session) { self.session = session }

    /// Opens the checkpoint over the lists that this phone has, and fetches newer ones.
    public func load() async {
        try? await session.health.setChecksOthers(true)
        await open()
        // Not only when it is due: a phone that checked nobody before has no lists.
        await session.sync(.userAsked)
        await open()
    }

    public func act(_ action: CheckpointAction) async {
        switch action {
        case .read(let texts): await read(texts)
        case .next, .cameraAllowed: scan()
        case .sync:
            await session.sync()
            await open()
        case .cameraDenied: state = CheckpointState(name: .cameraDenied)
        case .close: session.back()
        }
    }

    /// Clears the verdict that is shown now, unless another has come by then.
    public func clearLater() async {
        let shown = state.shownAt
        guard shown > 0, (try? await Task.sleep(for: Self.shownFor)) != nil, state.shownAt == shown else { return }
        scan()
    }

    private func open() async {
        let health = session.health
        if let published = try? await health.publishedBundle(.trust), published != trust,
            let opened = try? Checkpoint(
                trustBundle: published, rootKey: session.setup.config.rootKey, localDivision: session.setup.division,
                at: session.now)
        {
            checkpoint?.close()
            (checkpoint, trust) = (opened, published)
        }
        for list in (try? await health.statusLists()) ?? [] {
            _ = try? checkpoint?.addStatusList(list, at: session.now)
        }
        if state.shownAt == 0 { scan() }
    }

    private func read(_ texts: [String]) async {
        // While a verdict is shown nothing is scanned: the next person waits for the next scan.
        guard state.shownAt == 0, let checkpoint, let text = texts.first else { return }
        if Set(texts).count > 1 {
            scan()
            state.name = .several
            return
        }
        let now = ContinuousClock.now
        guard text != lastText || now - lastRead > Self.sameCode else { return }
        (lastText, lastRead) = (text, now)
        await session.refresh()
        guard let verdict = try? checkpoint.check(text, at: session.now) else { return }
        show(verdict)
    }

    private func scan() {
        lists = try? checkpoint?.lists(at: session.now)
        state = CheckpointState(name: lists?.isFresh == true ? .scanning : .listsOld)
        describe(&state)
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
        next.shownAt = verdicts
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
        let all: [(String, String?)] = [
            (words["checkpoint-name"], verdict.maskedName),
            (words["checkpoint-document"], verdict.documentTail),
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
