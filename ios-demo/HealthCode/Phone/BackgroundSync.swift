import BackgroundTasks
import HealthCodeScreens

/// Syncs when the system allows it (a BGAppRefreshTask), at the earliest after some hours, and tells a change.
enum BackgroundSync {
    /// Also in `Info.plist`, under `BGTaskSchedulerPermittedIdentifiers`.
    static let identifier = "org.healthcode.app.sync"

    /// Asks for the next one. The core keeps the authority's waits by itself.
    static func schedule(afterSecs: Int64) {
        let request = BGAppRefreshTaskRequest(identifier: identifier)
        request.earliestBeginDate = Date(timeIntervalSinceNow: Double(afterSecs))
        // Refused where the person has turned background refresh off: the app syncs when it is opened.
        try? BGTaskScheduler.shared.submit(request)
    }

    /// What the system starts; it cancels the task when the time is up, and the sync stops in the core.
    @MainActor
    static func run(_ app: AppModel) async {
        // Before anything that may take too long; a store that does not open now may open then.
        schedule(afterSecs: 4 * 3_600)
        await app.open()
        guard let session = app.session else { return }
        schedule(afterSecs: session.unseenAfterSecs)
        if await session.syncUnseen() { await ChangeNotice.tell(session.words) }
    }
}
