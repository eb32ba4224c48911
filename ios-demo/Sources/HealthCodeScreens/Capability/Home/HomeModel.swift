import HealthCodeKit
import Observation

/// Turns the core's home view into what is drawn.
///
/// Invariant: a colour that the person has not read of is shown as news until it was read, also after the app was ended.
@MainActor
@Observable
public final class HomeModel {
    private let session: Session
    private var unread = 0
    /// Those that are open, or decided and not looked at.
    private var appeals: [AppealView] = []
    private var entry: String?
    private var end: HomeState.End?
    /// The entry of the last change.
    private var lastChange: String?

    public init(_ session: Session) { self.session = session }

    /// Reads what the home view does not say.
    public func load() async {
        await session.refresh()
        unread = Int((try? await session.health.bulletins().unread) ?? 0)
        let all = (try? await session.health.appeals().appeals) ?? []
        appeals = all.filter { !$0.canDismiss || $0.isNew }
        let entry = try? await session.health.entry()
        self.entry = entry.flatMap { $0.stage == .notAVisitor ? nil : $0.title }
        end = session.sunset.map { .init(title: $0.title, text: $0.text, save: $0.saveText) }
        guard let changes = try? await session.health.changes().changes else { return }
        lastChange = session.home.colour == nil ? nil : newest(changes)
        // The first colour is no news: home says it.
        if lastChange == nil || session.preferences.colourRead == nil { session.preferences.colourRead = lastChange }
    }

    /// The newest entry that changed colour or reason: an order that changed neither is no news.
    private func newest(_ changes: [ChangeView]) -> String? {
        let chain = changes.filter { $0.seal != .lost }
        return zip(chain, chain.dropFirst().map { $0 } + [nil]).first { change, before in
            before?.colour != change.colour || before?.texts.id != change.texts.id
        }?.0.sha256
    }

    private var news: HomeState.News? {
        guard let lastChange, let read = session.preferences.colourRead, read != lastChange,
            let colour = session.home.colour, session.home.status.kind != .unknown
        else { return nil }
        return .init(
            mark: Mark(colour.shown.tone), title: colour.shown.title, why: colour.why, instruction: colour.instruction,
            since: session.moment(colour.since))
    }

    public func act(_ action: HomeAction) async {
        switch action {
        case .open(let screen): session.open(screen)
        case .sync: await session.sync()
        case .update: break
        case .readNews: session.preferences.colourRead = lastChange
        case .dismiss(let id):
            try? await session.health.dismissUpload(id: id)
            await session.refresh()
        }
    }

    public var state: HomeState {
        let (home, words) = (session.home, session.words)
        var state = HomeState(name: .notRegistered, title: home.status.title)
        switch home.stage {
        case .notRegistered:
            (state.title, state.text) = (words["home-not-registered-title"], words["home-not-registered-text"])
        case .registrationQueued:
            state.name = .registrationQueued
            (state.title, state.text) = (words["home-queued-title"], words["home-queued-text"])
        case .registrationRefused:
            state.name = .registrationRefused
            state.title = words["home-refused-registration-title"]
        case .awaitingColour:
            state.name = .awaitingColour
            (state.title, state.text) = (words["home-awaiting-title"], words["home-awaiting-text"])
        case .decided: decided(&state)
        }
        if let synced = home.syncedAtMs {
            state.asOf = words.format("home-as-of", ["time": session.moment(synced / 1_000)])
        }
        state.notices = home.notices.map { notice in
            let time = notice.at.map { session.moment($0) }
            // Some say the time themselves.
            let isTold = time.map { notice.text.contains($0) } ?? true
            var told = HomeState.Notice(kind: notice.kind.id, text: notice.text, time: isTold ? nil : time)
            switch notice.kind {
            case .colourDiffers: told.step = .init(label: words["home-why"], action: .open(.why))
            case .colourAlarm: told.step = .init(label: words["history-see"], action: .open(.history))
            case .appealOverdue, .appealAsked, .appealDecided:
                told.step = .init(label: words["appeal-see"], action: .open(.appeal(.any)))
            case .newResults: told.step = .init(label: words["results-see"], action: .open(.results))
            default: break
            }
            return told
        }
        state.next = step(home.nextStep)
        if home.codeAvailable, home.nextStep.kind != .showCode {
            state.showCode = .init(label: words["home-show-code"], action: .open(.code))
        }
        state.refused = home.uploadsRefused.map { refused in
            .init(
                id: refused.uploadId, text: refused.text, fieldText: refused.fieldText,
                mend: mend(refused.kind))
        }
        state.appeals = appeals.map { appeal in
            .init(
                id: appeal.id, title: appeal.title,
                deadline: appeal.deadlineText.map { words.format("appeal-deadline-short", ["time": $0]) })
        }
        state.unreadBulletins = unread
        (state.entry, state.end) = (entry, end)
        state.isRegistered = home.stage != .notRegistered && home.stage != .registrationRefused
        state.isSyncing = session.isSyncing
        state.news = news
        return state
    }

    private func decided(_ state: inout HomeState) {
        // Never the last colour: what counts no more is unknown.
        guard session.home.status.kind != .unknown, let colour = session.home.colour else {
            (state.name, state.mark) = (.unknownExpired, .unknown)
            return
        }
        (state.name, state.mark) = (HomeState.Name(colour.shown.tone), Mark(colour.shown.tone))
        state.spoken = session.home.status.title
        (state.title, state.meaning) = (colour.shown.word, session.words.meaning(of: Mark(colour.shown.tone)))
        state.text = colour.why
        state.instruction = colour.instruction
    }

    /// Nil for what only a newer app knows.
    private func mend(_ kind: String) -> HomeAction? {
        switch kind {
        case "registration": .open(.form(.registration))
        case "correction": .open(.appeal(.new))
        case "appeal", "appeal-withdrawal": .open(.appeal(.any))
        case "care": .open(.family)
        case "paper-request": .open(.paper)
        case "certificate", "certificate-removal": .open(.dcc)
        default: nil
        }
    }

    private func step(_ next: NextStep) -> HomeState.Step? {
        let action: HomeAction
        switch next.kind {
        case .register, .mendRegistration: action = .open(.form(.registration))
        case .proveIdentity: action = .open(.proof(.own))
        case .declare, .checkInToday: action = .open(.form(.healthDeclaration))
        case .declareEntry: action = .open(.form(.entry))
        case .connect: action = .sync
        case .showCode: action = .open(.code)
        case .update: action = .update
        case .saveData: action = .open(.export)
        case .none: return nil
        }
        return .init(label: next.text, action: action)
    }
}

extension HomeNoticeKind {
    /// As in the contract: `clock_wrong`.
    var id: String {
        "\(self)".reduce(into: "") { id, letter in id += letter.isUppercase ? "_\(letter.lowercased())" : "\(letter)" }
    }
}

extension Mark {
    /// Of a decided colour.
    public init(_ colour: Colour) {
        switch colour {
        case .green: self = .green
        case .yellow: self = .yellow
        case .red: self = .red
        }
    }

    /// Of what is painted for a colour of a scheme: red of the international one is orange.
    public init(_ tone: ColourTone) {
        switch tone {
        case .green: self = .green
        case .yellow: self = .yellow
        case .orange: self = .orange
        case .red: self = .red
        }
    }
}

extension HomeState.Name {
    init(_ tone: ColourTone) {
        switch tone {
        case .green: self = .green
        case .yellow: self = .yellow
        case .orange: self = .orange
        case .red: self = .red
        }
    }
}
