import HealthCodeKit
import Observation

/// Turns the core's home view into what is drawn.
@MainActor
@Observable
public final class HomeModel {
    private let session: Session
    private var unread = 0

    public init(_ session: Session) { self.session = session }

    /// Reads what the home view does not say.
    public func load() async {
        await session.refresh()
        unread = Int((try? await session.health.bulletins().unread) ?? 0)
    }

    public func act(_ action: HomeAction) async {
        switch action {
        case .open(let screen): session.open(screen)
        case .sync: await session.sync()
        case .dismiss(let id):
            try? await session.health.dismissUpload(id: id)
            await session.refresh()
        }
    }

    public var state: HomeState {
        let (home, words) = (session.home, session.words)
        var state = HomeState(name: .notRegistered, title: words["home-not-registered-title"])
        switch home.stage {
        case .notRegistered:
            state.text = words["home-not-registered-text"]
            state.next = .init(label: words["form-submit-registration"], action: .open(.form(.registration)))
        case .registrationQueued:
            state.name = .registrationQueued
            (state.title, state.text) = (words["home-queued-title"], words["home-queued-text"])
            state.next = .init(label: words["home-declare"], action: .open(.form(.healthDeclaration)))
        case .registrationRefused:
            state.name = .registrationRefused
            state.title = words["home-refused-registration-title"]
            state.next = .init(label: words["home-refused-mend"], action: .open(.form(.registration)))
        case .awaitingColour:
            state.name = .awaitingColour
            (state.title, state.text) = (words["home-awaiting-title"], words["home-awaiting-text"])
            state.next = .init(label: words["home-declare"], action: .open(.form(.healthDeclaration)))
        case .decided: decided(&state)
        }
        state.waiting = home.uploadsWaiting == 0 ? nil : words("home-waiting", ["count": "\(home.uploadsWaiting)"])
        state.refused = home.uploadsRefused.map { refused in
            .init(
                id: refused.uploadId, text: refused.text, fieldText: refused.fieldText,
                mend: refused.kind == "registration" ? .open(.form(.registration)) : nil)
        }
        state.unreadBulletins = unread
        state.isSyncing = session.isSyncing
        return state
    }

    private func decided(_ state: inout HomeState) {
        let (home, words) = (session.home, session.words)
        guard home.codeAvailable, let colour = home.colour else {
            state.name = .unknownExpired
            state.mark = .unknown
            state.title = words["home-unknown-title"]
            state.next = .init(label: words["code-connect"], action: .sync)
            return
        }
        state.name = HomeState.Name(colour.colour)
        state.mark = Mark(colour.colour)
        state.title = colour.colour.word(language: words.language)
        state.text = colour.why
        state.instruction = colour.instruction
        state.next = .init(label: words["home-show-code"], action: .open(.code))
    }
}

extension HomeState.Name {
    init(_ colour: Colour) {
        switch colour {
        case .green: self = .green
        case .yellow: self = .yellow
        case .red: self = .red
        }
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
}
