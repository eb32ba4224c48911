import HealthCodeKit
import Observation

/// Changes how the app is, and erases what it holds.
///
/// Invariant: nothing is erased before its effects were listed and agreed to.
@MainActor
@Observable
public final class SettingsModel {
    public private(set) var state = SettingsState(name: .main)
    private let session: Session
    private let app: AppModel
    private let acts = OneAct()

    public init(_ session: Session, _ app: AppModel) {
        self.session = session
        self.app = app
    }

    public func load() async { await show(state.name) }

    public func act(_ action: SettingsAction) async {
        await acts.begin { await take(action) }
        guard action == .erase, state.name == .erased else { return }
        await session.sync(.afterSubmit)
        if state.name == .erased { await show(.erased) }
    }

    private func take(_ action: SettingsAction) async {
        switch action {
        case .show(let name): await show(name)
        case .choose(let tag):
            await app.setLanguage(tag)
            await show(.language)
        case .erase: await erase()
        case .startAgain:
            session.preferences.isWelcomed = false
            session.path = []
        case .back: await show(.main)
        case .checkpoint: session.open(.checkpoint)
        case .export: session.open(.export)
        }
    }

    private func erase() async {
        do {
            try await session.health.erase()
            await show(.erased)
        } catch {
            await show(.main)
            state.problem = session.text(of: error)
        }
    }

    private func show(_ name: SettingsState.Name) async {
        let words = session.words
        var next = SettingsState(name: name)
        switch name {
        case .main: break
        case .language:
            next.languages = screenLanguages().map { tag in
                .init(
                    id: tag, label: ScreenWords(language: tag)["settings-language-name"],
                    isChosen: ScreenWords(language: tag)["settings-language-name"] == words["settings-language-name"])
            }
        case .about:
            next.version = session.setup.version
            next.rootKeyFingerprint = keyFingerprint(key: session.setup.config.rootKey)
            next.deviceId = try? await session.health.deviceId()
        case .licences: next.licences = words["settings-licences-text"]
        case .eraseConfirm:
            next.losses = [
                words["settings-erase-code"], words["settings-erase-registration"], words["settings-erase-history"],
                words["settings-erase-drafts"],
                words.format("settings-erase-pending", ["count": session.home.uploadsWaiting]),
            ]
        case .erased: next.erasures = ((try? await session.health.erasures()) ?? []).map(shown)
        }
        state = next
    }

    private func shown(_ erasure: ErasureView) -> SettingsState.Erasure {
        let words = session.words
        return .init(
            id: erasure.id, state: erasure.text,
            kept: erasure.kept.map { kept in
                words.format(
                    "settings-erased-kept-until", ["what": kept.text, "time": session.moment(kept.until, .date)])
            },
            receipt: erasure.receipt.map { words.format("settings-erased-receipt", ["id": $0]) })
    }
}
