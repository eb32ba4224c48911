import HealthCodeKit

extension BulletinsState {
    /// Each of its states, for previews.
    public static func all(_ words: ScreenWords) -> [BulletinsState] {
        let bulletin = Bulletin(
            id: "1", title: words["checkpoint-lists-old-title"], text: words["checkpoint-lists-old-text"],
            level: words["bulletins-level-urgent"], isUrgent: true,
            published: words.format("bulletins-published", ["time": "09:40"]), phone: "12320", isRead: false)
        return [
            BulletinsState(name: .list, bulletins: [bulletin]), BulletinsState(name: .empty),
            BulletinsState(name: .one, bulletins: [bulletin], one: bulletin),
        ]
    }
}
