import HealthCodeKit
import Observation

/// Lists bulletins and marks those that were opened as read. Tells nobody.
@MainActor
@Observable
public final class BulletinsModel {
    public private(set) var state = BulletinsState(name: .empty)
    private let session: Session

    public init(_ session: Session) { self.session = session }

    public func load() async {
        let view = try? await session.health.bulletins()
        let bulletins = (view?.bulletins ?? []).map(shown)
        let one = state.one.flatMap { open in bulletins.first { $0.id == open.id } }
        state = BulletinsState(
            name: one != nil ? .one : bulletins.isEmpty ? .empty : .list, bulletins: bulletins, one: one)
    }

    public func act(_ action: BulletinsAction) async {
        switch action {
        case .read(let id):
            state.one = state.bulletins.first { $0.id == id }
            try? await session.health.markBulletinsRead(ids: [id])
            await load()
        case .list:
            state.one = nil
            await load()
        case .close: session.back()
        }
    }

    private func shown(_ bulletin: BulletinView) -> BulletinsState.Bulletin {
        let words = session.words
        let level =
            switch bulletin.urgency {
            case .urgent: words["bulletins-level-urgent"]
            case .important: words["bulletins-level-notice"]
            case .info: words["bulletins-level-information"]
            }
        return .init(
            id: bulletin.id, title: bulletin.title, text: bulletin.text, level: level,
            isUrgent: bulletin.urgency == .urgent,
            published: words.format("bulletins-published", ["time": session.moment(bulletin.publishedAt)]),
            phone: bulletin.phone, link: bulletin.link, isRead: bulletin.isRead)
    }
}
