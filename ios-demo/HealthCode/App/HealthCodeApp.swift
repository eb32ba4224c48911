import HealthCodeKit
import HealthCodeScreens
import SwiftUI

/// The app: one window, and a sync now and then while nobody looks.
@main
struct HealthCodeApp: App {
    @State private var app: AppModel
    @State private var lock: AppLock

    init() {
        let preferences = Preferences(.standard)
        _app = State(initialValue: AppModel(AppSetup.ofThisApp, preferences: preferences))
        _lock = State(initialValue: AppLock(preferences) { OwnerCheck.isPossible })
    }

    var body: some Scene {
        WindowGroup { RootView(app: app, lock: lock) }
            .backgroundTask(.appRefresh(BackgroundSync.identifier)) { await BackgroundSync.run(app) }
    }
}

/// Whatever is on the screen, in the person's language, direction and size.
struct RootView: View {
    @Environment(\.scenePhase) private var phase
    let app: AppModel
    let lock: AppLock

    var body: some View {
        Group {
            if lock.isClosed {
                LockView(lock: lock, words: app.words)
            } else if let session = app.session {
                SessionView(app: app, session: session)
            } else {
                NavigationStack { OpeningScreen(app: app) }
            }
        }
        .environment(\.isElder, app.preferences.isElder)
        .environment(\.locale, Locale(identifier: app.words.language))
        .environment(\.layoutDirection, app.words.direction == .rightToLeft ? .rightToLeft : .leftToRight)
        .task { await app.open() }
        .onChange(of: phase) { if phase == .background { lock.close() } }
        .onOpenURL { Entrance.shared.open($0) }
    }
}
