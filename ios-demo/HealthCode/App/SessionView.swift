import HealthCodeKit
import HealthCodeScreens
import SwiftUI
import UIKit

/// The screens over an open health code, one above the other.
struct SessionView: View {
    @Environment(\.scenePhase) private var phase
    @State private var isScreenshotTold = false
    let app: AppModel
    @Bindable var session: Session

    var body: some View {
        NavigationStack(path: $session.path) {
            screen(session.root)
                .navigationDestination(for: Screen.self) { screen($0) }
        }
        .task { await session.run() }
        .task(id: phase) { await enter(phase) }
        .task(id: session.home.stage) {
            // Only who has registered has something to be told of.
            if session.home.stage != .notRegistered { await ChangeNotice.ask() }
        }
        .task(id: Entrance.shared.wanted) {
            if let wanted = Entrance.shared.take() { session.open(wanted) }
        }
        .task {
            let shots = NotificationCenter.default.notifications(named: UIApplication.userDidTakeScreenshotNotification)
            for await _ in shots where session.screen.name == Screen.code.name { isScreenshotTold = true }
        }
        // Polite, and only where something really changed.
        .onChange(of: session.home.colour?.colour) { _, colour in
            guard let colour else { return }
            AccessibilityNotification.Announcement(colour.word(language: session.words.language)).post()
        }
        .alert(Text(verbatim: session.words["code-screenshot"]), isPresented: $isScreenshotTold) {
            Button(role: .cancel) {
            } label: {
                Text(session.words["common-close"])
            }
        }
    }

    private func enter(_ phase: ScenePhase) async {
        switch phase {
        case .active:
            await session.sync(.appOpened)
            await session.followTime()
        case .background: BackgroundSync.schedule(afterSecs: session.unseenAfterSecs)
        case .inactive: break
        }
    }

    @ViewBuilder private func screen(_ screen: Screen) -> some View {
        switch screen {
        case .opening: OpeningScreen(app: app)
        case .onboarding: OnboardingScreen(session: session)
        case .form(let purpose): FormScreen(session: session, purpose: purpose)
        case .home: HomeScreen(session: session)
        case .code: CodeScreen(session: session)
        case .codeOf(let id): CodeScreen(session: session, of: id)
        case .why: WhyScreen(session: session)
        case .history: HistoryScreen(session: session)
        case .appeal(let place): AppealScreen(session: session, place: place)
        case .proof(let place): ProofScreen(session: session, place: place)
        case .itinerary: ItineraryScreen(session: session)
        case .bulletins: BulletinsScreen(session: session)
        case .clinics: ClinicsScreen(session: session)
        case .settings: SettingsScreen(session: session, app: app)
        case .checkpoint: CheckpointScreen(session: session)
        case .family: FamilyScreen(session: session)
        case .familyOf(let id): FamilyScreen(session: session, of: id)
        case .paper: PaperScreen(session: session)
        case .paperOf(let id): PaperScreen(session: session, of: id)
        case .passport: PassportScreen(session: session)
        case .entry: EntryScreen(session: session)
        case .regions: RegionsScreen(session: session)
        case .results: ResultsScreen(session: session)
        case .resultOf(let id): ResultsScreen(session: session, of: id)
        case .dcc: DccScreen(session: session)
        case .dccOf(let id): DccScreen(session: session, of: id)
        case .export: ExportScreen(session: session)
        }
    }
}
