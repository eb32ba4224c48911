import HealthCodeKit
import HealthCodeScreens
import SwiftUI

/// The first screen.
struct HomeScreen: View {
    @State private var model: HomeModel
    let session: Session

    init(session: Session) {
        self.session = session
        _model = State(initialValue: HomeModel(session))
    }

    var body: some View {
        HomeDrawing(state: model.state, words: session.words) { action in Task { await model.act(action) } }
            .task(id: session.home) { await model.load() }
            .refreshable { await model.act(.sync) }
    }
}

struct HomeDrawing: View {
    @Environment(\.isElder) private var isElder
    @Environment(\.openURL) private var openURL
    @State private var isMoreShown = false
    let state: HomeState
    let words: ScreenWords
    let act: @MainActor (HomeAction) -> Void

    var body: some View {
        if let news = state.news { changed(news) } else { home }
    }

    /// What changed, why, and what to do. It stays until it was read.
    private func changed(_ news: HomeState.News) -> some View {
        Page(title: words["home-news-title"]) {
            MarkCard(mark: news.mark, title: news.title)
            Fact(label: words["why-reason"], value: news.why)
            Fact(label: words["why-what-to-do"], value: news.instruction)
            Fact(label: words["why-since"], value: news.since)
        } bottom: {
            PrimaryButton(words["home-news-read"]) { act(.readNews) }
            if news.mark == .red { CallButton(label: words["why-call"], number: "12320") }
        }
    }

    private var home: some View {
        Page(title: words["home-title"]) {
            ForEach(state.notices) { notice in
                Strip(text: notice.text, time: notice.time)
                if let step = notice.step { SecondaryButton(step.label) { act(step.action) } }
            }
            end
            colour
            if let instruction = state.instruction { Text(instruction).role(.body) }
            if let asOf = state.asOf { Text(asOf).role(.smallest) }
            refused
            appeals
            links
        } bottom: {
            if let next = state.next { PrimaryButton(next.label) { go(next.action) } }
            if let code = state.showCode { SecondaryButton(code.label) { act(code.action) } }
        }
    }

    private func go(_ action: HomeAction) {
        // To the store that the app came from: its page is the region's to name.
        if action == .update, let url = URL(string: "itms-apps://apps.apple.com") { openURL(url) }
        act(action)
    }

    @ViewBuilder private var colour: some View {
        if let mark = state.mark {
            MarkCard(mark: mark, title: state.title, text: state.meaning, spoken: state.spoken)
            if let text = state.text { Text(text).role(.body) }
        } else {
            Text(state.title).heading(.colourWord)
            if let text = state.text { Text(text).role(.body) }
        }
    }

    /// What becomes of the person's data, and by when to save them.
    @ViewBuilder private var end: some View {
        if let end = state.end {
            Text(end.title).heading()
            Text(end.text).role(.body)
            // Elders have four actions: the settings lead there too.
            if let save = end.save, save != state.next?.label, !isElder {
                SecondaryButton(save) { act(.open(.export)) }
            }
        }
    }

    @ViewBuilder private var appeals: some View {
        if !state.appeals.isEmpty {
            Text(words["home-appeals-title"]).heading()
            ForEach(state.appeals) { appeal in
                LinkRow(label: appeal.title, symbol: "hand.raised") { act(.open(.appeal(.one(appeal.id)))) }
                if let deadline = appeal.deadline { Text(deadline).role(.smallest) }
            }
        }
    }

    @ViewBuilder private var refused: some View {
        if !state.refused.isEmpty {
            Text(words["home-refused-title"]).heading()
            ForEach(state.refused) { refused in
                VStack(alignment: .leading, spacing: 8) {
                    ProblemText(text: refused.text)
                    if let field = refused.fieldText { Text(field).role(.body) }
                    if let mend = refused.mend {
                        SecondaryButton(words["home-refused-mend"]) { act(mend) }
                    } else {
                        SecondaryButton(words["common-dismiss"]) { act(.dismiss(refused.id)) }
                    }
                }
            }
        }
    }

    /// For elders at most four things to do at once: the rest is behind one of them.
    @ViewBuilder private var links: some View {
        if state.mark != nil {
            LinkRow(label: words["home-why"], symbol: "questionmark.circle") { act(.open(.why)) }
            if !isCrowded { declare }
        }
        if isElder && !isMoreShown {
            LinkRow(label: words["common-more"], symbol: "ellipsis.circle", count: state.unreadBulletins) {
                isMoreShown = true
            }
        } else {
            more
        }
    }

    /// Whether what a person may declare is among the rest.
    private var isCrowded: Bool { isElder && (state.showCode != nil || !state.refused.isEmpty) }

    private var declare: some View {
        LinkRow(label: words["home-declare"], symbol: "square.and.pencil") {
            act(.open(.form(.healthDeclaration)))
        }
    }

    @ViewBuilder private var more: some View {
        if state.mark != nil, isCrowded { declare }
        LinkRow(label: words["home-bulletins"], symbol: "megaphone", count: state.unreadBulletins) {
            act(.open(.bulletins))
        }
        LinkRow(label: words["home-clinics"], symbol: "cross.case") { act(.open(.clinics)) }
        LinkRow(label: words["home-itinerary"], symbol: "tram") { act(.open(.itinerary)) }
        if state.name == .notRegistered {
            LinkRow(label: words["home-handed-over"], symbol: "person.crop.circle.badge.checkmark") {
                act(.open(.form(.handedOver)))
            }
        }
        if let entry = state.entry {
            LinkRow(label: words["home-entry"], symbol: "airplane.arrival") { act(.open(.entry)) }
            Text(entry).role(.smallest)
        }
        if state.isRegistered {
            LinkRow(label: words["home-family"], symbol: "person.2") { act(.open(.family)) }
            LinkRow(label: words["home-paper"], symbol: "doc.viewfinder") { act(.open(.paper)) }
        }
        LinkRow(label: words["home-results"], symbol: "testtube.2") { act(.open(.results)) }
        LinkRow(label: words["home-history"], symbol: "clock.arrow.circlepath") { act(.open(.history)) }
        LinkRow(label: words["home-settings"], symbol: "gearshape") { act(.open(.settings)) }
        if state.isSyncing {
            Text(words["home-syncing"]).role(.smallest)
        } else {
            LinkRow(label: words["home-sync"], symbol: "arrow.clockwise") { act(.sync) }
        }
    }
}

struct HomePreviews: PreviewProvider {
    static var previews: some View {
        Gallery { words in
            ForEach(HomeState.all(words), id: \.self.previewName) { state in
                HomeDrawing(state: state, words: words) { _ in }.previewDisplayName(state.previewName)
            }
            HomeDrawing(state: HomeState.changed(words), words: words) { _ in }.previewDisplayName("changed")
        }
    }
}
