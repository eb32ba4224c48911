import Foundation
import HealthCodeKit

@testable import HealthCodeScreens

/// A screen as a test sees it: its names, and every text that its state holds.
struct Seen {
    let screen: String
    let state: String
    let notices: [String]
    let texts: [String]

    init(_ screen: Screen, _ state: some ScreenState) {
        self.screen = screen.name
        self.state = state.name.rawValue
        notices = (state as? HomeState)?.notices.map(\.kind) ?? []
        texts = Self.texts(in: state).map(Self.bare)
    }

    func shows(_ text: String) -> Bool { texts.contains { $0.contains(Self.bare(text)) } }

    /// Every string in a value, however deep.
    private static func texts(in value: Any) -> [String] {
        if let text = value as? String { return [text] }
        return Mirror(reflecting: value).children.flatMap { texts(in: $0.value) }
    }

    /// Without the marks that keep arguments apart in mixed directions.
    private static func bare(_ text: String) -> String {
        text.filter { $0 != "\u{2068}" && $0 != "\u{2069}" }
    }
}

extension AppModel {
    /// What the top screen shows now.
    func look() async -> Seen {
        guard let session else { return Seen(.opening, opening) }
        await session.refresh()
        let screen = session.screen
        switch screen {
        case .onboarding: return Seen(screen, OnboardingModel(session).state)
        case .home:
            let model = HomeModel(session)
            await model.load()
            return Seen(screen, model.state)
        case .code, .codeOf:
            var id = HealthCode.owner
            if case .codeOf(let other) = screen { id = other }
            let model = CodeModel(session, of: id)
            await model.load()
            return Seen(screen, model.state)
        case .family, .familyOf, .paper, .paperOf, .passport, .entry, .regions, .results, .resultOf, .dcc, .dccOf,
            .export:
            return await session.lookAtOthers(screen)
        case .form(let purpose):
            let model = FormModel(session, purpose)
            await model.load()
            return Seen(screen, model.state)
        case .why:
            guard let state = WhyModel(session).state else { return Seen(.opening, opening) }
            return Seen(screen, state)
        case .history:
            let model = HistoryModel(session)
            await model.load()
            return Seen(screen, model.state)
        case .appeal(let place):
            let model = AppealModel(session, place)
            await model.load()
            return Seen(screen, model.state)
        case .proof(let place):
            let model = ProofModel(session, place)
            await model.load()
            return Seen(screen, model.state)
        case .itinerary: return Seen(screen, ItineraryModel(session).state)
        case .bulletins:
            let model = BulletinsModel(session)
            await model.load()
            return Seen(screen, model.state)
        case .clinics:
            let model = ClinicsModel(session)
            await model.load()
            return Seen(screen, model.state)
        case .settings:
            let model = SettingsModel(session, self)
            await model.load()
            return Seen(screen, model.state)
        case .checkpoint:
            let model = CheckpointModel(session)
            await model.load()
            return Seen(screen, model.state)
        case .opening: return Seen(screen, opening)
        }
    }
}

extension Session {
    /// The screens of people and papers.
    fileprivate func lookAtOthers(_ screen: Screen) async -> Seen {
        switch screen {
        case .familyOf(let id): return await family(screen, FamilyModel(self, of: id))
        case .paperOf(let id): return await paper(screen, PaperModel(self, of: id))
        case .paper: return await paper(screen, PaperModel(self))
        case .passport: return Seen(screen, PassportModel(self).state)
        case .entry:
            let model = EntryModel(self)
            await model.load()
            return Seen(screen, model.state)
        case .regions:
            let model = RegionsModel(self)
            await model.load()
            return Seen(screen, model.state)
        case .results: return await results(screen, ResultsModel(self))
        case .resultOf(let id): return await results(screen, ResultsModel(self, of: id))
        case .dcc: return await dcc(screen, DccModel(self))
        case .dccOf(let id): return await dcc(screen, DccModel(self, of: id))
        case .export:
            let model = ExportModel(self) { _, _ in Data() }
            await model.load()
            return Seen(screen, model.state)
        default: return await family(screen, FamilyModel(self))
        }
    }

    private func family(_ screen: Screen, _ model: FamilyModel) async -> Seen {
        await model.load()
        return Seen(screen, model.state)
    }

    private func results(_ screen: Screen, _ model: ResultsModel) async -> Seen {
        await model.load()
        return Seen(screen, model.state)
    }

    private func dcc(_ screen: Screen, _ model: DccModel) async -> Seen {
        await model.load()
        return Seen(screen, model.state)
    }

    private func paper(_ screen: Screen, _ model: PaperModel) async -> Seen {
        await model.load()
        return Seen(screen, model.state)
    }
}
