import HealthCodeKit
import HealthCodeScreens
import SwiftUI

/// The app: one window, and a sync now and then while nobody looks.
@main
struct HealthCodeApp: App {
    @State private var app = AppModel(AppSetup.ofThisApp, preferences: Preferences(.standard))

    var body: some Scene {
        WindowGroup { RootView(app: app) }
            .backgroundTask(.appRefresh(BackgroundSync.identifier)) { await BackgroundSync.run(app) }
    }
}

/// Whatever is on the screen, in the person's language, direction and size.
struct RootView: View {
    let app: AppModel

    var body: some View {
        Group {
            if let session = app.session {
                SessionView(app: app, session: session)
            } else {
                NavigationStack { OpeningScreen(app: app) }
            }
        }
        .environment(\.isElder, app.preferences.isElder)
        .environment(\.locale, Locale(identifier: app.words.language))
        .environment(\.layoutDirection, app.words.direction == .rightToLeft ? .rightToLeft : .leftToRight)
        .task { await app.open() }
        .onOpenURL { Entrance.shared.open($0) }
    }
}
